"""Which encoding bytes are in, where nobody says so."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What text on the web and in archives is written in; DOS, Mac and EBCDIC pages are mostly false findings.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2",
    "koi8_r", "koi8_u", "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_SAMPLE = 65536
# Two findings whose measures of mess and of language differ by less are as good as each other.
_TIE = 0.02
_HIGH = re.compile(rb"[\x80-\xff]")


def byte_order_mark(content: bytes) -> tuple[bytes, str] | None:
    """The mark that the bytes begin with, and the encoding that it names."""
    return next(byte_order_marks(content), None)


def byte_order_marks(content: bytes) -> Iterator[tuple[bytes, str]]:
    """All that it may be: UTF-32's little-endian mark is UTF-16's before a text that begins with NUL."""
    return ((mark, name) for mark, name in BOMS if content.startswith(mark))


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 or UTF-32, known by its mark, or by where its NUL bytes stand; None where it is neither.

    UTF-32 leaves no room for chance: four bytes a character, none above U+10FFFF. For UTF-16 at least half of the
    pairs must have NUL on the same side, and hardly any on the other (one for ten), as text in Latin letters does.
    """
    if mark := byte_order_mark(content):
        return mark[1] if mark[1] != "utf-8" else None
    if b"\0" not in content:
        return None
    for encoding in ("utf-32-le", "utf-32-be"):
        if _decodes(content, encoding):
            return encoding
    first, second = content[::2].count(0), content[1::2].count(0)
    encoding = "utf-16-le" if second > first else "utf-16-be"
    one_sided = max(first, second) >= len(content) / 4 and min(first, second) <= max(first, second) / 10
    return encoding if one_sided and _decodes(content, encoding) else None


def is_nearly_utf_8(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 were meant to be: at least two valid sequences of bytes for each bad one.

    Text of a one-byte or East Asian encoding holds such sequences only by chance, far fewer than bad ones. Surrogates
    that were encoded one by one (by old databases) are no UTF-8, but nothing else either.
    """
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        whole = content.decode("utf-8", "replace")
    else:
        return True
    bad = whole.count("\ufffd")
    good = len(whole) - len(whole.encode("ascii", "ignore")) - bad
    return good >= 2 * bad


def detected_encodings(content: bytes) -> list[str]:
    """Encodings that the bytes may be in, the likeliest first, as Python names them.

    Only lines with other than ASCII are looked at. Where they hold no letters but only quotes, dashes and signs, or
    where Western and other readings are as good as each other, it is Windows' Western encoding: most wire copy is.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    telling = b"\n".join(line for line in content.split(b"\n") if _HIGH.search(line))[:_SAMPLE]
    if _is_signs_alone(telling):
        return ["cp1252"]
    found = list(from_bytes(telling, cp_isolation=_CANDIDATES))
    names = [codecs.lookup(name).name for match in found for name in match.could_be_from_charset]
    for match in found:
        tie = match.chaos <= found[0].chaos + _TIE and match.coherence >= found[0].coherence - _TIE
        if tie and "cp1252" in match.could_be_from_charset:
            return ["cp1252", *names]
    return names


def _is_signs_alone(content: bytes) -> bool:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not any(char > "\x7f" and unicodedata.category(char).startswith("L") for char in text)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        return "\0" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False
