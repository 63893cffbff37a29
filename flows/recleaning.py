"""Recleaning: today's rules over stored records, from their restored originals and their stored input."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cleaners import clean_all, load_model
from cleaners.document import Document
from cleaners.phrases.library import Library
from flows.originals import OriginalError, original_document
from flows.record import RUN_DEPENDENT, Record, encode, remake_record
from flows.remote import is_remote
from flows.store.errors import StoreError
from flows.store.judging import seen_in
from flows.store.places import parts_at
from flows.store.reading import read_chunks
from flows.store.state import merge_articles
from flows.store.store import Store, open_store


class Recleaned(msgspec.Struct, kw_only=True):
    """What recleaning did.

    Attributes:
        records: how many were read.
        changed: how many say something else now; the others are the same to the letter.
        unrestorable: ids of records whose original could not be restored; they stay as they are.
        more, less: pieces of text by rule, taken out now and not before, and the other way round.
    """

    records: int = 0
    changed: int = 0
    unrestorable: list[str] = msgspec.field(default_factory=list)
    more: Counter[str] = msgspec.field(default_factory=Counter)
    less: Counter[str] = msgspec.field(default_factory=Counter)


def reclean(store: Store, library: Library, source: Path | str | None = None) -> Recleaned:
    """Clean the records of a store anew and write them into it.

    A record that comes out as it was, the versions of the rules and the run aside, stays byte for byte. A changed one
    keeps its version: the article was not corrected.

    Args:
        store: where the records go, in place of all that is there.
        library: the phrases of today.
        source: the folder of the store to read; `store` itself if not given.

    Raises:
        DamagedError: a line is no record; nothing was changed.
        StoreError: the disk is full, or cannot be written; nothing was changed.
    """
    done = Recleaned()
    with store.rewriting("records") as new:
        for chunk in read_chunks(store.parts if source is None else parts_at(source)):
            records = list(_reclean(chunk, library, store.run, done))
            for line, _ in records:
                new.write(line)
            merge_articles(new.connection, ((record.id, seen_in(record, store.number)) for _, record in records))
    return done


def _reclean(
    lines: Sequence[tuple[bytes, Record]], library: Library, run: str, done: Recleaned
) -> Iterator[tuple[bytes, Record]]:
    documents = {
        number: document for number, (_, record) in enumerate(lines) if (document := _original(record, done))
    }
    cleaned = dict(zip(documents, clean_all(list(documents.values()), library, load_model()), strict=True))
    for number, (line, record) in enumerate(lines):
        done.records += 1
        if number not in cleaned:
            yield line, record
        else:
            remade = remake_record(record, cleaned[number], phrases=library.version, run=run)
            yield _written(line, record, remade, done)


def _original(record: Record, done: Recleaned) -> Document | None:
    try:
        return original_document(record)
    except OriginalError:
        done.unrestorable.append(record.id)
        return None


def _written(line: bytes, record: Record, remade: Record, done: Recleaned) -> tuple[bytes, Record]:
    """The line and its record if it says the same as before, else the remade ones."""
    if _said(remade, record) == record:
        return line, record
    done.changed += 1
    before, after = (Counter(removal.rule for removal in each.removed) for each in (record, remade))
    done.more += after - before
    done.less += before - after
    return encode(remade), remade


def _said(remade: Record, record: Record) -> Record:
    """The remade record with the other's run, and the other's versions of the rules."""
    kept = {name: getattr(record, name) for name in (*RUN_DEPENDENT, "cleaner")}
    return msgspec.structs.replace(remade, **kept)


@contextmanager
def open_new_store(out: Path | str, run: str, source: Path | str, state: str | None = None) -> Iterator[Store]:
    """A store for the recleaned records of another, which must not have any yet, nor lie in that other one.

    Args:
        out: its folder.
        run: the run's id.
        source: the other's folder.
        state: the URL of its state, if that is not to be a file in its folder.

    Raises:
        StoreError: it has, or does.
    """
    if _is_in(out, source):
        raise StoreError(f"{out}: lies in {source}, whose records are to be read")
    with open_store(out, run, state=state) as store:
        if store.parts.visible("records"):
            raise StoreError(f"{out}: has records already; recleaned ones go to a new store, or --in-place")
        yield store


def _is_in(out: Path | str, source: Path | str) -> bool:
    if is_remote(str(out)) or is_remote(str(source)):
        return f"{str(out).rstrip('/')}/".startswith(f"{str(source).rstrip('/')}/")
    return Path(out).resolve().is_relative_to(Path(source).resolve())
