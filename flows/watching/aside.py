"""Lines on standard error, which may have gone away: a run does not die of that."""

import os
import sys
from contextlib import suppress


def say_aside(line: str) -> None:
    """Write one line to standard error; once nobody takes it, this and all that follow go nowhere."""
    try:
        print(line, file=sys.stderr, flush=True)  # noqa: T201
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
