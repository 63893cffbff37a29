"""feedparser behind one function: XML to the elements that it knows, and what it stumbles over said."""

from io import BytesIO
from typing import Any

import feedparser
import msgspec

from flows.documents.loaded import Reason
from flows.feeds.extent import parts_of
from flows.feeds.feed import Unusable
from flows.feeds.refusals import NotAFeedError, Refusal

_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


class Elements(msgspec.Struct, frozen=True):
    """What feedparser read.

    Attributes:
        version: as it calls it: `rss20`.
        channel: the feed's own elements.
        entries: each with its place in the feed, counted from 1.
        unusable: the entries that it could not read.
    """

    version: str
    channel: dict[str, Any]
    entries: list[tuple[int, dict[str, Any]]]
    unusable: tuple[Unusable, ...] = ()


def elements_of(body: str) -> Elements:
    """The elements of a feed in XML, whole or broken.

    feedparser raises errors of Python for elements where it does not expect them (`<gml:pos>` alone, `<width>`
    crossed with another). Then the entries are read one by one, and those alone are lost that it cannot read.

    Raises:
        NotAFeedError: what is outside of the entries cannot be read.
    """
    try:
        return _parsed(body)
    except Exception:  # noqa: BLE001 - KeyError, TypeError, IndexError were seen
        return _one_by_one(body)


def _parsed(body: str) -> Elements:
    # A stream: a string or bytes it might take for a path or a URL, and open. Relative links and dangerous mark-up
    # are left as they are, since all HTML becomes text; its cleaning takes 48 s for 80,000 comments.
    parsed = dict(
        feedparser.parse(BytesIO(_DECLARATION + body.encode()), resolve_relative_uris=False, sanitize_html=False)
    )
    entries = [(number, dict(entry)) for number, entry in enumerate(parsed["entries"], 1)]
    return Elements(parsed["version"], dict(parsed["feed"]), entries)


def _one_by_one(body: str) -> Elements:
    before, pieces, behind = parts_of(body)
    try:
        around = _parsed(before + behind)
    except Exception as error:
        raise NotAFeedError(Refusal.UNREADABLE, f"feedparser: {error!r}") from error
    entries: list[tuple[int, dict[str, Any]]] = []
    unusable: list[Unusable] = []
    for number, piece in enumerate(pieces, 1):
        try:
            entries += [(number, entry) for _, entry in _parsed(before + piece + behind).entries]
        except Exception as error:  # noqa: BLE001 - as above
            unusable.append(Unusable(number=number, reason=Reason.BAD_ENTRY, detail=f"feedparser: {error!r}"))
    return Elements(around.version, around.channel, entries, tuple(unusable))
