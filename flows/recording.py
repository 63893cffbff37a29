"""One document becomes one record; a stream of documents a stream of records, without a store."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from cleaners import clean_all, load_model
from cleaners.document import Cleaned
from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded, SetAside
from flows.identity import identify
from flows.record import Record, encode, make_record


def clean_document(
    loaded: Loaded, library: Library, *, run: str | None = None, strip_datelines: bool = False
) -> Record:
    """The first record of one document."""
    [record] = first_records([asked(loaded, strip_datelines=strip_datelines)], library)
    return msgspec.structs.replace(record, run=run)


def asked(loaded: Loaded, *, strip_datelines: bool) -> Loaded:
    """A document with what is asked of its cleaning."""
    if not strip_datelines:
        return loaded
    return msgspec.structs.replace(loaded, document=msgspec.structs.replace(loaded.document, strip_datelines=True))


def clean_loaded(items: Iterable[Loaded], library: Library) -> list[Cleaned]:
    """The clean copies of documents, with the line model."""
    return clean_all([item.document for item in items], library, load_model())


def first_records(items: Sequence[Loaded], library: Library) -> Iterator[Record]:
    """The first record of each document, of no run."""
    for item, cleaned in zip(items, clean_loaded(items, library), strict=True):
        yield make_record(item, cleaned, identify(item.document), version=1, phrases=library.version, run=None)


def clean_stream(
    batches: Iterable[Sequence[Loaded | SetAside]],
    output: BinaryIO,
    library: Library,
    *,
    strip_datelines: bool = False,
) -> Iterator[SetAside]:
    """Write one record for each document, in order; give back what could not be used.

    The records of a batch are written when it is done, before the next is asked for: a reader at the other end of a
    pipe never waits for a writer at this one.
    """
    for batch in batches:
        loaded = [asked(item, strip_datelines=strip_datelines) for item in batch if isinstance(item, Loaded)]
        output.writelines(encode(record) for record in first_records(loaded, library))
        output.flush()
        yield from (item for item in batch if isinstance(item, SetAside))
