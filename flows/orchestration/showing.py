"""What a run shows in Prefect's pages: how far it is, and in the end tables and a page of what it did.

A run does not need the server for its work: where it cannot be reached, nothing is shown and the run goes on.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.counts import Counts
from flows.inspection.spelling import spelt_out
from flows.watching.events import Event, FeedAsked
from flows.watching.watch import watch, watched

if TYPE_CHECKING:
    from uuid import UUID

# One update costs some ten milliseconds.
_SECONDS_BETWEEN = 5.0
# More rows than a person reads; the rest is in the store.
_MOST_ROWS = 500
_Row = dict[str, object]
_FIRST = ("failed", "new", "nothing_new", "unchanged")


class Showing:
    """What a run tells while it goes on, kept for the tables in the end.

    Attributes:
        feeds: what came of each feed that was asked.
    """

    def __init__(self, total: int) -> None:
        self.feeds: list[FeedAsked] = []
        self._told = watch()
        self._total = total
        self._done = 0
        self._next = time.monotonic() + _SECONDS_BETWEEN
        self._artifact = None
        with suppress(Exception):
            self._artifact = cast("UUID", create_progress_artifact(0.0, description="How much of the input is done"))

    def log(self, event: Event) -> None:
        """Keep what is for the tables; whoever watched before is told, too."""
        if isinstance(event, FeedAsked):
            self.feeds.append(event)
        self._told.log(event)

    def advance(self, done: int, records: int = 0) -> None:
        """So much more of the input is done."""
        self._told.advance(done, records)
        self._done += done
        if time.monotonic() >= self._next:
            self.update()

    def update(self, *, ended: bool = False) -> None:
        """Show how far the run is."""
        share = 100.0 if ended else min(100.0 * self._done / max(self._total, 1), 100.0)
        if self._artifact is not None:
            with suppress(Exception):
                update_progress_artifact(self._artifact, share)
        self._next = time.monotonic() + _SECONDS_BETWEEN


@contextmanager
def shown(total: int) -> Iterator[Showing]:
    """Show how far a run is as long as the block lasts.

    Args:
        total: of the whole input, in what the run advances by.
    """
    showing = Showing(total)
    with watched(showing.log, showing.advance, watch().run):
        yield showing


def show_feeds(asked: Sequence[FeedAsked]) -> None:
    """A table of what came of each feed, the failed ones first."""
    rows: list[_Row] = [
        {
            "feed": spelt_out(each.feed),
            "outcome": each.outcome,
            "reason": each.reason or "",
            "detail": spelt_out(each.detail or ""),
            "note": spelt_out(each.note or ""),
        }
        for each in sorted(asked, key=lambda each: _FIRST.index(each.outcome))
    ]
    _show_table("feeds", rows, f"What came of {len(asked)} feeds")


def show_kinds(counts: Counts) -> None:
    """A table of what was taken out of the texts, flagged and set aside, by kind."""
    tables = (("taken out", counts.removed), ("flagged", counts.flags), ("set aside", counts.set_aside))
    rows: list[_Row] = [
        {"what": what, "kind": kind, "number": number}
        for what, table in tables
        for kind, number in table.most_common()
    ]
    _show_table("kinds", rows, "What was taken out of the texts, flagged and set aside, by kind")


def show_page(key: str, markdown: str, description: str) -> None:
    """A page of Markdown."""
    with suppress(Exception):
        create_markdown_artifact(markdown, key=key, description=description)


def _show_table(key: str, rows: list[_Row], description: str) -> None:
    if not rows:
        return
    if len(rows) > _MOST_ROWS:
        description += f"; {len(rows) - _MOST_ROWS} rows more are not shown"
    with suppress(Exception):
        create_table_artifact(rows[:_MOST_ROWS], key=key, description=description)
