"""Who is told what a run does while it goes on: nobody, unless a command says so.

The watcher is a context variable, not an argument: a flow's parameters are written down as JSON by Prefect, and a
progress bar is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import msgspec

from flows.watching.events import Event, Log
from flows.watching.progress import Advance, advance_nothing


def _log_nothing(event: Event) -> None:
    """Nobody listens."""


class Watch(msgspec.Struct, frozen=True):
    """Where a run's events go, and what is called for each piece of input that is done.

    `run` is the run's id, where it was told before the job was made that does it.
    """

    log: Log = _log_nothing
    advance: Advance = advance_nothing
    run: str | None = None


_NOBODY = Watch()
_watch: ContextVar[Watch] = ContextVar("watch", default=_NOBODY)


def watch() -> Watch:
    """Who watches this run."""
    return _watch.get()


@contextmanager
def watched(log: Log, advance: Advance, run: str | None = None) -> Iterator[None]:
    """Let what runs inside the block be told to `log` and `advance`, as the run of this id."""
    token = _watch.set(Watch(log, advance, run))
    try:
        yield
    finally:
        _watch.reset(token)
