"""Documents cleaned before a store has judged them: what can be done anywhere, by as many as there are."""

from collections.abc import Iterable, Iterator

import msgspec

from cleaners.document import Document
from cleaners.phrases.library import Library
from flows.documents.loaded import Item, Loaded
from flows.identity import Identity
from flows.record import Record
from flows.recording import asked, first_records


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
    together: list[Loaded] = []
    for item in items:
        if isinstance(item, Loaded):
            together.append(asked(item, strip_datelines=strip_datelines))
        if not isinstance(item, Loaded) or len(together) == _TOGETHER:
            yield from _drafts(together, library)
            together = []
        if not isinstance(item, Loaded):
            yield item
    yield from _drafts(together, library)


def _drafts(documents: list[Loaded], library: Library) -> Iterator[Draft]:
    for item, record in zip(documents, first_records(documents, library), strict=True):
        yield Draft(msgspec.structs.replace(item, document=_NO_DOCUMENT, metadata={}), record)


# As many as are cleaned in one go; more would only be read in vain where a piece ends.
_TOGETHER = 32
_NO_DOCUMENT = Document(text="")
