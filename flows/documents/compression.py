"""Packed files: `.gz` and `.zst`, unpacked as they are read."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zstd.ZstdError)
"""What reading raises where a packed file is cut off or broken."""


def _gunzip(stream: BinaryIO) -> BinaryIO:
    # These read as a binary stream does, but are not declared as one.
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream))


def _unzstd(stream: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", zstd.ZstdFile(stream))


UNPACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {".gz": _gunzip, ".zst": _unzstd}


def pack(content: bytes) -> bytes:
    """Bytes made smaller, as fast as can be."""
    return zstd.compress(content, 1)


def unpack(content: bytes) -> bytes:
    """What `pack` was given."""
    return zstd.decompress(content)


class Eager(io.RawIOBase):
    """A stream that gives what it has: of a packed file that is cut off, all that stands before the cut.

    A plain `read(n)` of a packed stream raises where the cut is less than `n` bytes away, and loses those before it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = cast("io.BufferedIOBase", stream)
        self._position = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # typeshed wants any writable buffer
        """One piece of what is there, at most as long as the buffer."""
        piece = self._stream.read1(len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many bytes were given."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Only to where the stream stands: fastwarc asks for its position so."""
        if (offset, whence) not in {(0, io.SEEK_CUR), (self._position, io.SEEK_SET)}:
            raise io.UnsupportedOperation("seek")
        return self._position
