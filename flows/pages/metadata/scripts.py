"""JSON-LD as pages hold it in their scripts: lenient where the meaning is plain, nothing where it is not."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Of 999 pages the most had 31 blocks, the longest of 0.8 million characters.
_MOST_BLOCKS = 100
_LONGEST = 5_000_000
# What is broken is read again and again, in Python; the longest that was seen had 4,000 characters.
_LONGEST_BROKEN = 200_000
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")
# A backslash that escapes nothing, as in `\'`, goes.
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|)')
# A string ends where what is behind it goes on as JSON does: any other quotation mark was left unescaped. What does
# not end takes the rest, so that no character is looked at again and again.
_GOES_ON = r'\s*(?:[:}\]]|$|/\*|,\s*(?:["{\[}\]]|/\*|(?:true|false|null|-?\d[\d.]*)\s*[,}\]]))'
_STRING = rf'"(?P<string>(?:[^"\\]|\\.|"(?!{_GOES_ON}))*+)(?:"|\Z)'
_SINGLE = r"(?<=:)\s*'(?P<single>(?:[^'\\]|\\.|'(?!\s*[,}]))*+)(?:'|\Z)"
# What templates leave between strings: comments, and a comma behind the last member.
_LEFT_OVER = r"/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])"
_PIECE = re.compile(rf"{_STRING}|{_SINGLE}|{_LEFT_OVER}", re.DOTALL)
_BARE_QUOTE = re.compile(r'\\.|(")', re.DOTALL)


def blocks(tree: "HtmlElement") -> Iterator[object]:
    """The values of a page's JSON-LD scripts, in order; a script that is none even when mended is passed over."""
    found = 0
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and found < _MOST_BLOCKS:
            found += 1
            yield from read(script.text)


def read(text: str) -> Iterator[object]:
    """The values of one script: one, or several that stand one behind the other."""
    if len(text) > _LONGEST:
        return
    try:
        yield msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        if len(text) <= _LONGEST_BROKEN:
            yield from _values(_mended(text))


def _mended(text: str) -> str:
    text = _WRAPPING.sub("", text)
    if '"' not in text:
        text = unescape(text)
    return _PIECE.sub(_mend, _ESCAPE.sub(lambda found: found[0] if found[1] else "", text))


def _mend(piece: re.Match[str]) -> str:
    said = piece["string"] if piece["string"] is not None else piece["single"]
    if said is None:
        return ""
    return '"' + _BARE_QUOTE.sub(lambda found: '\\"' if found[1] else found[0], said) + '"'


def _values(text: str) -> Iterator[object]:
    """What can be read from the start on; the line ends and other control characters of strings may be bare."""
    decoder = json.JSONDecoder(strict=False)
    at = len(text) - len(text.lstrip())
    while text.startswith(("{", "["), at):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value
        while text.startswith((" ", "\t", "\r", "\n", ";", ","), at):
            at += 1
