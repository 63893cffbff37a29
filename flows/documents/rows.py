"""Rows: JSON Lines, and what rows of every format become."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from cleaners.document import Document, Flag
from flows.documents.decoding import without_surrogates
from flows.documents.limits import MAX_LINE, lines_within
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.mapping import split_row
from flows.documents.recoding import as_utf_8
from flows.documents.sniffing import refuse_binary
from flows.identity import registrable_domain

_BOM = b"\xef\xbb\xbf"


# 1973 in milliseconds, the year 5138 in seconds.
_MILLISECONDS = 100_000_000_000


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row's fields that a record has; `text` alone must be there."""

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
    lines: Iterable[bytes | None], source: Source, fields: Mapping[str, str] = {}
) -> Iterator[Loaded | SetAside]:
    """Each line's document, or what is wrong with it, in order; blank lines are passed over.

    Args:
        lines: the file's; None stands for one that is too long.
        source: the file.
        fields: our field names and the rows'.
    """
    for number, line in enumerate(lines, 1):
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
        UnusableError: `text` is missing, or a field has the wrong type.
    """
    if not isinstance(row, dict):
        raise UnusableError(Reason.BAD_ROW, "a row must be a JSON object")
    known, beyond = split_row(row, fields)
    try:
        document = _document(msgspec.convert(known, Row), faulty=faulty)
    except msgspec.ValidationError as error:
        raise UnusableError(Reason.BAD_ROW, str(error)) from error
    return Loaded(document=document, source=source, line=line, metadata=beyond)


def _document(row: Row, *, faulty: bool) -> Document:
    publisher = _publisher(row.publisher)
    from_url = registrable_domain(row.url) if row.url and publisher is None else None
    return Document(
        text=row.text,
        id=str(row.id) if row.id not in {None, ""} else None,
        url=row.url or None,
        publisher=publisher or from_url,
        publisher_source="url" if from_url else "input",
        language=row.language or None,
        title=row.title or None,
        summary=row.summary or None,
        authors=_several(row.authors),
        section=row.section or None,
        tags=_several(row.tags),
        image=row.image or None,
        date_published=_date(row.date_published),
        date_modified=_date(row.date_modified),
        flags=(Flag.DECODED_WITH_ERRORS,) if faulty else (),
    )


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
