"""Bytes to text, with everything that is needed to know what was done."""

import codecs

import msgspec

from flows.documents.loaded import Origin

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINES = {"crlf": "\r\n", "cr": "\r"}


class Decoded(msgspec.Struct, frozen=True):
    """A file's text; `faulty` where bytes had to be replaced by U+FFFD."""

    text: str
    origin: Origin
    faulty: bool


def decode(content: bytes) -> Decoded:
    """The text of a file: by its byte order mark, else UTF-8; its line ends made LF where all are alike."""
    mark, encoding = next(((bom, name) for bom, name in _BOMS if content.startswith(bom)), (b"", "utf-8"))
    body = content.removeprefix(mark)
    try:
        text, faulty = body.decode(encoding), False
    except UnicodeDecodeError:
        text, faulty = body.decode(encoding, "replace"), True
    newline = _newline(text)
    if newline in _NEWLINES:
        text = text.replace(_NEWLINES[newline], "\n")
    return Decoded(text, Origin(encoding=encoding, newline=newline, bom=bool(mark)), faulty)


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate as U+FFFD: JSON can spell them, UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _newline(text: str) -> str | None:
    pairs = text.count("\r\n")
    alone = {"crlf": pairs, "lf": text.count("\n") - pairs, "cr": text.count("\r") - pairs}
    used = [name for name, count in alone.items() if count]
    if not used:
        return None
    return used[0] if len(used) == 1 else "mixed"
