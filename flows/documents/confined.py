"""The sandbox in which local files that strangers wrote are read, one by one."""

import atexit
from functools import cache

from flows.sandbox import Sandbox


@cache
def sandbox() -> Sandbox:
    """A sandbox of one worker for the life of the program; one for each file would take a tenth of a second."""
    one = Sandbox(workers=1)
    atexit.register(one.close)
    return one
