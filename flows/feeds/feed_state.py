"""What is known of a feed from one run to the next. Pure values and their transitions."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from flows.feeds.feed import Hints
from flows.feeds.rhythm import due_after_answer, due_after_failure
from flows.fetching.results import Failed, Fetched, Reason, Unchanged


class FeedState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a store knows of a feed.

    Attributes:
        url: where it was asked for last; the next time, too.
        etag, last_modified: of the copy whose entries are all done; None asks for the whole feed.
        since: entries dated before this day were left alone in that copy; None where none were.
        left_out: how many entries of the last copy were beyond the most that are read of one feed.
        asked: when it was asked last.
        succeeded: when it last answered with a feed, or that it is unchanged.
        changed: when something new was last found in it.
        due: when it is to be asked again.
        failures: in a row.
        reason: of the last failure, as docs/fetching.md or docs/records.md have it; None after a success.
        detail: the failure in one line.
        hints: what its last copy said of when to ask.
        shared: guids and links that several of its articles have, and that tell none from another.
        is_off: whether it is gone for good, and the subscriptions file could not be told; it is not asked any more.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    since: date | None = None
    left_out: int = 0
    asked: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    reason: str | None = None
    detail: str | None = None
    hints: Hints = Hints()
    is_off: bool = False
    shared: tuple[str, ...] = ()

    def is_due(self, now: datetime) -> bool:
        """Whether it may be asked; a feed that never was may, and one that was by a clock that was ahead."""
        was_ahead = self.asked is not None and self.asked > now
        return not self.is_off and (self.due is None or self.due <= now or was_ahead)


def after_answer(
    state: FeedState,
    answer: Fetched | Unchanged,
    now: datetime,
    *,
    hints: Hints | None,
    is_new: bool,
    is_done: bool,
    shared: Iterable[str] = (),
    left_out: int = 0,
    since: date | None = None,
) -> FeedState:
    """The state of a feed that answered with a feed, or that it is unchanged.

    Args:
        state: before.
        answer: the outcome of the request.
        now: with its zone.
        hints: of the feed; None where it is unchanged.
        is_new: whether something new was found.
        is_done: whether all of its entries are stored or set aside; else the next request asks for the whole feed.
        shared: as `FeedState` has it.
        left_out: how many entries are beyond the most that are read of one feed. They may be read once others have
            left it, so that the next request asks for the whole feed, too, but when it is due.
        since: entries dated before this day were left alone; None where none were.
    """
    hints = state.hints if hints is None else hints
    changed = now if is_new or state.changed is None else state.changed
    fetched = answer if isinstance(answer, Fetched) else None
    is_known = is_done and not left_out
    return FeedState(
        url=answer.moved_to or state.url,
        etag=(fetched.etag if fetched else state.etag) if is_known else None,
        last_modified=(fetched.last_modified if fetched else state.last_modified) if is_known else None,
        since=since if fetched else state.since,
        left_out=left_out,
        asked=now,
        succeeded=now,
        changed=changed,
        # What is left to do is left for the next run, however soon it is.
        due=due_after_answer(now, changed=changed, hints=hints, headers=dict(reversed(answer.headers)))
        if is_done
        else now,
        hints=hints,
        shared=tuple(shared),
    )


def after_failure(
    state: FeedState,
    now: datetime,
    *,
    reason: str,
    detail: str,
    failed: Failed | None = None,
    is_off_in_list: bool = False,
) -> FeedState:
    """The state of a feed that did not answer, or with something that is no feed.

    Args:
        state: before.
        now: with its zone.
        reason: the reason code.
        detail: one line.
        failed: the outcome of the request, where that failed.
        is_off_in_list: whether the subscriptions file says by now that a feed is gone. Whoever switches it on again
            there has it asked at once: two places that both said no would have to be told twice.
    """
    failures = state.failures + 1
    due = due_after_failure(now, failures=failures, retry_after=failed.retry_after if failed else None)
    return msgspec.structs.replace(
        state,
        asked=now,
        due=None if is_off_in_list else due,
        failures=failures,
        reason=reason,
        detail=detail,
        is_off=is_gone(failed) and not is_off_in_list,
    )


def is_gone(outcome: object) -> bool:
    """Whether a feed is gone for good (410)."""
    return isinstance(outcome, Failed) and outcome.reason is Reason.GONE
