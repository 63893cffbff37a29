"""The sandbox in which local files that strangers wrote are read, one by one."""

from collections.abc import Callable
from functools import cache
from multiprocessing.util import Finalize
from typing import TypeVar

from cleaners.errors import CleancopyError
from flows.documents.loaded import Reason, UnusableError
from flows.sandbox import Loss, Lost, Sandbox

Value = TypeVar("Value")

LOSSES = {
    Loss.TIMED_OUT: Reason.TIMED_OUT,
    Loss.OUT_OF_MEMORY: Reason.OUT_OF_MEMORY,
    Loss.CRASHED: Reason.CRASHED,
    Loss.FAILED: Reason.UNREADABLE,
}
"""What the quarantine calls a call that gave nothing."""


@cache
def sandbox() -> Sandbox:
    """A sandbox of one worker for the life of the program; one for each file would take a tenth of a second."""
    one = Sandbox(workers=1)
    # Not `atexit`, which the processes of a pool do not run: they ended the worker, the sandbox began another in its
    # place, and they waited for that for ever.
    Finalize(None, one.close, exitpriority=0)
    return one


def read_apart(function: Callable[..., Value], *arguments: object) -> Value:
    """What a function makes of something that strangers wrote, called in the sandbox.

    Raises:
        CleancopyError: the function's own error.
        UnusableError: the call gave nothing.
    """
    outcome = sandbox().call(function, *arguments)
    if isinstance(outcome, CleancopyError):
        raise outcome
    if isinstance(outcome, Lost):
        raise UnusableError(LOSSES[outcome.reason], outcome.detail)
    return outcome
