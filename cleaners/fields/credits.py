"""Picture credits: the words by which a line shows that it belongs to a picture.

All patterns work on folded text: small letters, plain quotes and dashes.
"""

import re

from cleaners.fields.agency_names import AGENCY, canonical

_PICTURE = (
    r"(?:photos?|photographs?|photography|pictures?|pics?|images?|illustrations?|photo\scredits?|image\scredits?|credits?|cover\simage"
    r"|fotos?|fotografie|bild|bilder|bildnachweis|grafik|symbolbild|crédits?|crédit\sphoto|fotografía|fotografia|imagen|imagem|créditos?"
    r"|immagine|kuvat?|fotoğraf|zdjęcie|fot\.|foto\sdi|beeld|billede|bilde|фото|снимок|світлина|φωτο|φωτογραφία|εικόνα"
    r"|फोटो|तस्वीर|छायाचित्र|ছবি|படம்|ఫోటో|ફોટો|تصویر|فوٹو|صورة|الصورة|عکس|写真|写真提供|画像|撮影|图片|图片来源|图源|摄影|供图|圖片|攝影|사진|사진제공|ảnh|hình|gambar)"
)
# What only ever supplies pictures: its name alone is a credit.
_HOUSES = (
    *(
        "getty",
        "getty images",
        "getty image",
        "shutterstock",
        "istock",
        "istockphoto",
        "alamy",
        "alamy stock photo",
        "unsplash",
    ),
    *("pexels", "pixabay", "wikimedia", "wikimedia commons", "wikipedia", "flickr", "depositphotos", "adobe stock"),
    *(
        "dreamstime",
        "123rf",
        "freepik",
        "imago",
        "picture alliance",
        "picture-alliance",
        "zuma",
        "zuma wire",
        "zuma press",
    ),
    *(
        "epa",
        "epa-efe",
        "scanpix",
        "ritzau scanpix",
        "tt nyhetsbyrån",
        "wireimage",
        "filmmagic",
        "rex",
        "rex features",
    ),
    *(
        "wenn",
        "splash",
        "splash news",
        "backgrid",
        "polaris",
        "magnum photos",
        "panos pictures",
        "nurphoto",
        "sipa",
        "sipa usa",
    ),
    *(
        "press association",
        "aap image",
        "lat images",
        "motorsport images",
        "visual china group",
        "视觉中国",
        "アフロ",
    ),
)
_STOCK = rf"(?:{'|'.join(re.escape(house) for house in sorted(_HOUSES, key=len, reverse=True))})"
_FROM = (
    r"(?:\s?(?:created\sby|made\sby|by|via|from|courtesy(?:\sof)?|credits?|source|file"
    r"|von|de|par|di|av|oleh|provided\sby|supplied\sby))"
)
_WHO = r"[^\s.!?][^!?]{1,120}"

