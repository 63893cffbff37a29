"""Texts of a feed as its format declares them, to plain text."""

import re

from flows.pages.fragments import line_of, lines_of

_HTML = {"text/html", "application/xhtml+xml"}
# A tag that closes, or breaks a line, in what is called plain text: HTML by mistake. A title may well name a tag.
_MARKUP = re.compile(
    r"</(?:a|b|blockquote|div|em|h[1-6]|i|li|ol|p|span|strong|table|ul)\s*>|<(?:br|p|img)\b[^<>]*>", re.IGNORECASE
)
# A CDATA section that was escaped itself.
_WRAPPED = re.compile(r"\A\s*<!\[CDATA\[(.*)\]\]>\s*\Z", re.DOTALL)


def title_of(value: object, kind: str | None) -> str | None:
    """A title on one line; None where it is empty.

    Args:
        value: as its format was decoded, once.
        kind: its media type, as feedparser has it.
    """
    if not isinstance(value, str):
        return None
    value = _WRAPPED.sub(r"\1", value)
    return (line_of(value) if kind in _HTML and ("<" in value or "&" in value) else " ".join(value.split())) or None


def block_of(value: object, kind: str | None) -> str | None:
    """A content or summary, one block a line; None where it is empty, or no text at all."""
    if not isinstance(value, str) or not is_text(kind):
        return None
    if kind in {None, "text/plain"} and not _MARKUP.search(value):
        return "\n".join(filter(None, (" ".join(line.split()) for line in value.splitlines()))) or None
    return lines_of(value) or None


def is_text(kind: str | None) -> bool:
    """Whether a media type is text, HTML or other XML: a PDF in base64 is none."""
    return kind is None or kind.startswith("text/") or kind.endswith("xml")
