"""Picture credits: the words by which a line shows that it belongs to a picture.

All patterns work on folded text: small letters, plain quotes and dashes.
"""

import re

from cleaners.fields.agency_names import AGENCY, canonical
from cleaners.fields.picture_houses import ANY_HOUSE, ENDINGS, STOCK
from cleaners.layout import ends_sentence

_PICTURE = (
    r"(?:photos?|photographs?|photography|pictures?|pics?|images?|illustrations?|photo\scredits?|image\scredits?|cover\simage"
    r"|fotos?|fotografie|bild|bilder|bildnachweis|grafik|symbolbild|crédit\sphoto|fotografía|fotografia|imagen|imagem"
    r"|immagine|kuvat?|fotoğraf|zdjęcie|fot\.|foto\sdi|beeld|billede|bilde|фото|снимок|світлина|φωτο|φωτογραφία|εικόνα"
    r"|फोटो|तस्वीर|छायाचित्र|ছবি|படம்|ఫోటో|ફોટો|تصویر|فوٹو|صورة|الصورة|عکس|写真|写真提供|画像|撮影|图片|图片来源|图源|摄影|供图|圖片|攝影|사진|사진제공|ảnh|hình|gambar)"
)
# A bank gives credits and a degree has them: these need their colon.
_CREDIT = r"(?:credits?|crédits?|créditos?)(?:\s?[:：]\s?|\.{3})"
_FROM = (
    r"(?:\s?(?:created\sby|made\sby|by|via|from|courtesy(?:\sof)?|credits?|source|file"
    r"|von|de|par|di|av|oleh|provided\sby|supplied\sby)(?!\w))"
)
_WHO = r"(?P<who>[^\s.!?][^!?]{1,120})"

