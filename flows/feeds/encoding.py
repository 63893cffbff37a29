"""A feed's bytes to text: whose word on the encoding counts, and what is done about bad bytes."""

import codecs
import re

import msgspec

from flows.documents.decoding import decode
from flows.documents.detection import byte_order_mark
from flows.feeds.refusals import NotAFeedError, Refusal

_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,500}?\bencoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 2048
# `<` in the encodings whose bytes do not read as ASCII, and by what mark `decode` knows them. As the two of UTF-32
# begin like those of UTF-16, they come first.
_WIDE = (
    (b"<\0\0\0", codecs.BOM_UTF32_LE),
    (b"\0\0\0<", codecs.BOM_UTF32_BE),
    (b"<\0", codecs.BOM_UTF16_LE),
    (b"\0<", codecs.BOM_UTF16_BE),
)
_EBCDIC = "<?xm".encode("cp037")
# What servers say of every file. Where the bytes are whole UTF-8, or the feed itself says otherwise, it is not true.
_DEFAULTS = {"ascii", "iso8859-1", "cp1252"}
# Encodings of several bytes a character, in which a bad byte is replaced where it stands instead of making the whole
# text something else; one bad place for so many good characters is bad luck, more is another encoding.
_SEVERAL_BYTES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "big5": "big5",
    "big5hkscs": "big5hkscs",
}
_GOOD_FOR_BAD = 20
_NO_TEXTS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


class FeedText(msgspec.Struct, frozen=True):
    """A feed's text; `faulty` where bytes had to be replaced by U+FFFD."""

    text: str
    faulty: bool


def text_of(content: bytes, charset: str | None) -> FeedText:
    """The text of a feed.

    A byte order mark counts before all else, then whole UTF-8 where nothing but a Western default speaks against it,
    then the charset that the feed came with, then what it says of itself, then what is detected.

    Raises:
        NotAFeedError: it calls its encoding by a name that is none (`punycode`), and nothing else tells it.
    """
    content = content.lstrip(b" \t\r\n")
    if content.startswith(_EBCDIC):
        return _ebcdic(content)
    for beginning, mark in _WIDE:
        if content.startswith(beginning):
            content = mark + content
            break
    declared = _declared(content, charset)
    decoded = decode(content, declared)
    if declared and "<" not in decoded.text and b"<" in content:
        declared, decoded = None, decode(content)  # `cp037`, in bytes in which the declaration could be read
    if decoded.faulty or (declared and decoded.origin.encoding != declared):
        locally = _replaced(content, declared)
        if locally is not None:
            return locally
    return FeedText(decoded.text.removeprefix("\ufeff"), decoded.faulty)


def _declared(content: bytes, charset: str | None) -> str | None:
    """The name of an encoding that the text is to be read by, if it can be."""
    found = _DECLARATION.search(content[:_HEAD].decode("latin-1"))
    itself, server = _name(found[1] if found else None), _name(charset)
    if _is_telling_utf_8(content) and {itself, server} <= {*_DEFAULTS, "utf-8", None}:
        return "utf-8"
    if found and itself is None and server in {None, *_DEFAULTS} and not byte_order_mark(content):
        raise NotAFeedError(Refusal.ENCODING, f"its encoding is called {found[1]}, and there is none of that name")
    if server in _DEFAULTS:
        return itself or server
    return server or itself


def _name(label: str | None) -> str | None:
    try:
        found = codecs.lookup((label or "").strip("\"' ;").lower().removeprefix("x-"))
    except (LookupError, ValueError):
        return None
    # `punycode` and `idna` are codecs of names, `rot13` of nothing; Python calls them all text or marks them.
    return found.name if found._is_text_encoding and found.name not in _NO_TEXTS else None  # noqa: SLF001


def _is_telling_utf_8(content: bytes) -> bool:
    """Whether the bytes are whole UTF-8, and not ASCII alone, which most encodings share."""
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _replaced(content: bytes, declared: str | None) -> FeedText | None:
    """The text by the encoding of several bytes that is declared, its bad places replaced, if they are few."""
    name = _SEVERAL_BYTES.get(declared or "")
    if name is None or byte_order_mark(content):
        return None
    text = content.decode(name, "replace")
    bad = text.count("\ufffd")
    telling = sum(char > "\x7f" for char in text)
    return FeedText(text, faulty=bad > 0) if telling >= bad * _GOOD_FOR_BAD else None


def _ebcdic(content: bytes) -> FeedText:
    found = _DECLARATION.search(content[:_HEAD].decode("cp037"))
    name = _name(found[1] if found else None) or "cp037"
    text = content.decode(name if name.startswith("cp") else "cp037", "replace")
    return FeedText(text.replace("\x85", "\n"), "\ufffd" in text)
