"""Findings from what the line model judges: what kind of line each is, and what it says."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.byline_names import is_names
from cleaners.fields.reading import read_as
from cleaners.findings import Finding, Step, Value
from cleaners.model.cues import AT_START
from cleaners.model.features import Article
from cleaners.model.line_model import Judgement, LineModel
from cleaners.model.shapes import SENTENCE

_TITLE_WORDS = range(4, 26)
_STANDFIRST_WORDS = 8
_LINK_WORDS = 3
_TOPIC_WORDS = 4
_SPOKEN_OF = 0.4
_BYLINE_WORDS = 10
_BESIDE = 2
_BELOW_TITLE = 4
_LONGEST_DATELINE = 100

# Two or more short topics between marks, or hashtags.
_TOPIC = r"[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,2}"
_LIST = re.compile(rf"#\S.*|{_TOPIC}(?:(?:,\s|\s?/\s?|\s?[|•·]\s?){_TOPIC})+")

# What a line's cue words make of it, the first that is there; a cue that opens the line comes before one inside it.
_KINDS = {
    "advertisement": Kind.AD_MARKER,
    "rights": Kind.COPYRIGHT,
    "see_also": Kind.RELATED_LINK,
    "subscribe": Kind.NEWSLETTER,
    "app": Kind.APP_PROMO,
    "donate": Kind.DONATION_ASK,
    "account": Kind.COMMENT_INVITATION,
    "privacy": Kind.COOKIE_CONSENT,
    "disclaimer": Kind.DISCLAIMER,
    "follow": Kind.SHARE_BAR,
    "contact": Kind.CONTACT_LINE,
    "about_author": Kind.AUTHOR_BIO,
}
# What these words are beside in a headline, a caption or a standfirst too.
_NEUTRAL = {"calendar", "written_by", "source", "dated", "shop", "picture", "about_author"}
# What stands beside a line of names if they are the writers'.
_SIGNED = {Kind.BYLINE, Kind.DATELINE, Kind.DATELINE_BYLINE, Kind.FIRST_PUBLISHED, Kind.READING_TIME, Kind.AUTHOR_BIO}
# Kinds that a line is only if its reader finds something in it.
_READ = {Kind.DATELINE, Kind.BYLINE, Kind.TAGS}


def propose(
    article: Article,
    model: LineModel,
    found: Iterable[Finding],
    country: str | None,
    *,
    titled: bool,
    least: float | None = None,
) -> Iterable[Finding]:
    """The lines that the model is sure of, moved where they say something for a field, else removed.

    Args:
        article: the paragraphs as the model sees them.
        model: what judges them.
        found: what the rules found; a headline among it leaves no room for another.
        country: ISO 3166 code of the publisher's country.
        titled: whether the input gave a title.
        least: the score from which on a line is proposed; the model's threshold if not said. What is proposed of the
            lines from the threshold on does not depend on it.
    """
    least = model.threshold if least is None else least
    likely = [judgement for judgement in model.judge(article, least) if judgement.score >= least]
    titled = titled or any(finding.kind is Kind.REPEATED_HEADLINE for finding in found)
    sure = [judgement.index for judgement in likely if judgement.score >= model.threshold]
    title = None if titled else _title(article, sure)
    for judgement in likely:
        kind, values = _name(article, judgement.index, country, title)
        yield _finding(article, kind, values, judgement, model)


def _title(article: Article, sure: Sequence[int]) -> int | None:
    """The headline: of the lines above the story the first that speaks of the same things, or does so most."""
    candidates = [index for index in sure if article.is_above(index) and _may_be_title(article, index)]
    return max(candidates, key=lambda index: (min(article.overlap(index), _SPOKEN_OF), -index), default=None)


def _may_be_title(article: Article, index: int) -> bool:
    """A line of a headline's length; one with a word like `WhatsApp` only if the story speaks of the same things."""
    shape, cues = article.shapes[index], article.cues[index]
    if round(shape.count) not in _TITLE_WORDS or shape.end == SENTENCE or _LIST.fullmatch(shape.paragraph.text):
        return False
    inside = all(place != AT_START for group, place in cues.items() if group not in _NEUTRAL)
    return _NEUTRAL.issuperset(cues) or (inside and article.overlap(index) >= _SPOKEN_OF)


def _name(article: Article, index: int, country: str | None, title: int | None) -> tuple[Kind, tuple[Value, ...]]:
    """A line's kind and what it says."""
    line = article.shapes[index].paragraph.text
    if index == title:
        return Kind.REPEATED_HEADLINE, read_as(Kind.REPEATED_HEADLINE, line, country)
    for kind in _kinds(article, index, title):
        values = read_as(kind, line, country)
        dated = any(field.startswith("date_") for field, _ in values)
        if (values or kind not in _READ) and (dated or kind is not Kind.DATELINE):
            return kind, values
    return Kind.UI_JUNK, ()


def _kinds(article: Article, index: int, title: int | None) -> Iterable[Kind]:
    """The kinds that a line may be, the likeliest first."""
    shape, cues = article.shapes[index], article.cues[index]
    if len(shape.paragraph.text) <= _LONGEST_DATELINE and shape.digits() > 0:
        yield Kind.DATELINE
    beside = _taken_beside(article, index)
    near_title = title is not None and 0 < index - title <= _BELOW_TITLE and not cues
    signed = is_names(shape.paragraph.text) and (near_title or not _SIGNED.isdisjoint(beside))
    if signed or ("written_by" in cues and shape.count <= _BYLINE_WORDS and "see_also" not in cues):
        yield Kind.BYLINE
    if _LIST.fullmatch(shape.paragraph.text):
        yield Kind.TAGS
    if "picture" in cues:
        yield Kind.PHOTO_CREDIT_CAPTION
    if article.is_above(index) and shape.count >= _STANDFIRST_WORDS and _NEUTRAL.issuperset(cues):
        yield Kind.STANDFIRST
    for wanted in (AT_START, None):
        yield from (kind for group, kind in _KINDS.items() if group in cues and wanted in {None, cues[group]})
    if article.is_topic(index) or (Kind.TAGS in beside and shape.count <= _TOPIC_WORDS):
        yield Kind.TAGS
    if article.is_below(index) and shape.count >= _LINK_WORDS:
        yield Kind.RELATED_LINK


def _taken_beside(article: Article, index: int) -> set[object]:
    """What the rules found in the two lines before and the two behind."""
    return {article.taken.get(place) for place in range(index - _BESIDE, index + _BESIDE + 1)}


def _finding(
    article: Article, kind: Kind, values: tuple[Value, ...], judgement: Judgement, model: LineModel
) -> Finding:
    paragraph = article.shapes[judgement.index].paragraph
    return Finding(
        start=paragraph.start,
        end=paragraph.end,
        kind=kind,
        action="moved" if values else "removed",
        step=Step.MODEL,
        rule=f"model:{model.version}",
        reason=judgement.reason,
        score=judgement.score,
        values=values,
        whole=True,
    )
