"""JSON Lines: one document a row."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cleaners.document import Document, Flag
from cleaners.errors import CleancopyError
from flows.documents.decoding import without_surrogates
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.identity import registrable_domain

_BOM = b"\xef\xbb\xbf"


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
    date_published: str | None = None
    date_modified: str | None = None


class BadRowError(CleancopyError):
    """A line that is no document; `reason` says in which way."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def read_rows(lines: Iterable[bytes], source: Source) -> Iterator[Loaded | SetAside]:
    """Each line's document, or what is wrong with it, in order; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(_BOM) if number == 1 else line
        if not content.strip():
            continue
        try:
            yield _load(content, source, number)
        except BadRowError as error:
            yield source.aside(error.reason, error, number)


def _load(content: bytes, source: Source, line: int) -> Loaded:
    row, faulty = _parse(content)
    if not isinstance(row, dict):
        raise BadRowError(Reason.BAD_ROW, "a row must be a JSON object")
    try:
        known = msgspec.convert(row, Row)
    except msgspec.ValidationError as error:
        raise BadRowError(Reason.BAD_ROW, str(error)) from error
    beyond = {name: value for name, value in row.items() if name not in Row.__struct_fields__}
    return Loaded(document=_document(known, faulty=faulty), source=source, line=line, metadata=beyond)


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
        date_published=row.date_published or None,
        date_modified=row.date_modified or None,
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
        raise BadRowError(Reason.BAD_JSON, complaint) from error
    if mended == row and _is_utf_8(content):
        raise BadRowError(Reason.BAD_JSON, complaint)
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
