"""What can go wrong with a store; in each case what is visible in it stays whole."""

from cleaners.errors import CleancopyError


class StoreError(CleancopyError):
    """The store cannot be written or read.

    `started` tells a run that was stopped, and any that met a full disk, from one that was given a wrong place.
    """

    def __init__(self, message: str, *, started: bool = False) -> None:
        super().__init__(message)
        self.started = started


def is_stop(error: CleancopyError) -> bool:
    """Whether it is the state of things that ended a run, not what was asked for: exit code 3, not 2."""
    return isinstance(error, BusyError | DamagedError) or (isinstance(error, StoreError) and error.started)


class BusyError(StoreError):
    """Another run has the store."""


class TakenOverError(StoreError):
    """Another run has taken the store, since this one was taken for dead; it will not come back."""

    def __init__(self, message: str) -> None:
        super().__init__(message, started=True)


class DamagedError(StoreError):
    """What lies in the store is not what it committed; the message says how to repair it."""

    def __init__(self, place: object, complaint: str, out: object) -> None:
        super().__init__(f"{place}: {complaint}; `cleancopy repair {out}` rebuilds the state from the records")
