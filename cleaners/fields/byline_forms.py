"""The forms of lines that say who wrote a story, as regular expressions: for telling them, and for reading them."""

import re

from cleaners.fields.people import NAMES, ROLE

DONE = (
    r"Written|Reported|Posted|Edited|Published|Story|Words|Text|Texte|Ein\sBericht|Eine\sAnalyse|Un\stexte|Una\snota"
)
BY = rf"(?:(?:{DONE})\s)?(?:By|BY|by|Von|VON|von|Por|POR|por|Par|PAR|par|Di|di|De|de|Door|Av|Af|Oleh|Przez|Od)\s?:?"
JOB = rf"(?:[\w\s/'’-]{{0,40}}\b(?i:{ROLE})\b[\w\s/'’-]{{0,20}})"
# What may stand behind the names: a job, or the few capitalised words of a desk, an agency, another publisher.
HOUSE = r"[^\W\d_a-z][\w.&'’-]*(?:\s[^\W\d_a-z][\w.&'’-]*){0,3}"
LINE = re.compile(rf"{BY}\s({NAMES})(?:\s?[,|•·–—-]\s?(?:{JOB}|{HOUSE}|dpa))?")
# Sure by their words, wherever they stand above the story.
NAMED_DESK = re.compile(
    r"(?:(?-i:[^\W\d_a-z])[\w.&]*\s){0,3}(?:(?:Web|News|Online|Digital|Sports|Business|Entertainment|Video)\s(?:Desk|Team)"
    r"|(?:Our|Staff|Special|A|An?\sOwn)\s(?:Staff\s)?(?:Reporter|Correspondent|Writer)s?|Staff\sReports?|Bureau)"
    r"|(?:স্টাফ|নিজস্ব|বিশেষ|জ্যেষ্ঠ|সিনিয়র)\s(?:প্রতিবেদক|প্রতিনিধি|করেসপন্ডেন্ট|রিপোর্টার)(?:\s?[,|]\s?\S{2,30})?"
    r"|(?:स्टाफ|हमारे|विशेष|निज)\s(?:रिपोर्टर|संवाददाता|प्रतिनिधि)|(?:न्यूज|वेब|डिजिटल|ऑनलाइन)\s(?:डेस्क|टीम)|ویب\sڈیسک|نیوز\sڈیسک|نمائندہ\sخصوصی",
    re.IGNORECASE,
)
ROLE_ALONE = re.compile(
    rf"[-–—•|]?\s?(?:[\w/'’.-]+\s){{0,3}}{ROLE}(?:\s(?:in|at|for|i|på|en|à|a)\s[\w\s]{{2,20}})?", re.IGNORECASE
)
INITIALS = re.compile(r"\([a-z]{2,4}(?:/[a-z]{2,4}){0,3}\)")
DESK = re.compile(rf"(?:{BY}\s)?(?:(?-i:[^\W\d_a-z])[\w-]*\s)?{ROLE}", re.IGNORECASE)
BY_ALONE = re.compile(rf"{BY}\s?[-–—]?")

# Before a colon, or in brackets: so sure that the name behind it needs no shape of its own.
LABEL = (
    r"(?:(?:by|written\sby|posted\sby|author|authors|writer|reporter|editor|text|story\sby|words|autor|autorin|autoren|von"
    r"|texto|por|autora|auteur|auteure|par|autore|di|testo|auteurs|door|tekst|av|af|kirjoittaja|teksti|penulis|oleh|reporter"
    r"|kontributor|published\sby|text\sby|words\sby|pewarta|yazar|haber|autorka|автор|авторы|текст|журналист|автори|συντάκτης|लेखक|द्वारा|প্রতিবেদক|লেখক|எழுதியவர்|تحریر|رپورٹ"
    r"|بقلم|كتب|كتبت|نویسنده)|作者|记者|記者|撰文|文|编辑|編輯|编译|责任编辑|责编|責任編輯|執筆|文責|取材|글|기자)"
)
LABELLED = re.compile(rf"[\s\[(（【*•-]{{0,3}}{LABEL}\s?[|/]?\s?[:：]\s?[|/]?\s?([^:：]{{2,80}})", re.IGNORECASE)
CJK_REPORTER = re.compile(
    r"(?:\S{2,12}(?:记者|記者|통신원)[\s/／]\S{2,12}(?:\s\S{2,4}){0,2}|[가-힣]{2,4}\s?(?:기자|특파원)(?:\s\S+@\S+)?)"
)
REPORTING = re.compile(
    rf"[\s(]{{0,2}}(?:Additional\s)?(?:Reporting|Writing|Compiled|Edited)\sby\s({NAMES})[^.]{{0,240}}[.)]{{0,2}}"
    rf"|({NAMES})(?:\s(?:in|at)\s[\w\s,]{{2,40}})?\s(?:contributed|also\scontributed)\s(?:reporting|to\sthis\s(?:report|story|article|content|guide|piece))"
    r"[^.]{0,60}\.?"
)
NAMES_ALONE = re.compile(rf"({NAMES})(?:\s?[,|•·–—-]\s?({JOB}))?")
NOT_NAMES = re.compile(r"\S+@\S+|(?<!\w)@\w+|\[email\sprotected\]|https?://\S+")
PHONE = re.compile(r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}")
BY_START = re.compile(rf"{BY}\s")
PARTS = re.compile(r"\s?[|•·;/／]\s?|\s[-–—]\s|\s{2,}|[\[\]()（）【】]")
