"""What can go wrong with a store; in each case what is visible in it stays whole."""

from cleaners.errors import CleancopyError


class StoreError(CleancopyError):
    """The store cannot be written or read.

    `started` tells a run that was stopped, by a full disk, from one that could not begin.
    """

    def __init__(self, message: str, *, started: bool = False) -> None:
        super().__init__(message)
        self.started = started
