"""How much of one thing is held in memory, and reading that stops there."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from flows.documents.loaded import Reason, UnusableError

# In bytes, as read after decompression. The longest novels have 10 MB; a page over 20 MB took an extractor 9 s.
MAX_TEXT = 256_000_000
MAX_LINE = 64_000_000
MAX_PAGE = 20_000_000
_PIECE = 1_000_000
# As much as a pipe holds, on Linux.
_AT_HAND = 65_536


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """All that is left of the stream.

    Raises:
        UnusableError: it is more than `limit` bytes.
    """
    # In pieces: Python takes memory for all that a single call might read.
    pieces, left = [], limit + 1
    while piece := stream.read(min(left, _PIECE)):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise UnusableError(Reason.TOO_LARGE, f"more than {limit:,} bytes")
    return b"".join(pieces)


def lines_within(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Each line with its LF; None in place of one that is longer than `limit` bytes."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)
        yield None


def lines_at_hand(stream: io.BufferedIOBase, limit: int) -> Iterator[list[bytes | None]]:
    """The lines as they come, without their LF: each list has those that one read of the stream has ended.

    Nothing that is there waits for what is not: of a pipe, a list has what was written to it in the meantime. None in
    place of a line that is longer than `limit` bytes.
    """
    begun = bytearray()
    while piece := stream.read1(_AT_HAND):
        end, *following = piece.split(b"\n")
        begun += end
        if following:
            *whole, rest = following
            yield [line if len(line) <= limit else None for line in (bytes(begun), *whole)]
            begun = bytearray(rest)
        # That it is too long is known by one byte over.
        del begun[limit + 1 :]
    if begun:
        yield [bytes(begun) if len(begun) <= limit else None]


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream itself if it is a file on disk, else its content in memory: some formats are read from their end.

    Raises:
        UnusableError: the content is larger than a text may be.
    """
    on_disk = isinstance(stream, io.BufferedReader) and stream.seekable()
    return stream if on_disk else io.BytesIO(read_whole(stream, MAX_TEXT))
