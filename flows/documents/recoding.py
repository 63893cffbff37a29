"""Streams of rows in UTF-16 or UTF-32, as UTF-8."""

import codecs
import io
from typing import BinaryIO, cast

from flows.documents.detection import byte_order_mark


def as_utf_8(stream: BinaryIO) -> BinaryIO:
    """The stream, recoded where it begins with the mark of another encoding (PowerShell writes UTF-16)."""
    _, encoding = byte_order_mark(cast("io.BufferedReader", stream).peek(1)) or (b"", "utf-8")
    return stream if encoding == "utf-8" else io.BufferedReader(_Recoded(stream, encoding))


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._stream = cast("io.BufferedIOBase", stream)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # typeshed wants any writable buffer
        while not self._ready and not self._ended:
            piece = self._stream.read1(len(buffer))
            self._ended = not piece
            self._ready = self._decoder.decode(piece, final=self._ended).encode()
        given = self._ready[: len(buffer)]
        self._ready = self._ready[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
