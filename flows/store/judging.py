"""Whether a document is new to a store. Pure: nothing is read or written here."""

from typing import Literal

import msgspec

from flows.record import Record

Verdict = Literal["new", "updated", "unchanged", "ignored", "duplicate"]
Updates = Literal["append", "ignore"]
Corrections = Literal["append", "ignore", "refuse"]


class Seen(msgspec.Struct, frozen=True, gc=False):
    """What is needed of a stored record to judge the next one with its id.

    Attributes:
        original: the first half of the original's SHA-256.
        content: the same of the clean text.
        run: the number of the run that met the article last.
    """

    version: int
    original: bytes
    content: bytes
    run: int


def half(sha256: str) -> bytes:
    """The first half of a digest given in hexadecimal digits: enough to tell texts apart."""
    return bytes.fromhex(sha256[:32])


def content_of(record: Record) -> bytes:
    """The digest of a record's clean text, as `Seen` has it."""
    return half(record.content_hash.removeprefix("sha256:"))


def seen_in(record: Record, run: int) -> Seen:
    """What a store notes of a record."""
    return Seen(
        version=record.version,
        original=half(record.original.sha256),
        content=content_of(record),
        run=run,
    )


def is_known(seen: Seen | None, original: bytes) -> bool:
    """Whether the store has this very text under this id, so that it need not be cleaned again.

    Rules that changed since make no new version of it: the article was not corrected. `reclean` applies them.
    """
    return seen is not None and seen.original == original


def judge(
    seen: Seen | None, content: bytes, run: int, corrections: Corrections, *, is_retitled: bool = False
) -> Verdict:
    """What to do with a cleaned document whose original the store does not have under its id.

    Args:
        seen: what the store knows of the id.
        content: the digest of the clean text.
        run: the number of this run: a second text for an id within it is a duplicate, later it is a correction.
        corrections: whether they become further versions, are left alone, or count as duplicates.
        is_retitled: whether its headline was corrected, which makes the same text another version in a later run.
    """
    if seen is None:
        return "new"
    if seen.content == content and (not is_retitled or seen.run == run):
        return "unchanged"
    if seen.run == run or corrections == "refuse":
        return "duplicate"
    return "updated" if corrections == "append" else "ignored"
