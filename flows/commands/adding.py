"""`cleancopy feeds add`: an address is asked, and what feeds it leads to go on the list."""

from collections.abc import Iterable
from pathlib import Path

from flows.commands.options import FullText
from flows.commands.terminal import DONE, SET_ASIDE, complain, say
from flows.documents.confined import sandbox
from flows.feeds.discovery import Candidate, Fetch, Found, confirmed, find_feeds
from flows.feeds.editing import add_feeds
from flows.feeds.feed import Feed
from flows.feeds.rewriting import check_writable
from flows.feeds.subscriptions import Subscription, Subscriptions, identity, read_subscriptions
from flows.fetching.one_by_one import fetch_one_by_one
from flows.fetching.results import Fetched
from flows.ingesting.polling import read_feed


def add_feed(url: str, path: Path, *, publisher: str | None, full_text: FullText, every: bool) -> int:
    """Put a feed on the list, or the feeds of a page; say what was done, and what else the page names.

    Args:
        url: of a feed or a page.
        path: the list's file, which is made if it is not there.
        publisher: whose articles these are, if that is said.
        full_text: whether articles are fetched from their pages.
        every: all feeds of a page, but those of comments; else the first.

    Raises:
        CleancopyError: as the file's reading and writing does, or there is no feed.
    """
    before = read_subscriptions(path) if path.exists() else Subscriptions()
    known = {identity(feed.url): feed for feed in before.feeds}.get(identity(url))
    if known is not None:
        say(f"{path}: {url} is on the list already" + ("" if known.enabled else ", switched off"))
        return DONE
    check_writable(path)
    with fetch_one_by_one(before.fetch) as fetch:
        found = find_feeds(url, fetch, _read)
        feeds, unusable = _confirmed(found, fetch) if every else ([found.feed], [])
    wanted = [
        Subscription(url=each.url, title=each.title, publisher=publisher, full_text=full_text) for each in feeds
    ]
    added = {feed.url for feed in add_feeds(path, wanted)}
    for each in feeds:
        say(f"{path}: {'added' if each.url in added else 'on the list already:'} {_named(each)}")
    for each in unusable:
        complain(f"{each.url}: is no feed, or cannot be fetched")
    _tell_of([other for other in found.others if other.is_of_comments or not every], every=every)
    return SET_ASIDE if unusable else DONE


def _confirmed(found: Found, fetch: Fetch) -> tuple[list[Candidate], list[Candidate]]:
    """The feeds of a page but those of comments, each once, and what it names that is none."""
    feeds, unusable = {identity(found.feed.url): found.feed}, []
    for candidate in found.others:
        if candidate.is_of_comments:
            continue
        sure = confirmed(candidate, fetch, _read)
        if sure is None:
            unusable.append(candidate)
        else:
            feeds.setdefault(identity(sure.url), sure)
    return list(feeds.values()), unusable


def _read(fetched: Fetched) -> Feed | None:
    read = sandbox().call(read_feed, fetched)
    return read if isinstance(read, Feed) else None


def _tell_of(others: Iterable[Candidate], *, every: bool) -> None:
    for number, each in enumerate(others):
        if number == 0:
            say("the page names more; add one by its address" + (":" if every else ", or all with --all:"))
        say(f"  {_named(each)}")


def _named(feed: Candidate) -> str:
    return f"{feed.url} ({feed.title})" if feed.title else feed.url
