"""XML made so that a strict parser reads it, as far as text alone can be mended; nothing that is sound is changed."""

import re
from collections.abc import Callable
from html.entities import html5
from xml.sax.saxutils import escape

from flows.feeds.names import ADDRESS

_BLANKS = "\x0b\x0c\x1c\x1d\x1e\x1f"
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r" + _BLANKS}
_HARMLESS = {**_CONTROLS, **dict.fromkeys(map(ord, _BLANKS), " "), 0x7F: None, 0xFFFE: None, 0xFFFF: None}
_HIGHEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)

# Past what is no reference: a CDATA section is left alone, a comment left out (two hyphens in one stop the parser).
_REFERENCES = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!(?-i:amp|lt|gt|quot|apos);)(?:#(x?)([0-9a-f]{1,8});|([a-z_][\w.-]{0,63});)?",
    re.DOTALL | re.IGNORECASE,
)
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=\s*[\"']([^\"'<>]*)[\"']")
_USED = re.compile(r"</?([a-zA-Z_][\w.-]*):[a-zA-Z_]|[\s\"']([a-zA-Z_][\w.-]*):[a-zA-Z_][\w.-]*\s*=\s*[\"']")
_MOST_PREFIXES = 50
_KNOWN = {
    "a10": "http://www.w3.org/2005/Atom",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}

# feedparser reads these as the entry's own description, title or change, where they are the picture's or the
# podcast's, or say when it was published; under another name each keeps to itself.
ASIDE = "-aside"
_ASIDE = {
    "http://search.yahoo.com/mrss": "description|title",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "summary",
    "http://purl.org/dc/elements/1.1": "date|description",
}
_PERMALINK = re.compile(r"<(?:[\w.-]+:)?guid\s[^<>]*?\bispermalink\s*=\s*[\"']\s*(true|false)", re.IGNORECASE)
PERMALINK = "permalink" + ASIDE
# feedparser takes 6 s to look for an address in 40 KB, and knows no top-level domain of more than four letters: what
# it leaves of `a@paper.example (Ann)` is `ple (Ann`.
_AUTHOR = re.compile(
    r"(<(?:[\w.-]+:)?(?:author|creator|contributor|managingeditor|webmaster|publisher|name|email)(?:\s[^<>]*)?>\s*)"
    r"(?:(<!\[CDATA\[)([^\]]+)|([^<>]+))",
    re.IGNORECASE,
)
_LONGEST_AUTHOR = 500
# Atom 0.3's way to give a text in several forms. feedparser takes the inner contents' tags for text.
_SEVERAL = re.compile(
    r"<((?:[\w.-]+:)?content)\s[^<>]*\btype\s*=\s*[\"']multipart/[^<>]*>(.{0,200000}?</\1\s*>)\s*</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
# Nothing is read of these, and feedparser stumbles over them: a search form within an entry, a stray `</width>`.
_UNREAD = re.compile(
    r"<textinput\b[^<>]*>.{0,5000}?</textinput\s*>|</?(?:width|height)(?:\s[^<>]*)?>", re.DOTALL | re.IGNORECASE
)


def harmless(text: str) -> str:
    """The text without characters that XML does not have; those that part words are blanks."""
    return text.translate(_HARMLESS)


def mended(body: str, entities: dict[str, str]) -> str:
    """The feed from its root on, ready for the parser."""
    body = _UNREAD.sub("", _REFERENCES.sub(_resolver(entities), body))
    namespaces = _KNOWN | dict(_DECLARED.findall(body))
    body = _put_aside(_SEVERAL.sub(r"\2", body), namespaces)
    body = _PERMALINK.sub(lambda found: f"<{PERMALINK}>{found[1].lower()}</{PERMALINK}>{found[0]}", body)
    return _with_prefixes(_AUTHOR.sub(_without_address, body))


def _resolver(entities: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def resolved(found: re.Match[str]) -> str:
        whole, hexadecimal, number, name = found[0], found[1], found[2], found[3]
        if whole.startswith("<"):
            return "" if whole.startswith("<!--") and whole.endswith("-->") else whole
        if number:
            return _numbered(whole, number, 16 if hexadecimal else 10)
        if name:
            value = entities.get(name, html5.get(name + ";"))
            return f"&amp;{name};" if value is None else escape(harmless(value))
        return "&amp;"

    return resolved


def _numbered(whole: str, number: str, base: int) -> str:
    """A reference by number: as it is, or what it stands for in spite of XML's rules: nothing, mostly."""
    try:
        code = int(number, base)
    except ValueError:
        return whole.replace("&", "&amp;")
    if code > _HIGHEST or code in _SURROGATES:
        return "\ufffd"
    return _HARMLESS[code] or "" if code in _HARMLESS else whole


def _without_address(found: re.Match[str]) -> str:
    return found[1] + (found[2] or "") + ADDRESS.sub("", (found[3] or found[4])[:_LONGEST_AUTHOR])


def _put_aside(body: str, namespaces: dict[str, str]) -> str:
    for prefix, uri in namespaces.items():
        names = _ASIDE.get(uri.lower().strip().rstrip("/"))
        if names and f"<{prefix}:" in body:
            tag = rf"<(/?{re.escape(prefix)}:(?:{names}))(?=[\s>/])(?:[^<>]*?)(/?)>"
            body = re.sub(tag, rf"<\1{ASIDE}\2>", body, flags=re.IGNORECASE)
    return body


def _with_prefixes(body: str) -> str:
    """The feed with its prefixes declared, known ones as what they always stand for."""
    used = {element or attribute for element, attribute in _USED.findall(body)}
    missing = sorted(used - {prefix for prefix, _ in _DECLARED.findall(body)} - {"xml", "xmlns"})
    if not missing or len(missing) > _MOST_PREFIXES:
        return body
    declarations = "".join(
        f' xmlns:{prefix}="{_KNOWN.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing
    )
    return re.sub(r"^<[\w.:-]+", lambda found: found[0] + declarations, body)