# The whole line: `Photo: X`, `Image by X`, `Featured image via X`, `© X`.
_WHOLE = re.compile(
    rf"[\W_]{{0,3}}(?:(?:featured|cover|header|top|lead|main|file|video|题图|封面)\s?)?{_PICTURE}(?:{_FROM}{{1,2}}\s|{_FROM}?\s?[:：]\s?|\s?均?来自|\.\.\.){_WHO}"
    rf"|(?:video|photo)\scourtesy\sof\s{_WHO}"
)
_OWNED = re.compile(r"(?:©|\(c\)|&copy;)\s?(?![^\d]*\d{4})[^\W\d_].{1,70}")
# The end of a caption: `(Photo: X)`, `[Splash]`, `. Foto: X`, `Credit...X`, `X / Getty Images`, `X/AFP`.
_BRACKETS = re.compile(
    rf"[(\[（【]\s?(?:{_PICTURE}(?:{_FROM}|\s?[:：/-]|\s)[^()\[\]（）【】]{{1,90}}|(?:[^()\[\]（）【】]{{0,60}}[/,\s]\s?)?{_STOCK}(?:[\s/][^()\[\]（）【】]{{0,40}})?"
    rf"|(?:{AGENCY}|file|handout|screenshot)[\s/](?:{_PICTURE}|file\s{_PICTURE})[^()\[\]]{{0,60}}"
    rf"|[^()\[\]（）【】]{{2,20}}(?:摄|撮影|供图|제공))\s?[)\]）】][\W_]{{0,3}}$"
)
_TRAILING = re.compile(
    rf"(?:[.,!?…।。)\"']\s?|^|\s[-–|/]\s){_PICTURE}(?:{_FROM}\s|{_FROM}?\s?[:：]\s?|\.{{3}}){_WHO}$|\.\s?image\sby\s{_WHO}$"
)
_HOUSE = re.compile(rf"(?:[/|©]\s?|\bvia\s|\b(?:photo|image)\s|[.,]\s?){_STOCK}[\s.)]{{0,2}}$")
_SLASHED = re.compile(
    rf"(?:^|[\s.(-])([^\W\d_][\w.'-]*)\s?/\s?(?:[\w.'-]+\s?/\s?)?(?:{AGENCY})(?:\sphoto)?(?:\svia\s{AGENCY})?[\s.)]{{0,2}}$"
)
_KIND_OF_PICTURE = re.compile(
    r"(?:\b(?:representational|representative|illustrative|file|stock|submitted|courtesy|handout|archive)\s(?:image|images|photo|photos|picture|pic)"
    r"|\bsymbol(?:bild|foto)|\barchiv(?:bild|foto)|\bimagen\sde\sarchivo|\bfoto\sde\sarchivo|\bfoto\silustrasi|\bphotos?\sd'(?:archives?|illustration)"
    r"|\barkiv(?:foto|bilde?)|архивное\sфото|фото\sиз\sархива|प्रतीकात्मक(?:\s(?:तस्वीर|फोटो|चित्र))?|फाइल\sफोटो|फाईल\sफोटो|ফাইল\s(?:ছবি|চিত্র)|فائل\sفوٹو|صورة\sأرشيفية"
    r"|資料写真|资料图片?|자료사진)[\W_]{0,4}$"
)
_LEADING = re.compile(
    rf"(?:图为|图注|圖為|圖說|写真は|写真=|사진=|caption\s?[:：]|pictured\s?[:：]|bildunterschrift\s?:|im\sbild\s?:|légende\s?:"
    rf"|pie\sde\sfoto\s?:|[(\[](?:file|photo)\s?[\d/:][^()\[\]]{{2,60}}[)\]]|(?:{_PICTURE})\s?[:：])"
)
# Searching is dear and most lines are prose: what none of these is in needs no search.
_CLOSERS = frozenset(")]）】")
_LEADS = frozenset(":：=([图圖写は")
_OTHER_HINTS = (
    "：",
    "архив",
    "तस्वीर",
    "फोटो",
    "प्रतीका",
    "चित्र",
    "ছবি",
    "চিত্র",
    "تصویر",
    "فوٹو",
    "صورة",
    "写真",
    "资料",
    "자료",
)
_LONGEST_CREDIT = 120
LONGEST_CAPTION = 500
"""No longer line is a caption."""
_END = 160


def is_credit(folded: str) -> bool:
    """Whether a folded line is a picture's credit and nothing else."""
    return len(folded) <= _LONGEST_CREDIT and bool(_WHOLE.fullmatch(folded) or _OWNED.fullmatch(folded))


def ends_with_credit(folded: str) -> bool:
    """Whether a folded line ends with a picture's credit, as captions do."""
    end = folded[-_END:]
    slashed = _SLASHED.search(end) if "/" in end else None
    return bool(
        (not _CLOSERS.isdisjoint(end[-4:]) and (bracket := _BRACKETS.search(end)) and not _abbreviates(end, bracket))
        or (_is_hinted(end) and (_TRAILING.search(end) or _KIND_OF_PICTURE.search(end)))
        or (end.rstrip(" .)").endswith(_HOUSES) and _HOUSE.search(end))
        or (slashed and not canonical(slashed[1]))
    )


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
    if ":" in end or "photo" in end or "image" in end or "credit" in end or "..." in end:
        return True
    if "foto" in end or "bild" in end or "pic" in end or "illustra" in end or "imagen" in end:
        return True
    return not end.isascii() and any(hint in end for hint in _OTHER_HINTS)
