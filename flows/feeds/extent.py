"""How far a feed goes: its end cut clean, the entries that are too many or broken off left out."""

import re
from itertools import pairwise

import msgspec

from flows.documents.loaded import Reason
from flows.feeds.feed import Unusable

MOST_ENTRIES = 10_000
"""Entries that are read of one feed: feedparser takes two seconds for them, and over a minute for a million."""

_ENTRY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(/?)(?:[\w.-]+:)?(item|entry)(?=[\s>/])[^<>]*?(/?)>", re.DOTALL | re.IGNORECASE
)
_NAME = re.compile(r"<([\w.:-]+)")
_TAG = re.compile(r"<[^<>]*?(/?)>")


class Extent(msgspec.Struct, frozen=True):
    """A feed that ends where it should.

    Attributes:
        body: from the root's tag to its end tag.
        head: of it, what is outside of all entries, where they stand together.
        left_out: how many entries were too many.
        broken_off: what was lost where the feed ends too early.
    """

    body: str
    head: str
    left_out: int = 0
    broken_off: Unusable | None = None


class _Span(msgspec.Struct):
    """Where the entries are: the beginnings of all, and where the last end tag ends."""

    begun: list[int]
    ended: int = 0


def whole(body: str) -> Extent:
    """The feed without what stands behind it, is too much of it, or is cut off."""
    name = _name(body)
    ends = [found.end() for found in re.finditer(rf"</{re.escape(name)}\s*>", body, re.IGNORECASE)]
    opening = _TAG.match(body)
    if opening and opening[1]:
        return Extent(opening[0], "")
    if ends:
        body = body[: ends[-1]]
    span = _entries(body)
    if ends or body.rstrip().lower().endswith("</channel>"):
        return _capped(body if ends else body + f"</{name}>", span)
    return _broken_off(body, name, span)


def parts_of(body: str) -> tuple[str, list[str], str]:
    """What is before the entries, the entries with what follows each, and what is behind them."""
    span = _entries(body)
    if not span.begun:
        return body, [], ""
    end = max(span.ended, span.begun[-1])
    edges = [*span.begun, end]
    return body[: edges[0]], [body[a:b] for a, b in pairwise(edges)], body[end:]


def _name(body: str) -> str:
    found = _NAME.match(body)
    return found[1] if found else ""


def _entries(body: str) -> _Span:
    span = _Span([])
    for found in _ENTRY.finditer(body):
        if found[2] and not found[1]:
            span.begun.append(found.start())
        if found[1] or found[3]:
            span.ended = found.end()
    return span


def _capped(body: str, span: _Span) -> Extent:
    head = body[: span.begun[0]] + body[max(span.ended, span.begun[0]) :] if span.begun else body
    left_out = len(span.begun) - MOST_ENTRIES
    if left_out <= 0:
        return Extent(body, head)
    first = span.begun[MOST_ENTRIES]
    return Extent(body[:first] + body[max(span.ended, first) :], head, left_out)


def _broken_off(body: str, name: str, span: _Span) -> Extent:
    """A feed without its end: its last entry is left out, unless the feed ends between two."""
    begun = len(span.begun)
    open_entry = begun > 0 and span.begun[-1] >= span.ended and name.lower() != "entry"
    lost = Unusable(
        number=begun if open_entry else begun + 1,
        reason=Reason.TRUNCATED_FEED,
        detail="the feed ends within this entry" if open_entry else "the feed ends without its end tag",
    )
    kept = body[: span.begun[-1]] if open_entry else body
    inside = re.search(r"<((?:[\w.-]+:)?channel)[\s>]", kept, re.IGNORECASE)
    channel = f"</{inside[1]}>" if inside and not re.search(rf"</{inside[1]}\s*>", kept, re.IGNORECASE) else ""
    span = _Span(span.begun[:-1], span.ended) if open_entry else span
    capped = _capped(f"{kept}{channel}</{name}>", span)
    return msgspec.structs.replace(capped, broken_off=lost)
