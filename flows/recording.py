"""One document becomes one record; a stream of documents a stream of records, without a store."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from cleaners import clean, load_model
from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded, SetAside
from flows.identity import Identity, identify
from flows.record import Record, encode, make_record


def clean_document(
    loaded: Loaded,
    library: Library,
    *,
    identity: Identity | None = None,
    version: int = 1,
    run: str | None = None,
    strip_datelines: bool = False,
) -> Record:
    """The record of one document; its identity is found out where it is not given."""
    if strip_datelines:
        document = msgspec.structs.replace(loaded.document, strip_datelines=True)
        loaded = msgspec.structs.replace(loaded, document=document)
    return make_record(
        loaded,
        clean(loaded.document, library, load_model()),
        identity or identify(loaded.document),
        version=version,
        phrases=library.version,
        run=run,
    )


def clean_stream(
    items: Iterable[Loaded | SetAside], output: BinaryIO, library: Library, *, strip_datelines: bool = False
) -> Iterator[SetAside]:
    """Write one record for each document, in order and at once; give back what could not be used."""
    for item in items:
        if isinstance(item, SetAside):
            yield item
        else:
            output.write(encode(clean_document(item, library, strip_datelines=strip_datelines)))
            # A reader at the other end of a pipe gets each record when it is done.
            output.flush()
