"""Tags: a line that lists topics behind its label, or a label with the topics on the lines below it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaners.document import Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph, ends_sentence
from cleaners.remembering import remembered

_LABEL = (
    r"(?:(?:article\s|related\s|story\s|post\s)?(?:tags?|topics?|keywords|hashtags)|filed\s(?:under|in)|tagged(?:\s(?:with|as|under))?"
    r"|posted\sin|more\son\sthese\stopics|in\sthis\sstory|schlagw(?:orte|örter)|stichw(?:orte|örter)|themen|tags\szum\sartikel|(?:lesen\ssie\s)?mehr\szum\sthema"
    r"|etiquetas|temas|archivado\sen|más\s(?:sobre|temas)|palavras-chave|tópicos|assuntos|mots[\s-]clés|sujets|thèmes|étiquettes"
    r"|parole\schiave|argomenti|trefwoorden|onderwerpen|ämnen|taggar|(?:relate(?:rte|rede)\s)?emner|emneord|mer\som|mere\som|mer\sinom|avainsanat|aiheet|tagi|słowa\skluczowe|štítky|témata"
    r"|etiketler|anahtar\skelimeler|kata\skunci|topik|từ\skhóa|chủ\sđề|теги|тэги|ключевые\sслова|темы|мітки|теми|ετικέτες"
    r"|टैग्?स?|विषय|ট্যাগ|বিষয়|குறிச்சொற்கள்|موضوعات|ٹیگز|وسوم|الوسوم|كلمات\sمفتاحية|مواضيع|برچسب‌?ها"
    r"|关键词|關鍵字|标签|標籤|タグ|関連タグ|キーワード|태그|키워드|관련\s?태그)"
)
_LABELLED = re.compile(rf"[\W_]{{0,3}}{_LABEL}\s?(?:[:：|]|>>|»)\s?(\S.*)", re.IGNORECASE)
_UNPUNCTUATED = re.compile(
    r"(?:filed\s(?:under|in)|tagged(?:\s(?:with|as|under))?|posted\sin|archivado\sen|関連タグ)\s(\S.*)", re.IGNORECASE
)
_HEADING = re.compile(rf"[\W_]{{0,3}}{_LABEL}\s?[:：|]?\s?", re.IGNORECASE)
_HASHED = re.compile(r"#[^\s#]+(?:[\s,]+#[^\s#]+){1,19}")
_MARKS = re.compile(r"\s?[,،、，;；|/•·]\s?|\s?#|\s{2,}|\s>\s")
# `Posted in Courts, 14 March 2007` is a dateline.
_YEAR = re.compile(r"\d{4}")
# Two or more short topics between marks, or hashtags.
_TOPIC = r"[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,2}"
_LIST = re.compile(rf"#\S.*|{_TOPIC}(?:(?:,\s|\s?/\s?|\s?[|•·]\s?){_TOPIC})+")
_LONGEST = 400
_LONGEST_TAG = 40
_MOST_WORDS = 5
_MOST_TAGS = 25
_FEWEST_FAR = 3
_LONGEST_HEADING = 40


def read_tags(line: str) -> tuple[Value, ...]:
    """The topics of a line of tags, its role being known; none where it is only the label of such a line."""
    if _is_heading(line):
        return ()
    labelled = _LABELLED.fullmatch(line) or _UNPUNCTUATED.fullmatch(line)
    topics = (topic.strip(" .:：-–#\"'[]()") for topic in _MARKS.split(labelled[1] if labelled else line))
    return tuple(("tags", topic) for topic in dict.fromkeys(topics) if topic)


@remembered
def is_topic_list(line: str) -> bool:
    """Whether a line is short topics between marks, or hashtags: a sign of tags where it is known to be no prose."""
    return _LIST.fullmatch(line) is not None


def propose(paragraphs: Sequence[Paragraph], place: Place, telling: Iterable[Paragraph]) -> Iterable[Finding]:
    """Lines of tags before and behind the body, moved into the tags.

    Args:
        paragraphs: of the article.
        place: where they stand.
        telling: those beside the story that may be such lines by their words.
    """
    for paragraph in place.past:
        if len(paragraph.text) <= _LONGEST_HEADING and _is_heading(paragraph.text):
            yield from _block(paragraph, paragraphs[paragraph.index + 1 :][:_MOST_TAGS], place)
    for paragraph in telling:
        if is_tags(paragraph.text) and (place.before_body(paragraph) or place.near_tail(paragraph)):
            yield _finding(paragraph, read_tags(paragraph.text))


@remembered
def _is_heading(line: str) -> bool:
    """The label of such a line, alone."""
    return _HEADING.fullmatch(line) is not None


@remembered
def is_tags(line: str) -> bool:
    """Whether a line is a label and a list, or hashtags alone: short topics, no sentence."""
    if len(line) > _LONGEST:
        return False
    if line.startswith("#") and _HASHED.fullmatch(line):
        return True
    if ends_sentence(line) or not (_is_labelled(line) or _UNPUNCTUATED.fullmatch(line)) or _YEAR.search(line):
        return False
    return all(len(topic) <= _LONGEST_TAG for _, topic in read_tags(line) if isinstance(topic, str))


def _is_labelled(line: str) -> bool:
    marked = ":" in line or "：" in line or "|" in line or ">>" in line or "»" in line
    return marked and _LABELLED.fullmatch(line) is not None


def _block(heading: Paragraph, below: Sequence[Paragraph], place: Place) -> Iterator[Finding]:
    """A label on its own line, with the short lines below it up to the first that is no topic.

    A page goes on for long behind its story; far from the end of the text several topics must follow.
    """
    topics: list[Paragraph] = []
    for paragraph in below:
        if not _is_topic(paragraph.text):
            break
        topics.append(paragraph)
    if len(topics) >= (1 if place.near_tail(heading) else _FEWEST_FAR) or not below:
        yield _finding(heading, tuple(value for topic in topics for value in read_tags(topic.text)))
        for topic in topics:
            yield _finding(topic, read_tags(topic.text))


def _is_topic(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TAG
        and len(line.split()) <= _MOST_WORDS
        and not ends_sentence(line)
        and ":" not in line
        and line[0] not in "([|"
    )


def _finding(paragraph: Paragraph, values: tuple[Value, ...]) -> Finding:
    return field_finding(paragraph, Kind.TAGS, "field:tags", "a list of topics", values)
