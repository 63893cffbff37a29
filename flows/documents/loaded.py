"""What every reader gives: documents, and what could not be one."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from cleaners.document import Document


class Reason(StrEnum):
    """Why something was set aside. Each is described in docs/records.md."""

    BAD_COMPRESSION = "bad_compression"
    BAD_JSON = "bad_json"
    BAD_ROW = "bad_row"
    DAMAGED_RECORD = "damaged_record"
    DUPLICATE_ID = "duplicate_id"
    EMPTY_INPUT = "empty_input"
    UNREADABLE = "unreadable"


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
        input: the file, as its path was given.
        document: its path relative to what was given.
        line: counted from 1; None where the file as a whole is meant.
    """

    reason: Reason
    input: str
    document: str
    line: int | None
    detail: str

    def __str__(self) -> str:
        """One line for people: where, why and what."""
        where = self.document if self.line is None else f"{self.document}:{self.line}"
        return f"{where}: {self.reason}: {self.detail}"


class Source(msgspec.Struct, frozen=True):
    """A file to read.

    Attributes:
        path: where it is.
        place: its path relative to what was given, with forward slashes.
        size: in bytes, as it lies there.
    """

    path: Path
    place: str
    size: int

    def aside(self, reason: Reason, detail: object, line: int | None = None) -> SetAside:
        """This file, or a line of it, set aside."""
        return SetAside(
            reason=reason,
            input=os.fsencode(self.path).decode("utf-8", "backslashreplace"),
            document=self.place,
            line=line,
            detail=" ".join(str(detail).split()),
        )


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A document and where it was found.

    Attributes:
        line: its row in the file, counted from 1; None where it is the whole file.
        metadata: what the source gave beyond the record's fields.
    """

    document: Document
    source: Source
    line: int | None = None
    origin: Origin = Origin()
    metadata: dict[str, Any] = {}

    @property
    def place(self) -> str:
        """The file's path relative to what was given, `#line` where it is a row of that file."""
        return self.source.place if self.line is None else f"{self.source.place}#{self.line}"

    def aside(self, reason: Reason, detail: object) -> SetAside:
        """This document set aside."""
        return self.source.aside(reason, detail, self.line)
