"""Originals from records: the text that was cleaned, and the bytes of the file that it came from."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from cleaners import Document, restore
from cleaners.document import Flag
from cleaners.errors import CleancopyError, RestoreError
from flows.documents.decoding import encode
from flows.documents.loaded import Origin
from flows.identity import digest
from flows.record import Record
from flows.store.disk import writing


class OriginalError(CleancopyError):
    """An original cannot be had from a record; the message names the record and says why."""


def original_text(record: Record) -> str:
    """The text that was cleaned, code point for code point.

    Raises:
        OriginalError: the record's removals contradict its text.
    """
    try:
        return restore(record.text, record.removed)
    except RestoreError as error:
        raise OriginalError(f"record {record.id}: {error}") from error


def original_document(record: Record) -> Document:
    """What `clean()` was given: the original text, and what was known besides.

    Raises:
        OriginalError: the record's removals contradict its text, or what they restore is not what was cleaned.
    """
    text = original_text(record)
    if digest(text) != record.original.sha256:
        raise OriginalError(f"record {record.id}: what its removals restore is not the text that was cleaned")
    return Document(text=text, **msgspec.structs.asdict(record.input))


def original_bytes(record: Record) -> bytes:
    """The file that was read, byte for byte.

    Raises:
        OriginalError: it was no text file of its own, or not all of its bytes could be read as text.
    """
    origin = record.original
    if origin.encoding is None:
        raise OriginalError(f"record {record.id}: {record.document} was a row or a page, no text file of its own")
    if Flag.DECODED_WITH_ERRORS in record.flags:
        raise OriginalError(f"record {record.id}: {record.document} had bytes that are no {origin.encoding}")
    return encode(original_text(record), Origin(encoding=origin.encoding, newline=origin.newline, bom=origin.bom))


def write_originals(records: Iterable[Record], folder: Path) -> Iterator[OriginalError]:
    """Write the file of each record to its place below a new folder, and give back what could not be written.

    Of several versions of a document the last one's file stays, and of several documents that lay in one place (in
    several inputs, or a text that was edited, which has another id then).

    Raises:
        CleancopyError: the folder is not empty, or cannot be written.
    """
    with writing(folder, started=False):
        folder.mkdir(parents=True, exist_ok=True)
        is_new = not any(folder.iterdir())
    if not is_new:
        raise CleancopyError(f"{folder}: is not empty; files are restored to a new folder")
    written: dict[Path, Record] = {}
    for record in records:
        try:
            content, path = original_bytes(record), folder / _place(record)
        except OriginalError as error:
            yield error
            continue
        before = written.get(path)
        if before is None and path.exists():  # where capitals do not count
            yield OriginalError(f"record {record.id}: another's file stands in the place of {record.document}")
            continue
        if before is not None and before.id == record.id and before.version > record.version:
            continue
        if before is not None and before.id != record.id:
            yield OriginalError(f"record {before.id}: the file of {record.id} stands in the place of its own")
        written[path] = record
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def row(record: Record) -> bytes:
    """The original as a line of JSON: `{id, text}`.

    Raises:
        OriginalError: the record's removals contradict its text.
    """
    return msgspec.json.encode({"id": record.id, "text": original_text(record)}) + b"\n"


def _place(record: Record) -> PurePosixPath:
    """Where the document lay; records may be anybody's, and none is to be written outside of the folder."""
    place = PurePosixPath(record.document)
    if place.is_absolute() or ".." in place.parts or not place.name or "\0" in record.document:
        raise OriginalError(f"record {record.id}: {record.document} is no place inside a folder")
    # The text inside a packed file is restored, not its packing.
    return place.with_suffix("") if place.suffix.lower() in {".gz", ".zst"} else place
