"""What is done to files and folders so that it lasts, and what the system says when it cannot be."""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.store.errors import StoreError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def writing(path: Path, *, started: bool = True) -> Iterator[None]:
    """What the operating system complains of inside the block, as an error of the store that names the path."""
    try:
        yield
    except OSError as error:
        raise store_error(path, error, started=started) from error


def store_error(path: Path, error: OSError, *, started: bool) -> StoreError:
    """What the operating system complains of, as an error of the store that names the path."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return StoreError(f"{path}: cannot be written: {error.strerror or error}", started=started or full)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange(new: Path, old: Path) -> None:
    """Swap two folders: in one step where the system has one, else in two renames, which recovery can finish."""
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        swap = None
    if swap is None or swap(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) != 0:
        old.rename(place_of_old(new))
        new.rename(old)


def place_of_old(new: Path) -> Path:
    """Where the old folder lies between two renames."""
    return new.with_name(f"{new.name}.old")
