"""What the subscriptions file, and the store, are told of feeds that are gone or have moved for good."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from cleaners.errors import CleancopyError
from flows.feeds.editing import move_feed, switch_off
from flows.feeds.sighting import Waiting
from flows.feeds.subscriptions import Subscription, identity, publisher_of, read_subscriptions
from flows.ingesting.arriving import waiting_candidate
from flows.ingesting.candidates import Candidate
from flows.ingesting.shown import Shown
from flows.store.sightings import rename_feed, rename_guids
from flows.store.store import Store
from flows.store.waiting import put_waiting, waiting_for


def switch_off_gone(path: Path, url: str, day: date) -> str | None:
    """Switch a feed off that is gone since a day; None, or why the file could not be written."""
    try:
        switch_off(path, url, f"gone (410) since {day:%Y-%m-%d}")
    except CleancopyError as error:
        return str(error)
    return None


def follow_move(path: Path, store: Store, subscription: Subscription, new: str) -> str:
    """Write a feed's new address into the file, and know it by that; what to tell of it."""
    old = subscription.url
    try:
        move_feed(path, old, new)
        feed = _listed(path, new) or msgspec.structs.replace(subscription, url=new)
    except CleancopyError as error:
        # A file that may not be written: the state knows what happened all the same.
        return str(error)
    with store.noting() as connection:
        # Its guids first: the feed's articles are found under its old URL.
        rename_guids(connection, old, publisher_of(subscription), publisher_of(feed))
        rename_feed(connection, old, feed.url)
        those = waiting_for(connection, old)
        put_waiting(connection, {article: _moved(each, old, feed.url) for article, each in those.items()})
    return f"moved for good to {new}"


def _listed(path: Path, url: str) -> Subscription | None:
    """The feed as the list has it: one that was on it already may be spelt otherwise."""
    return next((each for each in read_subscriptions(path).feeds if identity(each.url) == identity(url)), None)


def _moved(waiting: Waiting, old: str, new: str) -> Waiting:
    """An article that waits, as the feed shows it at its new address."""
    candidate = waiting_candidate(waiting.candidate)
    held = candidate.held
    moved = msgspec.structs.replace(
        candidate,
        shown=_shown(candidate, old, new),
        feeds=tuple(dict.fromkeys(_renamed(candidate.feeds, old, new))),
        held=msgspec.structs.replace(held, feed=new) if held is not None and held.feed == old else held,
    )
    return msgspec.structs.replace(waiting, candidate=msgspec.json.encode(moved))


def _shown(candidate: Candidate, old: str, new: str) -> tuple[Shown, ...]:
    """Once by each feed: the feed may have been on the list under both addresses."""
    by_feed: dict[str, Shown] = {}
    for one in candidate.shown:
        feed = new if one.feed_url == old else one.feed_url
        by_feed.setdefault(feed, msgspec.structs.replace(one, feed_url=feed))
    return tuple(by_feed.values())


def _renamed(feeds: Iterable[str], old: str, new: str) -> list[str]:
    return [new if feed == old else feed for feed in feeds]
