"""Subscriptions as `cleancopy feeds list` shows them, with what a store knows of each."""

from datetime import datetime
from typing import Any

import msgspec

from flows.feeds.subscriptions import FullText, Subscription


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a feed from the runs that asked for it.

    Attributes:
        last_success: when it last came, or had not changed.
        next_due: before which it is not asked for.
        failures: in a row, since then.
        why: the reason of the last failure, and a line about it.
    """

    last_success: datetime | None = None
    next_due: datetime | None = None
    failures: int = 0
    why: str | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription with its state, as `--json` gives it."""

    url: str
    title: str | None
    publisher: str | None
    full_text: FullText
    enabled: bool
    last_success: datetime | None
    next_due: datetime | None
    failures: int
    why: str | None


def listed(feed: Subscription, state: FeedState | None = None) -> Listed:
    """A subscription with its state, if there is one."""
    values: dict[str, Any] = {**msgspec.structs.asdict(feed), **msgspec.structs.asdict(state or FeedState())}
    return Listed(**values)


def line_of(feed: Listed) -> str:
    """One line for a person."""
    said = [f"{'on' if feed.enabled else 'off':3}", feed.url, feed.publisher or "-"]
    if feed.title:
        said.append(feed.title)
    if feed.last_success is not None:
        said.append(f"last {_minute(feed.last_success)}")
    if feed.next_due is not None and feed.enabled:
        said.append(f"next {_minute(feed.next_due)}")
    if feed.failures:
        said.append(f"failed {feed.failures} times in a row: {feed.why}")
    return "  ".join(said)


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
