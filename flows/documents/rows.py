"""Rows: JSON Lines, and what rows of every format become."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from cleaners.document import Document, Flag
from flows.documents.decoding import without_surrogates
from flows.documents.limits import MAX_LINE, lines_within
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.mapping import MAP_TEXT, split_row
from flows.documents.pages import load_page
from flows.documents.recoding import as_utf_8
from flows.documents.sniffing import refuse_binary
from flows.identity import MOST_ID_BYTES, registrable_domain

_BOM = b"\xef\xbb\xbf"


# 1973 in milliseconds, the year 5138 in seconds.
_MILLISECONDS = 100_000_000_000


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row's fields that a record has; `text` alone must be there, or `html`, a page, in its place."""

    text: str
    id: str | int | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] | str | None = None
    section: str | None = None
    tags: tuple[str, ...] | str | None = None
    image: str | None = None
    date_published: str | int | float | None = None
    date_modified: str | int | float | None = None


def read_lines(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """Each row of a JSON Lines file; a line that is too long is set aside without being held.

    Raises:
        UnusableError: the file is no text.
    """
    refuse_binary(stream)
    yield from read_rows(lines_within(as_utf_8(stream), MAX_LINE), source, fields)


def read_rows(
    lines: Iterable[bytes | None], source: Source, fields: Mapping[str, str] = {}, *, first: int = 1
) -> Iterator[Loaded | SetAside]:
    """Each line's document, or what is wrong with it, in order; blank lines are passed over.

    Args:
        lines: the file's; None stands for one that is too long.
        source: the file.
        fields: our field names and the rows'.
        first: the number of the first line.
    """
    for number, line in enumerate(lines, first):
        if number <= source.done:
            continue
        if line is None:
            yield source.aside(Reason.TOO_LARGE, f"the line is longer than {MAX_LINE:,} bytes", number)
            continue
        content = line.removeprefix(_BOM) if number == 1 else line
        if not content.strip():
            continue
        try:
            yield load_json(content, source, number, fields)
        except UnusableError as error:
            yield source.aside(error.reason, error, number)


def read_batches(
    batches: Iterable[Sequence[bytes | None]], source: Source, fields: Mapping[str, str]
) -> Iterator[list[Loaded | SetAside]]:
    """As `read_rows`, of lines in lists: what came together stays together."""
    read = 0
    for lines in batches:
        yield list(read_rows(lines, source, fields, first=read + 1))
        read += len(lines)


def load_json(content: bytes, source: Source, line: int | None, fields: Mapping[str, str]) -> Loaded:
    """The document of one JSON object.

    Raises:
        UnusableError: it is no JSON, or no row.
    """
    row, faulty = _parse(content)
    return load_row(row, source, line, fields, faulty=faulty)


def load_row(
    row: object, source: Source, line: int | None, fields: Mapping[str, str], *, faulty: bool = False
) -> Loaded:
    """The document of one row.

    Args:
        row: its values by name.
        source: the file.
        line: where in the file it stands.
        fields: our field names and the row's.
        faulty: whether something in it had to be replaced by U+FFFD.

    Raises:
        UnusableError: `text` is missing and so is `html`, a field has the wrong type, or the page cannot be used.
    """
    if not isinstance(row, dict):
        raise UnusableError(Reason.BAD_ROW, "a row must be a JSON object")
    known, beyond = split_row(row, fields)
    html = beyond.pop("html") if known.get("text") is None and isinstance(beyond.get("html"), str) else None
    if "text" not in known and html is None:
        raise UnusableError(Reason.BAD_ROW, f"the row has no field `{fields.get('text', 'text')}`; {MAP_TEXT}")
    try:
        given = msgspec.convert(known if html is None else {**known, "text": ""}, Row)
    except msgspec.ValidationError as error:
        raise UnusableError(Reason.BAD_ROW, str(error)) from error
    if isinstance(given.id, str) and len(given.id.encode()) > MOST_ID_BYTES:
        raise UnusableError(Reason.BAD_ROW, f"the id is longer than {MOST_ID_BYTES:,} bytes")
    said = _said(given)
    flags = (Flag.DECODED_WITH_ERRORS,) if faulty else ()
    if html is None:
        document = Document(text=given.text, flags=flags, **said)
        return Loaded(document=document, source=source, line=line, metadata=beyond)
    page = load_page(html.encode(), source, line=line, url=given.url, charset="utf-8")
    document = _completed(page.document, said, flags)
    return msgspec.structs.replace(page, document=document, metadata={**page.metadata, **beyond})


def _completed(document: Document, said: dict[str, Any], flags: tuple[Flag, ...]) -> Document:
    """A page's document with what its row says of it: the row's word goes before the page's."""
    given = {name: value for name, value in said.items() if value}
    if "publisher" not in given:
        del given["publisher_source"]
    if "date_published" in given:
        given["date_source"] = "input"
    return msgspec.structs.replace(document, **given, flags=(*flags, *document.flags))


def _said(row: Row) -> dict[str, Any]:
    """What a row says of its article, the text aside."""
    publisher = _publisher(row.publisher)
    from_url = registrable_domain(row.url) if row.url and publisher is None else None
    return {
        "id": str(row.id) if row.id not in {None, ""} else None,
        "url": row.url or None,
        "publisher": publisher or from_url,
        "publisher_source": "url" if from_url else "input",
        "language": row.language or None,
        "title": row.title or None,
        "summary": row.summary or None,
        "authors": _several(row.authors),
        "section": row.section or None,
        "tags": _several(row.tags),
        "image": row.image or None,
        "date_published": _date(row.date_published),
        "date_modified": _date(row.date_modified),
    }


def _publisher(given: str | None) -> str | None:
    """A host as its registrable domain; a name as it is."""
    if not given or not given.strip():
        return None
    name = given.strip()
    return (registrable_domain(name) if "." in name and " " not in name else None) or name


def _several(given: tuple[str, ...] | str | None) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else given or ()
    return tuple(name for name in names if name.strip())


def _date(value: str | float | None) -> str | None:
    """A date as it was written; a number is seconds or milliseconds since 1970, as data frames write them."""
    if not isinstance(value, int | float):
        return value or None
    seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return str(value)


def _parse(content: bytes) -> tuple[Any, bool]:
    """The row's JSON, and whether bytes or surrogates in it had to be replaced by U+FFFD."""
    try:
        return msgspec.json.decode(content), False
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        complaint = str(error)
    # The strict reader refuses bytes that are no UTF-8, and lone surrogates: those rows are kept, and flagged.
    try:
        row = json.loads(content.decode("utf-8", "replace"), parse_constant=_refuse)
        mended = _mended(row)
    except (ValueError, RecursionError) as error:
        raise UnusableError(Reason.BAD_JSON, complaint) from error
    if mended == row and _is_utf_8(content):
        raise UnusableError(Reason.BAD_JSON, complaint)
    return mended, True


def _refuse(constant: str) -> None:
    """`NaN` and `Infinity` are no JSON, though Python's reader takes them."""
    raise ValueError(constant)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(name): _mended(item) for name, item in value.items()}
    return value
