"""A small file changed so that it is whole at every instant, and nobody's change to it is lost."""

import errno
import fcntl
import os
import shlex
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaners.errors import CleancopyError
from flows.store.disk import sync_folder, writing

# Whoever saves a file by hand does so once in some seconds, and a change here takes milliseconds.
_TRIES = 20


def rewrite(path: Path, renew: Callable[[bytes | None], bytes | None]) -> bool:
    """Put new content in the place of a file's, in one step; where the file is a link, in that of its target.

    What somebody else writes meanwhile is not lost: `renew` is asked again, for what is there then.

    Args:
        path: the file; it need not be there.
        renew: gives the new content for the old one, None for a file that is not there; None to leave it as it is.

    Returns:
        Whether the file was written.

    Raises:
        CleancopyError: it cannot be written, or what `renew` raises; the file is then as it was.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise CleancopyError(f"{path}: is not a file")
    with writing(path, started=False), _alone_in(target.parent):
        for _ in range(_TRIES):
            before = _content(target)
            after = renew(before)
            if after is None or after == before:
                return False
            if _replace(target, before, after):
                return True
    raise CleancopyError(f"{path}: is changed by others again and again; it was left to them")


def check_writable(path: Path) -> None:
    """Find out before any work whether a file can be rewritten.

    Raises:
        CleancopyError: its folder is not there, or not to be written to.
    """
    folder = Path(os.path.realpath(path)).parent
    if not folder.exists():
        why = os.strerror(errno.ENOENT)
        raise CleancopyError(
            f"{path}: cannot be written: {why}; `mkdir -p {shlex.quote(str(folder))}` makes its folder"
        )
    with writing(path, started=False):
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of ours out of a folder; the system lets go of it, however a run ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _content(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


def _replace(target: Path, before: bytes | None, after: bytes) -> bool:
    """Replace a file, unless it is no longer what it was."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as stream:
            if before is not None:
                os.fchmod(stream.fileno(), stat.S_IMODE(target.stat().st_mode))
            stream.write(after)
            stream.flush()
            os.fsync(stream.fileno())
        if _content(target) != before:
            return False
        draft.replace(target)
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return True
