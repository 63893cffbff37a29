"""What is done to files and folders so that it lasts, and what the system says when it cannot be."""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from flows.store.errors import StoreError

Doing = Literal["written", "read"]
"""What cannot be done to a place."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What says that this system or disk has no such step, not that the folders are wrong.
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


@contextmanager
def writing(path: Path, *, started: bool = True) -> Iterator[None]:
    """What the operating system complains of inside the block, as an error of the store that names the path."""
    try:
        yield
    except OSError as error:
        raise store_error(path, error, started=started) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """The same of what is read in the middle of a run."""
    try:
        yield
    except OSError as error:
        raise store_error(path, error, started=True, doing="read") from error


def store_error(place: Path | str, error: OSError, *, started: bool, doing: Doing = "written") -> StoreError:
    """What the operating system complains of, as an error of the store that names the path or URL."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return StoreError(f"{place}: cannot be {doing}: {error.strerror or error}", started=started or full)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exchange(new: Path, old: Path) -> None:
    """Swap two folders: in one step where the system has one, else in two renames.

    Between those two there is no folder of the old name: `put_back` undoes the first.

    Raises:
        OSError: one of the folders is not there, or they cannot be swapped.
    """
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        _rename_twice(new, old)
        return
    if swap(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        if number not in _NO_EXCHANGE:
            raise OSError(number, os.strerror(number), str(new))
        _rename_twice(new, old)


def _rename_twice(new: Path, old: Path) -> None:
    old.rename(place_of_old(new))
    new.rename(old)


def put_back(new: Path, old: Path) -> None:
    """Undo the first of two renames, if the second never came."""
    if not old.exists() and place_of_old(new).is_dir():
        place_of_old(new).rename(old)


def place_of_old(new: Path) -> Path:
    """Where the old folder lies between two renames."""
    return new.with_name(f"{new.name}.old")
