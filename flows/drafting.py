"""Documents cleaned before a store has judged them: what can be done anywhere, by as many as there are."""

from collections.abc import Iterable, Iterator

import msgspec

from cleaners.document import Document
from cleaners.phrases.library import Library
from flows.documents.loaded import Item, Loaded
from flows.identity import Identity
from flows.record import Record
from flows.recording import clean_document


class Draft(msgspec.Struct, frozen=True):
    """A document that was cleaned elsewhere.

    Attributes:
        loaded: it, less its text, which is in the record.
        record: the first version of it, of no run.
    """

    loaded: Loaded
    record: Record

    @property
    def identity(self) -> Identity:
        """Which article it is."""
        return Identity(self.record.id, self.record.original.sha256)


def draft(items: Iterable[Item], library: Library, *, strip_datelines: bool = False) -> Iterator[Item | Draft]:
    """Every document cleaned, and all else as it comes."""
    for item in items:
        if isinstance(item, Loaded):
            record = clean_document(item, library, strip_datelines=strip_datelines)
            yield Draft(msgspec.structs.replace(item, document=_NO_DOCUMENT, metadata={}), record)
        else:
            yield item


_NO_DOCUMENT = Document(text="")