# The whole line: `Photo: X`, `Image by X`, `Featured image via X`, `Credit: X`, `© X`.
_WHOLE = re.compile(
    rf"[\W_]{{0,3}}(?:(?:(?:featured|cover|header|top|lead|main|file|video|opening|题图|封面)\s?)?"
    rf"{_PICTURE}(?:(?P<from>{_FROM}{{1,2}}\s)|{_FROM}?\s?[:：]\s?|\s?均?来自|\.\.\.)|{_CREDIT}){_WHO}"
    rf"|(?:(?:video|photo)\s)?courtesy\sof\s[^\s.!?][^.!?]{{1,60}}|(?:maps?|video|charts?|graphics?|infographic)\s?:\s(?:{ANY_HOUSE}|{AGENCY})"
)
_OWNED = re.compile(r"(?:©|\(c\)|&copy;)\s?(?![^\d]*\d{4})[^\W\d_].{1,70}")
# The end of a caption: `(Photo: X)`, `[Splash]`, `. Foto: X`, `Credit...X`, `X / Getty Images`, `X/AFP`.
# `[Image description: ...]` is a text alternative and tells what the picture shows.
_BRACKETS = re.compile(
    rf"[(\[（【]\s?(?:(?:{_PICTURE}(?:{_FROM}|\s?[:：/-]|\s(?!descri|shows|above|below))|{_CREDIT})[^()\[\]（）【】]{{1,90}}"
    rf"|(?:[^()\[\]（）【】]{{0,60}}[/,\s]\s?)?{STOCK}(?:[\s/](?!\d{{4}})[^()\[\]（）【】]{{0,40}})?"
    rf"|(?:[^()\[\]（）【】]{{0,60}}/\s?)?{ANY_HOUSE}(?:/[^()\[\]（）【】]{{0,40}})?"
    rf"|(?:{AGENCY}|file|handout|screenshot)[\s/](?:{_PICTURE}|file\s{_PICTURE})[^()\[\]]{{0,60}}"
    rf"|representational|representative|handout|symbolbild|archiv(?:bild|foto)?|arkiv(?:foto|bilde?)?|archivo|archives"
    rf"|[^()\[\]（）【】]{{2,20}}(?:摄|撮影|供图|제공))\s?[)\]）】][\W_]{{0,3}}$"
)
_TRAILING = re.compile(
    rf"(?:(?:[.!?…।。)\"']\s?|^|\s[-–|/]\s){_PICTURE}(?P<from>{_FROM}\s)"
    rf"|(?:[.,!?…।。)\"']\s?|^|\s[-–|/]\s)(?:{_PICTURE}(?:{_FROM}?\s?[:：|]\s?|\.{{3}})|{_CREDIT})){_WHO}$"
)
# What such an end begins with, at the beginning or behind a mark: to look there first is cheap.
_PICTURE_WORD = re.compile(rf"{_PICTURE}|{_CREDIT}")
_BEHIND_MARK = re.compile(rf"[.,!?…।。)\"'–|/-]\s?(?:{_PICTURE}|{_CREDIT})")
_HOUSE = re.compile(rf"(?:(?:[/|©]\s?|\bvia\s){ANY_HOUSE}|(?:\b(?:photo|image)\s|[.,]\s?){STOCK})[\s.)]{{0,2}}$")
_SLASHED = re.compile(
    rf"(?:^|[\s.(-])([^\W\d_][\w.'-]*)\s?/\s?(?:[\w.'-]+\s?/\s?)?(?:{AGENCY})(?:\sphoto)?(?:\svia\s{AGENCY})?[\s.)]{{0,2}}$"
)
_KIND_OF_PICTURE = re.compile(
    r"(?:(?:(?:^|[.!?…)(\[\"'|:;,/-]\s?)(?:(?:this\sis\s)?an?\s)?|(?<!\ba)(?<!\ban)(?<!\bthe)\s(?=[^.]+$))(?:representational|representative|illustrative|file|stock|submitted|courtesy|handout|archive)\s(?:image|images|photo|photos|picture|pic)"
    r"|\bsymbol(?:bild|foto)|\barchiv(?:bild|foto)|\bimagen\sde\sarchivo|\bfoto\sde\sarchivo|\bfoto\silustrasi|\bphotos?\sd'(?:archives?|illustration)"
    r"|\barkiv(?:foto|bilde?)|архивное\sфото|фото\sиз\sархива|प्रतीकात्मक(?:\s(?:तस्वीर|फोटो|चित्र))?|फाइल\sफोटो|फाईल\sफोटो|ফাইল\s(?:ছবি|চিত্র)|فائل\sفوٹو|صورة\sأرشيفية"
    r"|資料写真|资料图片?|자료사진)[\W_]{0,4}$"
)
_LEADING = re.compile(
    rf"(?:图为|图注|圖為|圖說|写真は|写真=|사진=|caption\s?[:：]|pictured\s?[:：]|bildunterschrift\s?:|im\sbild\s?:|légende\s?:"
    rf"|pie\sde\sfoto\s?:|[(\[](?:file|photo)\s?[\d/:][^()\[\]]{{2,60}}[)\]]|(?:{_PICTURE}|{_CREDIT})\s?[:：]?(?<=[:：])\s?[^\s:：])"
)
# Searching is dear and most lines are prose: what none of these is in needs no search.
_CLOSERS = frozenset(")]）】")
_LEADS = frozenset(":：=([图圖写は")
_OTHER_HINTS = re.compile("：|архив|तस्वीर|फोटो|प्रतीका|चित्र|ছবি|চিত্র|تصویر|فوٹو|صورة|写真|资料|자료")
# Before a colon, the words for picture that the common hints leave out.
_RARE_WORDS = re.compile("imag|fot|grafik|kuva|beeld|billede|gambar|immag")
# The longest last word of `_KIND_OF_PICTURE`, and the marks behind it.
_LAST_WORD = 20
_KINDS = re.compile(
    "image|photo|pic|bild|foto|archiv|illustra|ilustrasi|фото|архив|तस्वीर|फोटो|प्रतीका|चित्र|ছবি|চিত্র|فوٹو|صورة|写真|资料|자료"
)
_LAST_LETTERS = frozenset(house[-3:] for house in ENDINGS)
# `Photo by the author`, but no more: names have capitals. Two longer words in small letters make a clause.
_MOST_SMALL_WORDS = 3
_CLAUSE = re.compile(r"(?<!\w)[a-zà-ÿ]{4,}\s[a-zà-ÿ]{4,}")
_LONGEST_CREDIT = 120
LONGEST_CAPTION = 500
"""No longer line is a caption."""
_END = 160


