"""OPML, by which feed readers exchange their lists of feeds: http://opml.org/spec2.opml."""

from collections.abc import Iterable, Iterator

import msgspec
from lxml import etree

from cleaners.errors import CleancopyError
from flows.feeds.subscriptions import Subscription, checked_feed, identity

# What OPML has no word for. Readers pass over attributes of other namespaces, as the standard bids them.
_OWN = "urn:cleancopy:subscriptions"
_OURS = {"publisher": f"{{{_OWN}}}publisher", "full_text": f"{{{_OWN}}}fullText"}
# Not `isComment`: that is an outline which is none, and readers that know it drop the feed.
_ENABLED = f"{{{_OWN}}}enabled"


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an OPML file holds.

    Attributes:
        feeds: each once, in the file's order, whatever folders they lie in.
        unusable: one line for each outline whose URL no feed can have.
    """

    feeds: tuple[Subscription, ...] = ()
    unusable: tuple[str, ...] = ()


def read_opml(content: bytes) -> Imported:
    """The feeds of an OPML file, of any version.

    Raises:
        CleancopyError: it is no OPML.
    """
    feeds: dict[str, Subscription] = {}
    unusable: list[str] = []
    for outline in _outlines(content):
        values = _values(outline)
        if values is None:
            continue
        try:
            feed = checked_feed(values)
            feeds.setdefault(identity(feed.url), feed)
        except CleancopyError as error:
            unusable.append(f"line {outline.sourceline}: {error}")
    return Imported(feeds=tuple(feeds.values()), unusable=tuple(unusable))


def write_opml(feeds: Iterable[Subscription]) -> bytes:
    """An OPML file of feeds, one outline each; `read_opml` gives the same feeds again."""
    root = etree.Element("opml", version="2.0", nsmap={"cleancopy": _OWN})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Subscriptions of cleancopy"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        outline = etree.SubElement(body, "outline", type="rss", text=feed.title or feed.url, xmlUrl=feed.url)
        if feed.title is not None:
            outline.set("title", feed.title)
        if feed.publisher is not None:
            outline.set(_OURS["publisher"], feed.publisher)
        if feed.full_text != "auto":
            outline.set(_OURS["full_text"], feed.full_text)
        if not feed.enabled:
            outline.set(_ENABLED, "false")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _outlines(content: bytes) -> Iterator[etree._Element]:
    # Nothing that the file refers to is read, and what it can unfold to is bounded.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        line, what = error.lineno, str(error.msg).partition(", line ")[0]
        raise CleancopyError(f"line {line}: is not XML: {what}" if line else f"is not XML: {what}") from None
    if _name(root) != "opml":
        raise CleancopyError(f"is not OPML: its root is <{etree.QName(root).localname}>")
    return (element for element in root.iter(etree.Element) if _name(element) == "outline")


def _values(outline: etree._Element) -> dict[str, object] | None:
    """What an outline says of a feed; None if it is none."""
    # Readers write `xmlUrl`, `xmlurl` and `xmlURL`.
    said = {name.lower(): value.strip() for name, value in outline.attrib.items()}
    url = said.get("xmlurl")
    if not url:
        return None
    text = said.get("title") or said.get("text")
    values: dict[str, object] = {"url": url, "enabled": not _is_off(outline)}
    if text and (text != url or "title" in said):
        values["title"] = text
    for name, attribute in _OURS.items():
        if value := outline.get(attribute):
            values[name] = value
    return values


def _is_off(outline: etree._Element) -> bool:
    """Whether it is switched off, or it or a folder that it lies in is commented out, which holds for all below."""
    return outline.get(_ENABLED) == "false" or any(
        each.get("isComment", "").lower() == "true" for each in (outline, *outline.iterancestors())
    )


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname).lower()
