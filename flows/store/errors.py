"""What can go wrong with a store; in each case what is visible in it stays whole."""

from flows.failing import RunError


class StoreError(RunError):
    """The store cannot be written or read.

    `started` tells a run that was stopped, and any that met a full disk, from one that was given a wrong place.
    """

    def __init__(self, message: str, *, started: bool = False) -> None:
        super().__init__(message, is_stop=started)
        self.started = started


class BusyError(StoreError):
    """Another run has the store."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.is_stop = True


class TakenOverError(StoreError):
    """Another run has taken the store, since this one was taken for dead; it will not come back."""

    def __init__(self, message: str) -> None:
        super().__init__(message, started=True)


class DamagedError(StoreError):
    """What lies in the store is not what it committed; the message says how to repair it."""

    def __init__(self, place: object, complaint: str, out: object) -> None:
        super().__init__(f"{place}: {complaint}; `cleancopy repair {out}` rebuilds the state from the records")
        self.is_stop = True
