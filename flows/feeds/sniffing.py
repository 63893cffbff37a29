"""Which format a text is, by its first element, and where that begins."""

import re

import msgspec

from flows.feeds.feed import Format
from flows.feeds.refusals import NotAFeedError, Refusal

_SKIPPED = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[<>]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([a-zA-Z][\w.-]*)")
_FORMATS = {
    "rss": Format.RSS,
    "rdf": Format.RDF,
    "feed": Format.ATOM,
    "entry": Format.ATOM,
    "channel": Format.CDF,
}
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|entry|channel)(?=[\s>/])", re.IGNORECASE)
# A root behind a warning of the site's own software, or a script that its host put before everything.
_LATE_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed)(?=\s)", re.IGNORECASE)
_LATEST = 65536
_OTHERS = {
    "html": Refusal.HTML,
    "head": Refusal.HTML,
    "body": Refusal.HTML,
    "opml": Refusal.OPML,
    "urlset": Refusal.SITEMAP,
    "sitemapindex": Refusal.SITEMAP,
}
_CDF = re.compile(r"<(?:channel|item)\s[^<>]*?\bhref\s*=", re.IGNORECASE)


class Root(msgspec.Struct, frozen=True):
    """A feed's root: its format, where its tag begins, and the internal subset of the DTD before it."""

    format: Format
    start: int
    subset: str


def root_of(text: str) -> Root:
    """The root of a feed in XML.

    Raises:
        NotAFeedError: the text is something else.
    """
    at, doctype, subset = _behind_prolog(text)
    found = _ROOT.match(text, at)
    if found is None:
        first = _ELEMENT.search(text, at, at + _LATEST)
        name = first[1].lower() if first else ""
        if name in _OTHERS:
            raise NotAFeedError(_OTHERS[name], f"the first element is <{name}>")
        found = None if "html" in doctype.lower() else _LATE_ROOT.search(text, at, at + _LATEST)
        if found is None:
            raise _refused(name, doctype)
        _, _, subset = _behind_prolog(text[at : found.start()][text[at : found.start()].rfind("<?xml") :])
    return Root(_format(found[1].lower(), text), found.start(), subset)


def _behind_prolog(text: str) -> tuple[int, str, str]:
    """Where the prolog ends; its document type and that one's internal subset."""
    at, doctype, subset = 0, "", ""
    while True:
        if found := _SKIPPED.match(text, at):
            at = found.end()
        elif found := _DOCTYPE.match(text, at):
            at, doctype, subset = found.end(), found[0][:200], found[1] or ""
        else:
            return at, doctype, subset


def _refused(name: str, doctype: str) -> NotAFeedError:
    if "html" in doctype.lower():
        return NotAFeedError(Refusal.HTML, "a page in HTML")
    if not name:
        return NotAFeedError(Refusal.NO_MARKUP, "a text without an element")
    if name in _PAGE_PARTS:
        return NotAFeedError(Refusal.HTML, f"the first element is <{name}>")
    return NotAFeedError(Refusal.OTHER_XML, f"the first element is <{name}>")


def _format(root: str, text: str) -> Format:
    """A channel without a root around it is CDF's, or what is left of an RSS feed."""
    if root == "channel" and not _CDF.search(text):
        return Format.RSS
    return _FORMATS[root]


_PAGE_PARTS = frozenset({
    "a", "b", "br", "center", "div", "font", "form", "h1", "h2", "h3", "iframe", "img", "link", "meta", "p", "pre",
    "script", "span", "style", "table", "title",
})  # fmt: skip
