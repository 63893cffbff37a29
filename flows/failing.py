"""How a run fails: at what was asked of it, or at the state of things that it met."""

from cleaners.errors import CleancopyError


class RunError(CleancopyError):
    """A run cannot begin or go on.

    `is_stop` tells a run that was stopped by the state of things, with exit code 3, from one that was asked for what
    cannot be, with 2.
    """

    def __init__(self, message: str, *, is_stop: bool = False) -> None:
        super().__init__(message)
        self.is_stop = is_stop


def is_stop(error: CleancopyError) -> bool:
    """Whether it is the state of things that ended a run, not what was asked for."""
    return isinstance(error, RunError) and error.is_stop
