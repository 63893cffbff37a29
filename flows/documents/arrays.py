"""JSON, `.json`: one document, an array of them that is read element by element, or a JSON Feed."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

from flows.documents.feeds import is_json_feed, load_feed
from flows.documents.limits import MAX_LINE, read_whole
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.recoding import as_utf_8
from flows.documents.rows import load_json
from flows.documents.sniffing import refuse_binary

if TYPE_CHECKING:
    import io

_BOM = b"\xef\xbb\xbf"
_CHUNK = 65536
_STRUCTURE = re.compile(rb'["{}\[\],]')
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)


def read_json(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """The document of an object, or each of an array's or a JSON Feed's.

    An element of an array that is too long is set aside without being held.

    Raises:
        UnusableError: the file is empty, too large an object, no JSON, or an array that does not end.
    """
    refuse_binary(stream)
    stream = as_utf_8(stream)
    start = _start(stream)
    if not start:
        raise UnusableError(Reason.EMPTY_INPUT, "the file is empty")
    if not start.startswith(b"["):
        content = start + read_whole(stream, MAX_LINE)
        if is_json_feed(content):
            # In their order, which that of the entries that can be used is not: so reading can go on behind one.
            items = sorted(load_feed(content, source), key=lambda item: item.line or 0)
            yield from (item for item in items if not item.line or item.line > source.done)
        else:
            yield load_json(content, source, None, fields)
        return
    for number, element in enumerate(_elements(start[1:], stream), 1):
        if number <= source.done:
            continue
        if element is None:
            yield source.aside(Reason.TOO_LARGE, f"the element is longer than {MAX_LINE:,} bytes", number)
            continue
        try:
            yield load_json(element, source, number, fields)
        except UnusableError as error:
            yield source.aside(error.reason, error, number)


def _start(stream: BinaryIO) -> bytes:
    """The file's first bytes from the first that is not blank."""
    start = stream.read(_CHUNK).removeprefix(_BOM)
    while not start.lstrip() and (more := stream.read(_CHUNK)):
        start = more
    return start.lstrip()


def _elements(start: bytes, stream: BinaryIO) -> Iterator[bytes | None]:
    """The elements of an array, each as its JSON; None in place of one that is too long.

    Raises:
        UnusableError: the array does not end, or something stands behind it.
    """
    splitter = _Splitter()
    yield from splitter.feed(start)
    while chunk := cast("io.BufferedIOBase", stream).read1(_CHUNK):
        yield from splitter.feed(chunk)
    if not splitter.closed:
        raise UnusableError(Reason.BAD_JSON, "the array does not end")
    if splitter.behind.strip():
        raise UnusableError(Reason.BAD_JSON, "something stands behind the array")


class _Splitter:
    """Parts the inside of an array at its commas, whatever the pieces in which it comes."""

    def __init__(self) -> None:
        self.closed = False
        self.behind = b""
        self._depth = 0
        self._in_string = False
        self._escaped = False
        self._element = bytearray()
        self._too_long = False
        self._some = False

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        start = position = 0
        while not self.closed and position < len(chunk):
            position, structure = self._next(chunk, position)
            if structure in {b"[", b"{"}:
                self._depth += 1
            elif structure in {b"]", b"}"} and self._depth:
                self._depth -= 1
            elif structure in {b",", b"]", b"}"} and not self._depth:
                self.closed = structure != b","
                self._keep(chunk[start : position - 1])
                yield from self._taken()
                start = position
        if self.closed:
            self.behind += chunk[start:][: _CHUNK - len(self.behind)]
        else:
            self._keep(chunk[start:])

    def _next(self, chunk: bytes, position: int) -> tuple[int, bytes | None]:
        """Past the next brace, bracket or comma outside of strings, and which it is; else the chunk's end."""
        while position < len(chunk):
            if self._in_string:
                position = self._string_end(chunk, position)
                continue
            found = _STRUCTURE.search(chunk, position)
            if found is None:
                break
            position = found.end()
            if found[0] != b'"':
                return position, found[0]
            self._in_string = True
        return len(chunk), None

    def _string_end(self, chunk: bytes, position: int) -> int:
        """Past the string's end, or the chunk's; an escape may be parted between two chunks."""
        if self._escaped:
            self._escaped = False
            return position + 1
        found = _IN_STRING.match(chunk, position)
        end = found.end() if found else position
        if end < len(chunk):
            self._in_string = chunk[end : end + 1] != b'"'
            self._escaped = self._in_string
        return end + 1

    def _keep(self, piece: bytes) -> None:
        self._too_long = self._too_long or len(self._element) + len(piece) > MAX_LINE
        if self._too_long:
            self._element.clear()
        else:
            self._element += piece

    def _taken(self) -> Iterator[bytes | None]:
        """The element that ends here; an empty array has none."""
        element = None if self._too_long else bytes(self._element)
        if self._some or not self.closed or element is None or element.strip():
            yield element
        self._some, self._too_long = True, False
        self._element.clear()
