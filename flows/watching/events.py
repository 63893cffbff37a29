"""What a run tells while it goes on: one JSON object a line for machines, or complaints for people."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from flows.documents.loaded import SetAside
from flows.redacting import redacted
from flows.watching.aside import say_aside


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """Something that happened in a run.

    Attributes:
        time: RFC 3339, UTC.
        run: the run's id.
    """

    time: str = msgspec.field(default_factory=_now)
    run: str


class RunStarted(_Event, frozen=True, kw_only=True, tag="run_started"):
    """Work begins: on these files and folders, into the store at `out`."""

    inputs: tuple[str, ...]
    out: str


class PartCommitted(_Event, frozen=True, kw_only=True, tag="part_committed"):
    """A part is in the store, by its file's name; it holds `records` records, new and updated."""

    part: str
    records: int


class ItemSetAside(_Event, frozen=True, kw_only=True, tag="item_set_aside"):
    """Something could not be used; `item` is its line of the quarantine."""

    item: SetAside


FeedOutcome = Literal["new", "nothing_new", "unchanged", "failed"]


class FeedAsked(_Event, frozen=True, kw_only=True, tag="feed_asked"):
    """A feed was asked, and what it brought is in the store.

    Attributes:
        feed: its URL, as it was subscribed to.
        outcome: `new` articles, `nothing_new`, `unchanged` (304) or `failed`.
        reason, detail: why it failed.
        note: what else a person should know: that it has moved, is gone, or has more entries than are read.
        left_out: how many those are.
    """

    feed: str
    outcome: FeedOutcome
    reason: str | None = None
    detail: str | None = None
    note: str | None = None
    left_out: int = 0


class RunEnded(_Event, frozen=True, kw_only=True, tag="run_ended"):
    """Work is over.

    Attributes:
        exit_code: as the command line leaves: 0 all done, 1 some set aside, 2 wrong usage, 3 stopped.
        new, updated, unchanged: records by what the store said of them.
        set_aside: items by reason.
        seconds: how long it took.
        error: what stopped the run, None where it came to its end.
    """

    exit_code: int
    new: int
    updated: int
    unchanged: int
    set_aside: dict[str, int]
    seconds: float
    error: str | None = None


FEW = 10
"""How many items that are set aside are told to people, one by one."""

Event = RunStarted | PartCommitted | ItemSetAside | FeedAsked | RunEnded
Log = Callable[[Event], None]


def log_json(event: Event) -> None:
    """One line on standard error: the event's name, its time, its fields; ASCII, so that it steers no terminal."""
    if isinstance(event, ItemSetAside):
        item = event.item
        shown = msgspec.structs.replace(item, input=redacted(item.input), detail=redacted(item.detail))
        event = msgspec.structs.replace(event, item=shown)
    say_aside(json.dumps(msgspec.to_builtins(event)))


def log_complaints(complain: Callable[[object], None]) -> Log:
    """A log for people: the first few items that are set aside are complained of, one line each.

    The rest is in the summary and the quarantine: ten thousand bad rows would hide what else is said. Each feed that
    failed or moved is told: the list is in a person's care.
    """
    told = 0

    def log(event: Event) -> None:
        nonlocal told
        if isinstance(event, ItemSetAside) and told < FEW:
            told += 1
            complain(event.item)
        elif isinstance(event, FeedAsked) and (event.reason or event.note):
            said = [f"{event.reason}: {event.detail}"] if event.reason else []
            complain(f"{event.feed}: {'; '.join([*said, *([event.note] if event.note else [])])}")

    return log
