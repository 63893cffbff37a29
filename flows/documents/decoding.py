"""Bytes to text, with everything that is needed to know what was done, and text to the same bytes again."""

import codecs
from collections.abc import Iterator

import msgspec

from flows.documents.detection import BOMS, byte_order_marks, detected_encodings, is_nearly_utf_8, wide_encoding
from flows.documents.loaded import Origin

_MARKS = {encoding: mark for mark, encoding in BOMS}
_NEWLINES = {"crlf": "\r\n", "cr": "\r"}
# Codecs of Python that a page may name. What says UTF-16 in bytes that read as ASCII is wrong, as browsers know;
# others (`rot13`, `unicode_escape`, `punycode`) are no encodings of text.
_DECLARABLE = ("utf-8", "ascii", "iso8859", "cp", "koi8", "mac", "big5", "gb", "hz", "euc", "shift", "iso2022", "tis")
# As browsers read these names (https://encoding.spec.whatwg.org/#names-and-labels): what was really written.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


class Decoded(msgspec.Struct, frozen=True):
    """A file's text; `faulty` where bytes had to be replaced by U+FFFD."""

    text: str
    origin: Origin
    faulty: bool


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of a file, its line ends made LF where all are alike.

    The encoding is the byte order mark's, else the declared one, else UTF-16 or UTF-32 where NUL bytes say so, else
    UTF-8, else what is detected. Bytes that are nearly UTF-8, or nothing that is known, are read as UTF-8 with what
    is bad replaced by U+FFFD.

    Args:
        content: the file's bytes.
        declared: what the file itself calls its encoding; passed over where it cannot be true.
    """
    marks = [*byte_order_marks(content)]
    for mark, name in marks or ((b"", likely) for likely in _likely(content, declared)):
        text = _strictly(content.removeprefix(mark), name)
        if text is not None:
            return _decoded(text, name, bom=bool(mark), faulty=False)
    mark, name = marks[0] if marks else (b"", "utf-8")
    return _decoded(content.removeprefix(mark).decode(name, "replace"), name, bom=bool(mark), faulty=True)


def encode(text: str, origin: Origin) -> bytes:
    """The file's bytes again, from the text and origin that `decode` gave; the same where it was not faulty."""
    encoding = origin.encoding or "utf-8"
    if origin.newline in _NEWLINES:
        text = text.replace("\n", _NEWLINES[origin.newline])
    return (_MARKS[encoding] if origin.bom else b"") + text.encode(encoding)


def without_surrogates(text: str) -> str:
    """The text with each lone surrogate as U+FFFD: JSON can spell them, UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _likely(content: bytes, declared: str | None) -> Iterator[str]:
    yield from _declared(declared)
    if wide := wide_encoding(content):
        yield wide
    yield "utf-8"
    if not is_nearly_utf_8(content):
        yield from detected_encodings(content)


def _declared(label: str | None) -> Iterator[str]:
    try:
        name = codecs.lookup((label or "").strip()).name
    except (LookupError, ValueError):
        return
    if name.startswith(_DECLARABLE):
        if name in _WIDER:
            yield _WIDER[name]
        yield name


def _strictly(content: bytes, encoding: str) -> str | None:
    """The text, if every byte of the file can be had again from it."""
    try:
        text = content.decode(encoding)
        return text if text.encode(encoding) == content else None
    except UnicodeError:
        return None


def _decoded(text: str, encoding: str, *, bom: bool, faulty: bool) -> Decoded:
    newline = _newline(text)
    if newline in _NEWLINES:
        text = text.replace(_NEWLINES[newline], "\n")
    return Decoded(text, Origin(encoding=encoding, newline=newline, bom=bom), faulty)


def _newline(text: str) -> str | None:
    pairs = text.count("\r\n")
    alone = {"crlf": pairs, "lf": text.count("\n") - pairs, "cr": text.count("\r") - pairs}
    used = [name for name, count in alone.items() if count]
    if not used:
        return None
    return used[0] if len(used) == 1 else "mixed"
