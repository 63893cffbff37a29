"""Subscriptions as `cleancopy feeds list` shows them, with what a store knows of each."""

from datetime import datetime

import msgspec

from flows.feeds.feed_state import FeedState
from flows.feeds.subscriptions import FullText, Subscription
from flows.plurals import counted


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription with its state, as `--json` gives it; `left_out` entries were beyond the most that are read."""

    url: str
    title: str | None
    publisher: str | None
    full_text: FullText
    enabled: bool
    last_success: datetime | None
    next_due: datetime | None
    failures: int
    why: str | None
    left_out: int


def listed(feed: Subscription, state: FeedState | None = None) -> Listed:
    """A subscription with its state, if there is one."""
    state = state or FeedState(url=feed.url)
    return Listed(
        **msgspec.structs.asdict(feed),
        last_success=state.succeeded,
        next_due=state.due,
        failures=state.failures,
        why=f"{state.reason}: {state.detail}" if state.reason else None,
        left_out=state.left_out,
    )


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
        said.append(f"failed {counted(feed.failures, 'time')} in a row: {feed.why}")
    if feed.left_out:
        said.append(f"too long: {counted(feed.left_out, 'entry', 'entries')} not read")
    return "  ".join(said)


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
