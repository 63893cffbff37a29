"""What every reader gives: documents, and what could not be one."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from cleaners.document import Document
from cleaners.errors import CleancopyError
from flows.documents.reached import Reached
from flows.feeds.sighting import Held, Sighting, Waiting
from flows.pages.page import Extractor, RawPage

# What would break a line of a terminal, or steer the terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Reason(StrEnum):
    """Why something was set aside. Each is described in docs/records.md."""

    BAD_ARCHIVE = "bad_archive"
    BAD_COMPRESSION = "bad_compression"
    BAD_ENTRY = "bad_entry"
    BAD_JSON = "bad_json"
    BAD_LINK = "bad_link"
    BAD_ROW = "bad_row"
    BINARY = "binary"
    CRASHED = "crashed"
    DAMAGED_RECORD = "damaged_record"
    DUPLICATE_ID = "duplicate_id"
    EMPTY_ENTRY = "empty_entry"
    EMPTY_INPUT = "empty_input"
    ENCRYPTED = "encrypted"
    EXTRACTION_FAILED = "extraction_failed"
    NESTED_ARCHIVE = "nested_archive"
    NO_ARTICLE = "no_article"
    NOT_A_FEED = "not_a_feed"
    NO_TEXT = "no_text"
    OUT_OF_MEMORY = "out_of_memory"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    TRUNCATED_FEED = "truncated_feed"
    UNREADABLE = "unreadable"


class UnusableError(CleancopyError):
    """What is being read cannot be used; `reason` says why."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """How a file's bytes became text; all None where the text did not come as a file of its own.

    Attributes:
        encoding: as Python names it.
        newline: `lf`, `crlf`, `cr` or `mixed`; None without line ends. All but `mixed` are LF in the original.
        bom: whether the file began with a byte order mark, which the original does not have.
    """

    encoding: str | None = None
    newline: str | None = None
    bom: bool | None = None


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could not be used; a line of the quarantine.

    Attributes:
        input: the file, as its path was given; of a member of an archive, the archive; of what was fetched, its URL.
        document: its path relative to what was given, `#member` inside an archive; or the same URL.
        line: the line, element, row or record, counted from 1; None where the file as a whole is meant.
    """

    reason: Reason
    input: str
    document: str
    line: int | None
    detail: str

    def __str__(self) -> str:
        """One line for people: where, why and what."""
        where = self.document if self.line is None else f"{self.document}:{self.line}"
        return _CONTROL.sub(lambda found: repr(found[0])[1:-1], f"{where}: {self.reason}: {self.detail}")


class Source(msgspec.Struct, frozen=True):
    """A file to read, or a member of one; or what was fetched.

    Attributes:
        path: where the file is; of a member of an archive, the archive; empty for what was fetched.
        place: its path relative to what was given, with forward slashes; `#member` inside an archive; or a URL.
        size: of the file in bytes, as it lies there.
        url: where it is, if not among this machine's files; `path` is empty then.
        base: the folder from which `path` is seen, where that is not this program's.
        done: how many lines, rows or records at its beginning are not to be read again.
        reached: what earlier runs found in those.
        key: by which a store notes how far it was read; empty where that is not to be noted.
    """

    path: Path
    place: str
    size: int
    url: str | None = None
    base: Path = Path()
    done: int = 0
    reached: Reached = Reached()
    key: bytes = b""

    @classmethod
    def fetched(cls, url: str) -> "Source":
        """What was fetched from a URL."""
        return cls(Path(), url, 0)

    @property
    def given(self) -> str:
        """The file as its path or URL was given, as text that JSON can hold."""
        if self.path == Path():
            return self.url or self.place
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")

    def member(self, name: str) -> "Source":
        """What this archive holds under a name; a byte of the name that is no UTF-8 is written as its escape."""
        spelt = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return msgspec.structs.replace(self, place=f"{self.place}#{spelt}")

    def aside(self, reason: Reason, detail: object, line: int | None = None) -> SetAside:
        """This file, or a line of it, set aside."""
        return SetAside(
            reason=reason,
            input=self.given,
            document=self.place,
            line=line,
            detail=" ".join(str(detail).split()),
        )


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A document and where it was found.

    Attributes:
        line: its line, element, row or record in the file, counted from 1; None where it is the whole file.
        metadata: what the source gave beyond the record's fields.
        extractor: what drew the text from a page; None where the text came as text.
        date_fetched: when its page or feed was fetched, in RFC 3339; it says nothing of when it was published.
        canonical_url: what the page says of itself; None leaves it to the URL.
        feed_url: of the feed in which it was found.
        sightings: what the store notes of the feeds that showed it, together with the record.
        held: what it notes of the text, if it takes it.
        is_retitled: whether its headline was corrected, which makes the same text a next version.
        raw: its page as it came, if that is to be kept.
    """

    document: Document
    source: Source
    line: int | None = None
    origin: Origin = Origin()
    metadata: dict[str, Any] = {}
    extractor: Extractor | None = None
    date_fetched: str | None = None
    canonical_url: str | None = None
    feed_url: str | None = None
    sightings: tuple[Sighting, ...] = ()
    held: Held | None = None
    is_retitled: bool = False
    raw: RawPage | None = None

    @property
    def place(self) -> str:
        """The file's path relative to what was given, `#line` where it is one of several in that file."""
        return self.source.place if self.line is None else f"{self.source.place}#{self.line}"

    def aside(self, reason: Reason, detail: object) -> SetAside:
        """This document set aside."""
        return self.source.aside(reason, detail, self.line)


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """An article that brings no record: it is known by now, or cannot be used.

    Attributes:
        article: its id.
        sightings: what the store notes of the feeds that showed it.
        aside: why it cannot be used.
        raw: its page as it came, if that is to be kept.
        waiting: articles that wait for their pages from now on, or with None no longer: it, or the one as which it
            has waited.
    """

    article: str
    sightings: tuple[Sighting, ...]
    aside: SetAside | None = None
    raw: RawPage | None = None
    waiting: Mapping[str, Waiting | None] = {}


class Mark(msgspec.Struct, frozen=True):
    """Where a file begins or ends among the items."""

    source: Source
    is_end: bool


Item = Loaded | SetAside | Noted | Mark
"""What a shard takes; readers of files give the first two."""
