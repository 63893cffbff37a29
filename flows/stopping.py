"""Stopping gracefully: the first Ctrl-C or SIGTERM asks the run to commit what is done and end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether a run has been asked to stop; call it to know."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """Whether it has."""
        return self.asked


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """A `Stop` that says yes from the first signal on; a second one ends the block at once, by KeyboardInterrupt.

    Outside of the main thread no signal arrives, and it always says no.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True

    before = {number: signal.signal(number, ask) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, action in before.items():
            signal.signal(number, action)
