"""Content encodings, undone piece by piece: no more is unpacked than may be kept, and every cut is found.

Behind a whole gzip, deflate or zstd body, other bytes are ignored, as browsers do; another gzip member or zstd frame
is read on. Behind a whole br body they are an error: its library does not say where the body ended.
"""

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

from flows.fetching.faults import FaultError
from flows.fetching.results import Reason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_PIECE = 64 * 1024  # bytes unpacked at a time
_STEPS = 64  # made between two pauses
_MOST_ENCODINGS = 3
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# RFC 9659: over HTTP a zstd window has 8 MB at most; the library would take 128.
_ZSTD_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
_BROKEN = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


class _Unpacker(Protocol):
    """One encoding."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes hold, in pieces."""

    def is_whole(self) -> bool:
        """Whether the end was seen."""


class _Stream(Protocol):
    """One gzip member, deflate stream or zstd frame."""

    @property
    def eof(self) -> bool:
        """Whether its end was seen."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What the next bytes hold."""


class _Zlib:
    def __init__(self, window_bits: int) -> None:
        self._unpacker = zlib.decompressobj(window_bits)

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacker.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield (piece := self._unpacker.decompress(data, _PIECE))
        # A full piece may leave output inside, even where no input is left.
        while not self.eof and (self._unpacker.unconsumed_tail or len(piece) == _PIECE):
            yield (piece := self._unpacker.decompress(self._unpacker.unconsumed_tail, _PIECE))


class _Zstd:
    def __init__(self) -> None:
        self._unpacker = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacker.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield self._unpacker.decompress(data, _PIECE)
        while not self.eof and not self._unpacker.needs_input:
            yield self._unpacker.decompress(b"", _PIECE)


class _Members:
    """One stream, or several one behind the other.

    Args:
        start: gives the stream that begins with these bytes, two at least.
        begins: with what a further stream begins; anything else behind the first is ignored.
    """

    def __init__(self, start: Callable[[bytes], _Stream], begins: bytes | None) -> None:
        self._start = start
        self._begins = begins
        self._stream: _Stream | None = None
        self._waiting = b""
        self._whole = 0

    def unpack(self, data: bytes) -> Iterator[bytes]:
        data = self._waiting + data
        while data and (stream := self._stream or self._next(data)) is not None:
            yield from stream.pieces(data)
            data = stream.unused_data
            self._stream = None if stream.eof else stream
            self._whole += stream.eof

    def _next(self, data: bytes) -> _Stream | None:
        """The next stream, if enough is there to know that one begins."""
        enough = len(self._begins or b"..")
        self._waiting = data if len(data) < enough else b""
        if len(data) < enough or (self._whole and not (self._begins and data.startswith(self._begins))):
            return None
        return self._start(data)

    def is_whole(self) -> bool:
        return self._whole > 0 and self._stream is None


class _Brotli:
    def __init__(self) -> None:
        self._unpacker = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if data and self._unpacker.is_finished():
            raise brotli.error("bytes behind the end")  # as it says itself where they come in one piece
        while not self._unpacker.is_finished():
            # `can_accept_more_data` is true while output is left inside; only an empty piece is the end of it.
            yield (piece := self._unpacker.process(data, output_buffer_limit=_PIECE))
            data = b""
            if not piece:
                return

    def is_whole(self) -> bool:
        return bool(self._unpacker.is_finished())


def _deflate(data: bytes) -> _Stream:
    """With the header of zlib, as RFC 9110 says, or without, as many servers send it."""
    with_header = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0  # RFC 1950
    return _Zlib(zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS)


def _gzip() -> _Unpacker:
    return _Members(lambda _data: _Zlib(16 + zlib.MAX_WBITS), _GZIP)


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": lambda: _Members(_deflate, None),
    "br": _Brotli,
    "zstd": lambda: _Members(lambda _data: _Zstd(), _ZSTD),
}


class Decoder:
    """A body on its way through its content encodings.

    Args:
        encodings: the values of the header, as they came.
        most_bytes: that any encoding, the last as well as those in between, may unpack to.

    Raises:
        FaultError: BAD_ENCODING for one that is unknown, or for more than three.
    """

    def __init__(self, encodings: str, most_bytes: int) -> None:
        names = [name for name in (part.strip().lower() for part in encodings.split(",")) if name]
        names = [name for name in names if name != "identity"]
        if len(names) > _MOST_ENCODINGS:
            raise FaultError(Reason.BAD_ENCODING, f"{len(names)} content encodings")
        unknown = [name for name in names if name not in _UNPACKERS]
        if unknown:
            raise FaultError(Reason.BAD_ENCODING, f"unknown content encoding {unknown[0]!r}")
        # They were applied in the order in which they are listed.
        self._stages = [(_UNPACKERS[name](), name) for name in reversed(names)]
        self._unpacked = [0] * (len(names) + 1)
        self._most_bytes = most_bytes
        self._content = bytearray()
        self._empty = True

    def feed(self, data: bytes) -> Iterator[None]:
        """Take the next bytes from the wire, with a pause now and then, so that a deadline can come between.

        A few packed bytes may hold millions of empty members of another encoding, which cost time and no memory.

        Raises:
            FaultError: BAD_ENCODING if they are not what the header says, TOO_LARGE if they hold too much.
        """
        self._empty = self._empty and not data
        for step, piece in enumerate(self._through(data, 0), start=1):
            self._content += piece
            if step % _STEPS == 0:
                yield

    def _through(self, data: bytes, stage: int) -> Iterator[bytes]:
        self._unpacked[stage] += len(data)
        if self._unpacked[stage] > self._most_bytes:
            raise FaultError(Reason.TOO_LARGE, f"more than {self._most_bytes} bytes unpacked")
        if stage == len(self._stages):
            yield data
            return
        unpacker, name = self._stages[stage]
        pieces = unpacker.unpack(data)
        while (piece := _next(pieces, name)) is not None:
            yield from self._through(piece, stage + 1)
            yield b""  # a step was made, whatever came out at the end

    def finish(self) -> bytes:
        """The content.

        Raises:
            FaultError: TRUNCATED if an encoding's end did not come.
        """
        cut = [name for unpacker, name in self._stages if not unpacker.is_whole()]
        # An empty body under any header is what many servers send: it is empty, not cut.
        if cut and not self._empty:
            raise FaultError(Reason.TRUNCATED, f"the {cut[0]} body ends before its end")
        return bytes(self._content)


def _next(pieces: Iterator[bytes], name: str) -> bytes | None:
    try:
        return next(pieces, None)
    except _BROKEN as error:
        raise FaultError(Reason.BAD_ENCODING, f"not {name}: {error}") from error
