"""A feed's bytes to its values, whatever the format."""

import msgspec

from flows.documents.sniffing import is_binary
from flows.feeds.doctype import declared_entities
from flows.feeds.drafts import Draft, judged
from flows.feeds.encoding import text_of
from flows.feeds.extent import whole
from flows.feeds.feed import Feed, Format, Unusable
from flows.feeds.jsonfeed import read_json
from flows.feeds.mending import harmless, mended
from flows.feeds.refusals import NotAFeedError, Refusal
from flows.feeds.sniffing import root_of
from flows.feeds.syndicated import read


def parse_feed(content: bytes, *, url: str | None = None, charset: str | None = None) -> Feed:
    """What a feed holds. It may take very long for hostile bytes: call it where it can be stopped.

    Args:
        content: the feed's bytes, unpacked.
        url: where it was found; relative links are read from there.
        charset: what the server calls its encoding.

    Raises:
        NotAFeedError: the bytes are no feed.
    """
    if not content.strip():
        raise NotAFeedError(Refusal.EMPTY, "nothing but white space")
    if is_binary(content.replace(b"\0", b"")):  # a few of them are in many a feed
        raise NotAFeedError(Refusal.BINARY, "the bytes are no text")
    read_text = text_of(content, charset)
    text = harmless(read_text.text).strip()
    if text.startswith(("{", "[")):
        feed, drafts = read_json(text, url)
        broken_off = None
    else:
        feed, drafts, broken_off = _read_xml(text, url)
    entries, unusable = judged(drafts)
    unusable = (*feed.unusable, *unusable, *((broken_off,) if broken_off else ()))
    return msgspec.structs.replace(
        feed,
        entries=entries,
        unusable=tuple(sorted(unusable, key=lambda entry: entry.number)),
        faulty=read_text.faulty,
    )


def _read_xml(text: str, url: str | None) -> tuple[Feed, list[Draft], Unusable | None]:
    root = root_of(text)
    extent = whole(text[root.start :])
    body = mended(extent.body, declared_entities(root.subset))
    feed, drafts = read(body, extent.head, root.format, url)
    if (
        not drafts
        and not feed.unusable
        and extent.broken_off is None
        and not _is_empty_feed(extent.body, root.format)
    ):
        raise NotAFeedError(Refusal.OTHER_XML, f"{root.format}, by its first element, but nothing of one in it")
    return msgspec.structs.replace(feed, left_out=feed.left_out + extent.left_out), drafts, extent.broken_off


def _is_empty_feed(body: str, form: Format) -> bool:
    """Whether XML that has no entry is a feed all the same: other formats' roots are named alike."""
    beginning = body[:4096].lower()
    telling = {
        Format.RSS: ("<rss", "<channel"),
        Format.RDF: ("channel", "purl.org/rss/", "my.netscape.com/rdf"),
        Format.ATOM: ("w3.org/2005/atom", "purl.org/atom", "<updated", "<modified"),
        Format.CDF: ("<channel",),
    }
    return any(sign in beginning for sign in telling.get(form, ()))
