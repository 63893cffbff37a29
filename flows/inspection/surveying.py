"""What a person who looks after a store should see: the worst feeds, and how the phrases do."""

from collections.abc import Iterable
from operator import attrgetter

import msgspec

from flows.feeds.feed_state import FeedState
from flows.inspection.firing import Firings, Stopped
from flows.store.reading import read_chunks
from flows.store.sightings import feed_states
from flows.store.store import Store

MOST = 20
"""Rows of each table."""


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen in a store.

    Attributes:
        records: how many it has.
        feeds: those that failed the last time they were asked, the longest failing first.
        most: phrases, and on how many records each fired; the most first.
        stopped: phrases that no longer fire.
    """

    records: int
    feeds: tuple[FeedState, ...]
    most: tuple[tuple[str, int], ...]
    stopped: tuple[Stopped, ...]


def survey(store: Store) -> Survey:
    """Read all of a store that this run has to itself.

    Raises:
        DamagedError: a line is no record.
    """
    firings, records = Firings(), 0
    for chunk in read_chunks(store.parts):
        records += len(chunk)
        for _, record in chunk:
            firings.count(record)
    with store.state.begin() as connection:
        states = feed_states(connection)
    failing = sorted((each for each in states.values() if each.failures), key=attrgetter("failures"), reverse=True)
    return Survey(
        records=records,
        feeds=tuple(failing[:MOST]),
        most=tuple(firings.most().most_common(MOST)),
        stopped=tuple(firings.stopped()[:MOST]),
    )


def markdown(seen: Survey) -> str:
    """The survey as a page of Markdown, with a table of each thing that is there."""
    feeds = [
        (
            each.url,
            each.failures,
            each.reason or "",
            f"{each.succeeded:%Y-%m-%d %H:%M}" if each.succeeded else "never",
        )
        for each in seen.feeds
    ]
    stopped = [(each.phrase, each.publisher or "", each.fired, each.silent) for each in seen.stopped]
    tables = (
        _table("Feeds that fail", ("feed", "times in a row", "reason", "last came, UTC"), feeds),
        _table("Phrases that fired most", ("phrase", "records"), seen.most),
        _table("Phrases that stopped firing", ("phrase", "publisher", "fired on", "articles since"), stopped),
    )
    return "\n".join([f"{seen.records:,} records", *tables])


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [" | ".join(_cell(value) for value in row) for row in rows]
    if not lines:
        return f"\n## {title}\n\nNone."
    head = " | ".join(headings), " | ".join("---" for _ in headings)
    return "\n".join([f"\n## {title}\n", *(f"| {line} |" for line in (*head, *lines))])


def _cell(value: object) -> str:
    """A number with its thousands, or text, which strangers wrote, as code that no browser takes for more."""
    if isinstance(value, int):
        return f"{value:,}"
    text = " ".join(str(value).replace("|", "%7C").replace("`", "'").split())
    return f"`{text}`" if text else ""