def is_credit(line: str, folded: str) -> bool:
    """Whether a line is a picture's credit and nothing else; `folded` is the same line, folded."""
    if len(folded) > _LONGEST_CREDIT:
        return False
    whole = _WHOLE.fullmatch(folded)
    if whole and _names_someone(line, whole):
        return True
    return folded.startswith(("©", "(c)", "&copy;")) and _OWNED.fullmatch(folded) is not None


def ends_with_credit(line: str, folded: str) -> bool:
    """Whether a line ends with a picture's credit, as captions do; `folded` is the same line, folded."""
    end = folded[-_END:]
    if not _CLOSERS.isdisjoint(end[-4:]) and (bracket := _BRACKETS.search(end)) and not _abbreviates(end, bracket):
        return True
    if _is_hinted(end) and (_is_trailed(line[-_END:], end) or _is_kind_of_picture(end)):
        return True
    house = end.rstrip(" .)")
    if house[-3:] in _LAST_LETTERS and house.endswith(ENDINGS) and _HOUSE.search(end):
        return True
    slashed = _SLASHED.search(end) if "/" in end else None
    return slashed is not None and not canonical(slashed[1])


def _is_kind_of_picture(end: str) -> bool:
    """Whether the last words are `file photo` and the like; the search is dear, and most lines end otherwise."""
    return _KINDS.search(end, max(0, len(end) - _LAST_WORD)) is not None and _KIND_OF_PICTURE.search(end) is not None


def _is_trailed(line: str, folded: str) -> bool:
    if not _PICTURE_WORD.match(folded) and not _BEHIND_MARK.search(folded):
        return False
    trailing = _TRAILING.search(folded)
    return trailing is not None and _names_someone(line, trailing)


def _names_someone(line: str, credit: re.Match[str]) -> bool:
    """Whether a name stands behind `photo by`: `Images from the scene show a ship on fire.` is a sentence.

    A colon needs no such proof.
    """
    if credit["from"] is None:
        return True
    who = line[credit.start("who") : credit.end("who")]
    if who[0].islower() and len(who.split()) > _MOST_SMALL_WORDS:
        return False
    return not (ends_sentence(who) and _CLAUSE.search(who))


def _abbreviates(end: str, bracket: re.Match[str]) -> bool:
    """Whether the bracket holds what the words before it are called for short, as `Patientenakte (ePA)`."""
    short = bracket[0].strip("()[]（）【】.,;: ")
    words = end[: bracket.start()].split()[-len(short) :]
    start = next((number for number, word in enumerate(words) if word.startswith(short[:1])), None)
    if start is None or not short.isalnum():
        return False
    letters = iter("".join(words[start:]))
    return all(letter in letters for letter in short)


def begins_as_caption(folded: str) -> bool:
    """Whether a folded line says at its beginning that it describes a picture."""
    hinted = not _LEADS.isdisjoint(folded[:24])
    return hinted and _LEADING.match(folded) is not None


def _is_hinted(end: str) -> bool:
    """Whether a search may succeed. Written out: a loop takes four times as long, and every paragraph comes here."""
    if "photo" in end or "image" in end or "credit" in end or "foto" in end or "bild" in end or "pic" in end:
        return True
    if "illustra" in end:
        return True
    if end.isascii():
        return (":" in end or "..." in end) and _RARE_WORDS.search(end) is not None
    return ":" in end or "..." in end or _OTHER_HINTS.search(end) is not None
