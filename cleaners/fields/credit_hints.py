"""What a line must hold to be a caption or a picture's credit: one search of all lines, before each is read.

Most paragraphs of a story hold none of it. `cleaners.fields.credits` and `picture_signatures` say which are credits.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from cleaners.fields.picture_houses import AMBIGUOUS, HOUSES
from cleaners.folding import searchable
from cleaners.layout import Paragraph

# Folded. A part of a word stands for all words that have it: `pic` for `pictures`, `fot` for `fotografía`.
PICTURE_HINTS = (
    *(
        "photo",
        "pic",
        "image",
        "illustration",
        "fot",
        "bild",
        "grafik",
        "crédit",
        "immagin",
        "kuva",
        "zdjęcie",
        "beeld",
    ),
    *("billede", "фото", "снимок", "світлина", "φωτο", "εικόνα", "फोटो", "तस्वीर", "छायाचित्र", "ছবি", "படம்", "ఫోటో"),
    *(
        "ફોટો",
        "تصویر",
        "فوٹو",
        "صورة",
        "عکس",
        "写真",
        "画像",
        "撮影",
        "图",
        "摄影",
        "圖",
        "攝影",
        "사진",
        "ảnh",
        "hình",
    ),
    "gambar",
)
"""Of any word for a picture."""

_COLONS = (":", " :")
_OTHER_HINTS = (
    *("credit", "courtesy", "caption", "légende", "handout", "representati", "archiv", "arkiv", "архив", "प्रतीका"),
    *("চিত্র", "资料", "자료", "摄", "攝", "供图", "제공", "(file", "[file", "©", "(c)", "&copy;", "copyright", "/"),
    *("tous droits", "alle rechte", "todos los derechos"),
    *(
        f"{of}{mark}"
        for of in ("map", "maps", "video", "chart", "charts", "graphic", "graphics")
        for mark in (":", " :")
    ),
)
# Words as well: a credit only behind a mark.
_MARKED_HOUSES = (
    f"{mark}{space}{house}" for house in AMBIGUOUS for mark in ("|", "via", *"([（【") for space in ("", " ")
)
HINTS = (*PICTURE_HINTS, *_OTHER_HINTS, *HOUSES, *_MARKED_HOUSES)
"""What some credit, or some beginning of a caption, must hold, unless an agency in brackets signs it."""

_SIGNED = (")", ").")
_automaton = AhoCorasick(HINTS, implementation=Implementation.DFA)


def hinted(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that may be captions or credits; the others surely are none."""
    lines = [paragraph.folded for paragraph in paragraphs]
    matches = _automaton.find_matches_as_indexes(searchable("\n".join(lines)))
    starts = list(accumulate([len(line) + 1 for line in lines], initial=0)) if matches else []
    found = {bisect_right(starts, start) - 1 for _, start, _ in matches}
    return [p for number, p in enumerate(paragraphs) if number in found or p.folded.endswith(_SIGNED)]
