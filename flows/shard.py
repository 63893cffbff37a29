"""The one loop that all flows and engines run: documents in, records into a store, counts out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import msgspec

from cleaners import clean
from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.opening import read_documents
from flows.record import Record, encode, make_record
from flows.store.local import LocalStore


def run_shard(
    sources: Sequence[Source],
    store: LocalStore,
    library: Library,
    *,
    name: str,
    strip_datelines: bool = False,
) -> Counts:
    """Clean every document of some files and commit their records as one part.

    Args:
        sources: the files, read in order.
        store: where the records go.
        library: the phrases to apply.
        name: the part's name, its ending left out; not used before in this store.
        strip_datelines: also take inline datelines and agency suffixes out of the text.

    Returns:
        What was done. All records are in the store when this returns; none of them is when it raises.

    Raises:
        StoreError: the store could not be written.
    """
    counts = Counts()
    aside: list[SetAside] = []
    with store.part(name) as part:
        for item in read_documents(sources):
            if isinstance(item, SetAside):
                aside.append(item)
                continue
            record = clean_document(item, library, run=store.run, strip_datelines=strip_datelines)
            verdict, record = store.judge(record)
            counts.count(record)
            match verdict:
                case "duplicate":
                    aside.append(item.aside(Reason.DUPLICATE_ID, f"another text in this run has the id {record.id}"))
                case "unchanged":
                    counts.unchanged += 1
                case "new":
                    counts.new += 1
                    store.add(part, record)
                case "updated":
                    counts.updated += 1
                    store.add(part, record)
    store.set_aside(name, aside)
    for item in aside:
        counts.count_aside(item)
    return counts


def clean_document(
    loaded: Loaded, library: Library, *, run: str | None = None, strip_datelines: bool = False
) -> Record:
    """The record of one document."""
    if strip_datelines:
        document = msgspec.structs.replace(loaded.document, strip_datelines=True)
        loaded = msgspec.structs.replace(loaded, document=document)
    return make_record(loaded, clean(loaded.document, library), phrases=library.version, run=run)


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
