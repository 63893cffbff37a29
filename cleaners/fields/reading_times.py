"""Reading times: `5 min read`, in the words of many languages. They say nothing about the story."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cleaners.document import Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, field_finding
from cleaners.layout import Paragraph
from cleaners.remembering import remembered

_MINUTES = (
    r"(?:min(?:ute[ns]?|s|uten|uti|utos?|uty|uut(?:ti|in)a?|uter)?|menit|dakika|dk|мин(?:ут[аы]?)?|хв(?:илин[аи]?)?|λεπτά|मिनट|मिनिटे|মিনিট|நிமிடங்கள்"
    r"|منٹ|دقائق|دقيقة|دقیقه|phút|分钟|分鐘|分|분)\.?"
)
_READ = (
    r"(?:read(?:ing)?(?:\stime)?|estimated\sread(?:ing)?\stime|lese(?:zeit|dauer)|tiempo\sde\slectura|lectura|temps\sde\slecture|(?:de\s)?lecture"
    r"|tempo\sdi\slettura|tempo\sde\sleitura|(?:de\s)?leitura|leestijd|leestĳd|lästid|læsetid|lesetid|lukuaika|czas\sczytania|czytania|doba\sčtení"
    r"|okuma\ssüresi|waktu\sbaca|baca|время\sчтения|чтения|час\sчитання|χρόνος\sανάγνωσης|पढ़ने\sका\sसमय|पढ़ें|পড়ার\sসময়|وقت\sالقراءة|مدة\sالقراءة"
    r"|قراءة|thời\sgian\sđọc|đọc|阅读时间|阅读|預計閱讀|閱讀|この記事は約|読了時間|읽는\s?시간|읽기)"
)
_LINE = re.compile(
    rf"(?:{_READ}\s?[:：|]?\s?(?:ca\.\s|about\s|~)?\d{{1,3}}\s?{_MINUTES}|\d{{1,3}}[\s-]?{_MINUTES}[\s-]?{_READ})[\s.]?",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(rf"{_READ}\s?[:：]", re.IGNORECASE)
_MINUTES_ALONE = re.compile(rf"\d{{1,3}}\s?{_MINUTES}", re.IGNORECASE)
_HEAD = 14


@remembered
def is_reading_time(line: str) -> bool:
    """Whether a line tells how long reading takes and nothing else."""
    return len(line) <= 60 and _LINE.fullmatch(line) is not None  # noqa: PLR2004 - longer than any form above


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Such lines at the head, one line or a label and its number below it."""
    head = [p for p in paragraphs[:_HEAD] if place.has_prose and (place.near_head(p) or place.before_body(p))]
    for paragraph in head:
        if is_reading_time(paragraph.text):
            yield _finding(paragraph)
    for label, number in pairwise(head):
        if _LABEL_ALONE.fullmatch(label.text) and _MINUTES_ALONE.fullmatch(number.text):
            yield _finding(label)
            yield _finding(number)


def _finding(paragraph: Paragraph) -> Finding:
    return field_finding(paragraph, Kind.READING_TIME, "field:reading-time", "tells how long reading takes", ())
