"""Which article an entry is: its id, the names by which it is known, and what the feed says of it. Pure."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Container
from datetime import UTC, datetime

import msgspec

from cleaners.fields.dates import read_date
from flows.feeds.feed import Entry, Feed
from flows.feeds.sighting import Marks
from flows.identity import bounded, is_url, link_name, url_id
from flows.ingesting.sameness import is_surely_same
from flows.ingesting.wording import wording

# RFC 3986's scheme; after it, what schemes without `//` are used for ids. `post:12` and `12:30` are no URIs.
_URI = re.compile(r"(?:[a-z][a-z0-9+.-]*://|tag:|urn:)\S+", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Naming(msgspec.Struct, frozen=True):
    """Which article an entry is.

    Attributes:
        id: of its record, if the store does not know it by another; None leaves it to its text.
        names: each of them leads to the article; the surest first.
        fingerprint: of what the feed says of it, the names aside.
        has_page: whether its link is its own.
        marks: by which it is told from other articles that have one of its names.
        shared: its names that other articles have, too: they lead to it only if its title agrees.
        page: the URL of its link: its id, if it has no guid; and of its page, if that was cleaned without a feed.
        apart: its id where other articles have those, made of all its marks: no other article has it.
    """

    id: str | None
    names: tuple[str, ...]
    fingerprint: bytes
    has_page: bool
    marks: Marks = Marks()
    shared: tuple[str, ...] = ()
    page: str | None = None
    apart: str | None = None

    @property
    def all_names(self) -> tuple[str, ...]:
        """All names that may lead to it, the surest first."""
        return (*self.names, *self.shared, *filter(None, (self.page, self.apart)))

    def apart_from(self, taken: Container[str]) -> "Naming":
        """The same where another article has its id: it goes by its link's, or by all its marks."""
        free = self.page if self.page is not None and self.page not in taken else self.apart
        return msgspec.structs.replace(self, id=free, names=(free, *self.names) if free else self.names)


def name_entries(feed: Feed, domain: str, shared: Collection[str]) -> list[Naming]:
    """The naming of each entry of a feed, in their order.

    A guid or link that several articles have, and the site's own link, tell no article from another.

    Args:
        feed: as it was read.
        domain: of the publisher; guids that are no URIs are told apart by it.
        shared: the names that several articles have, now or before, as `shared_names` finds them.
    """
    vague = {*shared, link_name(feed.link)} if feed.link else {*shared}
    is_built = _is_built_at_once(feed.entries)
    return [_name(entry, domain, vague, updated=None if is_built else entry.updated) for entry in feed.entries]


def shared_names(feed: Feed, domain: str) -> set[str]:
    """The names that several articles of a feed have: entries shown at once are the same only if their titles are."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in feed.entries:
        for name in _names(entry, domain):
            entries[name].append(entry)
    return {name for name, those in entries.items() if len(those) > 1 and not _are_one(those)}


def _is_built_at_once(entries: Collection[Entry]) -> bool:
    """Whether the hour of change is that of the feed: some generators date all entries whenever they write it.

    Each build had all pages fetched again.
    """
    return len(entries) > 1 and len({entry.updated for entry in entries}) == 1


def _are_one(entries: list[Entry]) -> bool:
    first, *rest = (_marks(entry, entry.guid, entry.link) for entry in entries)
    return all(is_surely_same(first, [one]) for one in rest)


def _name(entry: Entry, domain: str, vague: Container[str], *, updated: str | None) -> Naming:
    said = _names(entry, domain)
    names = tuple(name for name in said if name not in vague)
    shared = tuple(name for name in said if name in vague)
    guid = next((name for name in names if not name.startswith("link:")), None)
    link = entry.link if names and names[-1].startswith("link:") else None
    marks = _marks(entry, guid, link)
    fingerprint = _digest(entry.title, entry.content, entry.summary, updated)
    if not names:
        content = f"content:{domain}:{_digest(entry.title, entry.content, entry.summary).hex()}"
        return Naming(None, (content,), fingerprint, has_page=False, marks=marks, shared=shared)
    url = url_id(link) if link else None
    own_id = guid or url
    return Naming(
        id=own_id,
        names=names,
        fingerprint=fingerprint,
        has_page=link is not None,
        marks=marks,
        shared=shared,
        page=url,
        apart=bounded(f"{own_id}#{_digest(*_written(marks)).hex()}"),
    )


def _names(entry: Entry, domain: str) -> list[str]:
    """All that the entry says of who it is: its guid, then its link."""
    guid = entry.guid if entry.guid is None or _URI.fullmatch(entry.guid) else f"{domain}:{entry.guid}"
    return [name for name in (guid and bounded(guid), link_name(entry.link) if entry.link else None) if name]


def _marks(entry: Entry, guid: str | None, link: str | None) -> Marks:
    return Marks(
        # `/ferry#0` and `/ferry#1` are one article to those who count its changes.
        guid=_mark(link_name(guid) if guid and is_url(guid) else guid),
        link=_mark(link_name(link) if link else None),
        title=_mark(" ".join(_WORD.findall(entry.title.casefold())) if entry.title else None),
        published=_mark(_instant(entry.published) if entry.published else None),
        text=wording(entry.summary or entry.content),
    )


def _written(marks: Marks) -> tuple[str | None, ...]:
    """What an id may be made of: all but the text, which changes most."""
    told = (marks.guid, marks.link, marks.title, marks.published)
    return tuple(mark.hex() if mark else None for mark in told)


def _instant(written: str) -> str | None:
    """In UTC, to the second; None of a mere day, and of midnight, which is what some make of one."""
    value = read_date(written, None).value
    if value is None or len(value) <= len("2026-11-28"):
        return None
    instant = datetime.fromisoformat(value)
    if not (instant.hour or instant.minute or instant.second):
        return None
    try:
        return f"{instant.astimezone(UTC) if instant.tzinfo else instant:%Y-%m-%dT%H:%M:%S}"
    except OverflowError:  # the last hour of the year 9999, which is no date of anything in some programs
        return None


def _mark(value: str | None) -> bytes | None:
    return _digest(value)[:8] if value else None


def _digest(*values: str | None) -> bytes:
    return hashlib.sha256(msgspec.json.encode(values)).digest()[:16]
