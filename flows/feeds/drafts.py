"""Entries as they were read, before it is known whether they can be used."""

import msgspec

from flows.documents.loaded import Reason
from flows.feeds.feed import Entry, Unusable
from flows.identity import link_name


class Draft(msgspec.Struct, frozen=True):
    """An entry, and the link that it offered and that cannot be asked, where it has no other."""

    entry: Entry
    refused: str | None = None


def judged(drafts: list[Draft]) -> tuple[tuple[Entry, ...], tuple[Unusable, ...]]:
    """The entries that can be used, and those that cannot.

    An entry that is repeated word for word is dropped without a word; of two that share a guid and differ, the first
    counts, as in the rest of the project, unless links and titles say that they are two articles.
    """
    entries: list[Entry] = []
    unusable: list[Unusable] = []
    known: dict[tuple[str, str | None], Entry] = {}
    for draft in drafts:
        entry = draft.entry
        fault = _fault(draft)
        if fault is not None:
            unusable.append(fault)
            continue
        first = _first(entry, known)
        if first is entry:
            entries.append(entry)
        elif _says(first) != _says(entry):
            # Not where the two stand, which changes with each new entry: the same item is set aside once.
            detail = f"another entry has the guid {entry.guid}, and says otherwise: {entry.title or entry.link}"
            unusable.append(Unusable(number=entry.number, reason=Reason.DUPLICATE_ID, detail=detail))
    return tuple(entries), tuple(unusable)


def _first(entry: Entry, known: dict[tuple[str, str | None], Entry]) -> Entry:
    """The entry of which this is a repetition: itself, where it is none."""
    if not entry.guid:
        return entry
    first = known.setdefault((entry.guid, None), entry)
    if entry.link is None or first.link is None or first.title == entry.title:
        return first
    name = link_name(entry.link)
    return first if name == link_name(first.link) else known.setdefault((entry.guid, name), entry)


def _fault(draft: Draft) -> Unusable | None:
    entry = draft.entry
    if draft.refused is not None:
        return Unusable(
            number=entry.number, reason=Reason.BAD_LINK, detail=f"no link that can be asked: {draft.refused}"
        )
    if not (entry.title or entry.link or entry.content or entry.summary):
        return Unusable(number=entry.number, reason=Reason.EMPTY_ENTRY, detail="neither title nor text nor link")
    return None


def _says(entry: Entry) -> tuple[str | None, ...]:
    return entry.link, entry.title, entry.content, entry.summary
