"""The language of a page: what it declares, where that can be true of its letters."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flows.pages.metadata.head import Head
from flows.pages.metadata.structured import Structured, texts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# First and last code point of the letters that show a script, the languages written in it, and the one that is meant
# where nothing is declared. Kana and Hangul come before Han: Japanese and Korean mix them.
_SCRIPTS = (
    ("kana", 0x3041, 0x30FF, "ja", "ja"),
    ("hangul", 0xAC00, 0xD7A3, "ko", "ko"),
    ("han", 0x4E00, 0x9FFF, "zh ja ko yue wuu", "zh"),
    ("cyrillic", 0x0400, 0x04FF, "ru uk be bg mk sr bs kk ky mn tg uz tt ba cv os az ab ce", None),
    ("arabic", 0x0600, 0x06FF, "ar fa ur ps ku ckb sd ug az pa ks uz kk dv ms", None),
    ("devanagari", 0x0900, 0x097F, "hi mr ne sa mai bho kok", None),
    ("bengali", 0x0980, 0x09FF, "bn as", None),
    ("gurmukhi", 0x0A00, 0x0A7F, "pa", "pa"),
    ("gujarati", 0x0A80, 0x0AFF, "gu", "gu"),
    ("tamil", 0x0B80, 0x0BFF, "ta", "ta"),
    ("telugu", 0x0C00, 0x0C7F, "te", "te"),
    ("kannada", 0x0C80, 0x0CFF, "kn", "kn"),
    ("malayalam", 0x0D00, 0x0D7F, "ml", "ml"),
    ("sinhala", 0x0D80, 0x0DFF, "si", "si"),
    ("thai", 0x0E00, 0x0E7F, "th", "th"),
    ("lao", 0x0E80, 0x0EFF, "lo", "lo"),
    ("burmese", 0x1000, 0x109F, "my", "my"),
    ("georgian", 0x10A0, 0x10FF, "ka", "ka"),
    ("ethiopic", 0x1200, 0x137F, "am ti", None),
    ("khmer", 0x1780, 0x17FF, "km", "km"),
    ("greek", 0x0370, 0x03FF, "el", "el"),
    ("armenian", 0x0530, 0x058F, "hy", "hy"),
    ("hebrew", 0x0590, 0x05FF, "he iw yi", "he"),
)
_LATIN = "latin"
_LANGUAGES = {name: frozenset(languages.split()) for name, _, _, languages, _ in _SCRIPTS}
_MEANT = {name: meant for name, _, _, _, meant in _SCRIPTS}
# Written in letters of their own only; Serbian, Kazakh or Malay in Latin ones too.
_NEVER_LATIN = frozenset().union(*_LANGUAGES.values()) - {"sr", "bs", "kk", "uz", "az", "tt", "ms", "ku", "mn", "tg"}
_SAMPLE = 3000
_FEWEST = 60
_MIXED_IN = 0.1
_MOST_OF_IT = 0.5


def choose_language(declared: Iterable[str], sample: str) -> str | None:
    """The first declared language that is written in the letters of a sample of the page's text.

    Where none is declared, or none can be true, the language whose letters they are, if there is one; else None.
    """
    script = _script(sample)
    for given in declared:
        tag = given.strip().replace("_", "-")
        if _TAG.fullmatch(tag) and (script is None or _may_be(tag, script)):
            return tag
    return _MEANT.get(script) if script else None


def sample_of(tree: "HtmlElement", *texts: str | None) -> str:
    """Some of a page's words: its paragraphs, and what is given besides."""
    pieces = [text for text in texts if text]
    size = sum(map(len, pieces))
    for paragraph in tree.iter("p"):
        if size > _SAMPLE:
            break
        text = "".join(paragraph.itertext())[:_SAMPLE]
        pieces.append(text)
        size += len(text)
    return " ".join(pieces)[:_SAMPLE]


def declared(tree: "HtmlElement", structured: Structured, head: Head) -> Iterator[str]:
    """What the page calls its language: its root, its head, its JSON-LD."""
    root = tree.getroottree().getroot()
    yield from filter(None, (root.get("lang"), root.get("xml:lang")))
    yield from head.all("og:locale", "content-language", "dc.language", "dcterms.language", "inlanguage", "language")
    for value in structured.said("inLanguage"):
        yield from texts(value)


def _script(sample: str) -> str | None:
    """The script of most letters; None where they are too few."""
    letters: Counter[str] = Counter()
    for letter, count in Counter(filter(str.isalpha, sample)).items():
        letters[_script_of(letter)] += count
    total = letters.total()
    if total < _FEWEST:
        return None
    for name in ("kana", "hangul"):
        if letters[name] > _MIXED_IN * total:
            return name
    name, count = letters.most_common(1)[0]
    return name if name and count > _MOST_OF_IT * total else None


def _script_of(letter: str) -> str:
    point = ord(letter)
    if point < 0x0250:  # noqa: PLR2004 - the end of Latin Extended-B
        return _LATIN
    return next((name for name, first, last, _, _ in _SCRIPTS if first <= point <= last), "")


def _may_be(tag: str, script: str) -> bool:
    language = tag.split("-", maxsplit=1)[0].lower()
    if script == _LATIN:
        return language not in _NEVER_LATIN or "latn" in tag.lower()
    return language in _LANGUAGES[script]
