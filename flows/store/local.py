"""A store in a local folder: `records/*.jsonl` and `quarantine/*.jsonl`.

What a store has seen is read from its own records when it is opened.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from flows.documents.loaded import SetAside
from flows.record import Record, encode
from flows.store.errors import StoreError
from flows.store.parts import Part, open_folder, part_lines, write_part

T = TypeVar("T")
Verdict = Literal["new", "updated", "unchanged", "duplicate"]


class _Seen(msgspec.Struct, frozen=True):
    """What is needed of a stored record to judge the next one with its id."""

    id: str
    version: int
    content_hash: str
    run: str | None


class LocalStore:
    """Records and quarantine below one folder, for one run at a time.

    Raises:
        StoreError: the folder cannot be made, written or understood.
    """

    def __init__(self, out: Path, run: str) -> None:
        self.records = out / "records"
        self.quarantine = out / "quarantine"
        self.run = run
        for folder in (self.records, self.quarantine):
            open_folder(folder)
        self._seen = {seen.id: seen for seen in _stored(self.records, _Seen)}
        self._aside = set(_stored(self.quarantine, SetAside))

    def judge(self, record: Record) -> tuple[Verdict, Record]:
        """Whether a record is to be written, and as which version.

        Same id and same text again is `unchanged`; another text for an id is the next version in a later run, and
        a `duplicate` in the same run.
        """
        seen = self._seen.get(record.id)
        if seen is None:
            return "new", record
        if seen.content_hash == record.content_hash:
            return "unchanged", record
        if seen.run == self.run:
            return "duplicate", record
        return "updated", msgspec.structs.replace(record, version=seen.version + 1)

    def part(self, name: str) -> Part:
        """A part for records; `add` each of them."""
        return Part(self.records, f"{name}.jsonl")

    def add(self, part: Part, record: Record) -> None:
        """Write a record that `judge` called new or updated."""
        part.write(encode(record))
        self._seen[record.id] = _Seen(record.id, record.version, record.content_hash, record.run)

    def set_aside(self, name: str, items: Iterable[SetAside]) -> None:
        """Write down what could not be used, but what is written down already."""
        fresh = [item for item in dict.fromkeys(items) if item not in self._aside]
        self._aside.update(fresh)
        write_part(self.quarantine, f"{name}.jsonl", (msgspec.json.encode(item) + b"\n" for item in fresh))


def _stored(folder: Path, kind: type[T]) -> Iterable[T]:
    decoder = msgspec.json.Decoder(kind)
    for path, number, line in part_lines(folder):
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise StoreError(f"{path}:{number}: not a line that this store wrote: {error}") from error
