"""How far a long run is: a bar on a terminal, and nothing anywhere else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

SECONDS_BETWEEN = 0.1
"""The bar is drawn at most ten times a second: drawing it takes about a millisecond."""


class Advance(Protocol):
    """What a run calls for each thing that is done."""

    def __call__(self, done: int, records: int = 0) -> None:
        """Tell that so much more of the input is done, and `records` more records."""


@contextmanager
def progress(total: int, *, console: "Console") -> Iterator[Advance]:
    """A bar with its share, the records done, their number a second and the time left; it is gone when the run ends.

    Args:
        total: of the whole input, in what the run advances by: bytes of files, as `Source.size` has them, or feeds.
            Where more than that is told the bar stays full.
        console: a terminal, on standard error so that standard output stays the run's own; nothing is drawn where it
            is a file or a pipe.

    Yields:
        A call for each document, which costs a fraction of a microsecond. Lines that are written to standard error
        meanwhile appear above the bar.
    """
    if not console.is_terminal:
        yield advance_nothing
        return
    with _bar(console) as bar:
        yield _Drawn(bar, total)


def advance_nothing(done: int, records: int = 0) -> None:
    """Draw nothing."""


class _Drawn:
    """Adds up what is told, and draws it now and then."""

    def __init__(self, bar: "Progress", total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=total, records=0, per_second=0.0)
        self._bytes = 0
        self._records = 0
        self._begun = time.monotonic()
        self._next = self._begun + SECONDS_BETWEEN

    def __call__(self, done: int, records: int = 0) -> None:
        self._bytes += done
        self._records += records
        if time.monotonic() >= self._next:
            self._draw()

    def _draw(self) -> None:
        seconds = time.monotonic() - self._begun
        self._bar.update(
            self._task, completed=self._bytes, records=self._records, per_second=self._records / max(seconds, 1e-9)
        )
        self._bar.refresh()
        self._next = time.monotonic() + SECONDS_BETWEEN


def _bar(console: "Console") -> "Progress":
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    return Progress(
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TextColumn("{task.fields[records]:,} records"),
        TextColumn("{task.fields[per_second]:,.0f}/s"),
        TimeRemainingColumn(compact=True),
        console=console,
        # No thread beside the run, which may fork; standard output is no business of standard error's bar.
        auto_refresh=False,
        redirect_stdout=False,
        transient=True,
        expand=True,
    )
