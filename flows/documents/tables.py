"""Tables, `.csv` and `.tsv`: a header row, then one document a row."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from flows.documents.compression import Eager
from flows.documents.decoding import decode, without_surrogates
from flows.documents.detection import byte_order_mark, wide_encoding
from flows.documents.limits import MAX_LINE
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.mapping import MAP_TEXT
from flows.documents.rows import load_row
from flows.documents.sniffing import refuse_binary

# A bad byte becomes a lone surrogate, which no text holds, so that the row with it can be told.
_BAD_BYTES = "cleancopy-surrogate"
codecs.register_error(_BAD_BYTES, lambda error: ("\udfff", cast("UnicodeDecodeError", error).end))


def read_csv(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """Each row of a table whose columns are parted by commas."""
    yield from _read(stream, source, fields, ",")


def read_tsv(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """Each row of a table whose columns are parted by tabs, quoted as in CSV where a text has tabs or line ends."""
    yield from _read(stream, source, fields, "\t")


def _read(stream: BinaryIO, source: Source, fields: Mapping[str, str], delimiter: str) -> Iterator[Loaded | SetAside]:
    """Each row's document; its `line` is the line of the file in which the row begins.

    Raises:
        UnusableError: the file is no text, or its header has no column for `text`.
    """
    refuse_binary(stream)
    header: list[str] = []
    for line, row in _rows(_Lines(stream), delimiter):
        try:
            if header and line <= source.done:
                continue
            if isinstance(row, UnusableError):
                raise row
            if header:
                yield _load(header, row, source, line, fields)
            else:
                header = _header(row, fields)
        except UnusableError as error:
            if not header:
                raise
            yield source.aside(error.reason, error, line)


class _Lines(Iterator[str]):
    """A file's lines, counted; one row takes no more than `MAX_LINE` characters of them."""

    def __init__(self, stream: BinaryIO) -> None:
        mark, encoding = _encoding(cast("io.BufferedReader", stream).peek(1))
        # Between them, as TextIOWrapper closes what it reads, and asks of it what a member of a tar cannot answer.
        buffered = io.BufferedReader(Eager(stream))
        self._text = io.TextIOWrapper(buffered, encoding, errors=_BAD_BYTES, newline="")
        if mark:
            self._text.read(1)
        self._left = MAX_LINE
        self.count = 0

    def begin_row(self) -> None:
        self._left = MAX_LINE

    def __next__(self) -> str:
        line = self._text.readline(self._left + 1)
        if not line:
            raise StopIteration
        self.count += 1
        if len(line) > self._left:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(MAX_LINE)
            raise UnusableError(Reason.TOO_LARGE, f"the row is longer than {MAX_LINE:,} characters")
        self._left -= len(line)
        return line


def _encoding(beginning: bytes) -> tuple[bytes, str]:
    """A file's byte order mark, and its encoding, as its first bytes tell."""
    if found := byte_order_mark(beginning):
        return found
    # Whole characters: of any wide encoding, or up to the end of a line of any other.
    wide = wide_encoding(beginning[: len(beginning) // 4 * 4])
    whole = beginning[: beginning.rfind(b"\n") + 1] or beginning
    return b"", wide or decode(whole).origin.encoding or "utf-8"


def _rows(lines: _Lines, delimiter: str) -> Iterator[tuple[int, list[str] | UnusableError]]:
    """Each row, or what is wrong with it, with the line in which it begins; blank lines are passed over.

    A row of several lines that is too long is the last: a quote in it was hardly ever meant.
    """
    csv.field_size_limit(MAX_LINE)
    # Strict: a quote that is never closed would else take all rows after it into one text, in silence.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.count + 1
        lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, UnusableError(Reason.BAD_ROW, str(error))
        except UnusableError as error:
            yield line, error
            if lines.count > line:
                yield lines.count + 1, UnusableError(Reason.BAD_ROW, "where the next row begins is not known")
                return
        else:
            if row:
                yield line, row


def _header(row: list[str], fields: Mapping[str, str]) -> list[str]:
    names = [without_surrogates(name.strip()) for name in row]
    if {fields.get("text", "text"), fields.get("html", "html")}.isdisjoint(names):
        raise UnusableError(Reason.BAD_ROW, f"the header has no column {fields.get('text', 'text')!r}; {MAP_TEXT}")
    return names


def _load(header: list[str], row: list[str], source: Source, line: int, fields: Mapping[str, str]) -> Loaded:
    if len(row) != len(header):
        raise UnusableError(Reason.BAD_ROW, f"{len(row)} columns, where the header has {len(header)}")
    cells = [without_surrogates(cell) for cell in row]
    return load_row(dict(zip(header, cells, strict=True)), source, line, fields, faulty=cells != row)
