"""Archives, `.zip` and `.tar`: their members one by one, never written to disk."""

import errno
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple, cast

from flows.documents.compression import Eager
from flows.documents.limits import seekable
from flows.documents.loaded import Reason, UnusableError

_ENCRYPTED = 0x1


class Member(NamedTuple):
    """A file in an archive; `open` is good until the next member is asked for."""

    name: str
    open: Callable[[], BinaryIO]

    def is_hidden(self) -> bool:
        """Whether it is no document of anyone's: a hidden file, or what macOS adds."""
        return any(part.startswith(".") or part == "__MACOSX" for part in self.name.split("/"))


def zip_members(stream: BinaryIO) -> Iterator[Member]:
    """The files in a zip.

    Raises:
        UnusableError: its directory cannot be understood.
    """
    with _zip(seekable(stream)) as archive:
        for info in archive.infolist():
            # `info.is_dir()` stumbles over a member without a name.
            if info.filename and not info.filename.endswith("/"):
                yield Member(info.filename, partial(_open_zipped, archive, info))


def tar_members(stream: BinaryIO) -> Iterator[Member]:
    """The files in a tar; links are passed over."""
    with tarfile.open(fileobj=cast("BinaryIO", Eager(stream)), mode="r|") as archive:
        while (info := archive.next()) is not None:
            # Every header that was read is kept there, and a tar may have millions.
            archive.members.clear()  # type: ignore[attr-defined]
            if info.isreg():
                yield Member(info.name, partial(_open_tarred, archive, info))


def _zip(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except (NotImplementedError, ValueError) as error:
        raise UnusableError(Reason.BAD_ARCHIVE, str(error)) from error


def _open_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    if info.flag_bits & _ENCRYPTED:
        raise UnusableError(Reason.ENCRYPTED, "the member is encrypted")
    try:
        return cast("BinaryIO", archive.open(info))
    except NotImplementedError as error:
        raise UnusableError(Reason.BAD_COMPRESSION, str(error)) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise UnusableError(Reason.BAD_ARCHIVE, "the member is said to lie outside of the archive") from error


def _open_tarred(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    return cast("BinaryIO", archive.extractfile(info))
