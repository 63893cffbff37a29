"""What kind of line each is that the model found, and what it says."""

from collections.abc import Collection, Iterable

from cleaners.document import Kind
from cleaners.fields.agency_names import canonical
from cleaners.fields.captions import speaks_of_picture
from cleaners.fields.reading import read_as
from cleaners.fields.tags import is_topic_list
from cleaners.findings import Value
from cleaners.model.cues import AT_START
from cleaners.model.features import Article
from cleaners.model.shapes import WORD
from cleaners.signatures import Signatures
from cleaners.title_choice import NEUTRAL

_STANDFIRST_WORDS = 8
_LINK_WORDS = 3
_TOPIC_WORDS = 4
_CAPTION_WORDS = 4
_BESIDE = 2
_LONGEST_DATELINE = 100

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
# What stands beside a line of names if they are the writers'.
_SIGNED = {Kind.BYLINE, Kind.DATELINE, Kind.DATELINE_BYLINE, Kind.FIRST_PUBLISHED, Kind.READING_TIME, Kind.AUTHOR_BIO}
# Asked of every line; to ask an enumeration for a member takes Python 3.11 a fifth of a microsecond.
_DATELINE, _TAGS = Kind.DATELINE, Kind.TAGS
# Kinds that a line is only if its reader finds something in it; of a dateline it must be a date.
_READ = {Kind.BYLINE, Kind.TAGS}


class Naming:
    """Names the lines of an article that the model found.

    Args:
        article: the paragraphs as the model sees them.
        sure: the indexes of the lines that it found.
        title: the index of the headline, found by a rule or among them.
        country: ISO 3166 code of the publisher's country.
    """

    def __init__(self, article: Article, sure: Collection[int], title: int | None, country: str | None) -> None:
        self._article = article
        self._sure = sure
        self._title = title
        self._country = country
        self._signatures = Signatures(article)

    def name(self, index: int) -> tuple[Kind, tuple[Value, ...]]:
        """A line's kind and what it says."""
        line = self._text(index)
        if index == self._title:
            return Kind.REPEATED_HEADLINE, read_as(Kind.REPEATED_HEADLINE, line, self._country)
        if self._title is not None and line == self._text(self._title):
            return Kind.REPEATED_HEADLINE, ()
        for kind in self._kinds(index):
            values = read_as(kind, line, self._country)
            if _has_date(values) if kind is _DATELINE else values or kind not in _READ:
                return kind, values
        return Kind.UI_JUNK, ()

    def _kinds(self, index: int) -> Iterable[Kind]:
        """The kinds that a line may be, the likeliest first."""
        shape, cues = self._article.shapes[index], self._article.cues(index)
        line = shape.text
        if len(line) <= _LONGEST_DATELINE and shape.digits > 0:
            yield Kind.DATELINE
        if canonical(line):
            yield Kind.AGENCY_CREDIT
        beside = self._taken_beside(index)
        if self._signatures.is_byline(index, self._title, signed=not _SIGNED.isdisjoint(beside)):
            yield Kind.BYLINE
        if is_topic_list(line):
            yield Kind.TAGS
        if "picture" in cues:
            yield Kind.PHOTO_CREDIT_CAPTION
        if NEUTRAL.issuperset(cues):
            yield from self._captions(index)
        for wanted in (AT_START, None) if cues else ():
            yield from (kind for group, kind in _KINDS.items() if group in cues and wanted in {None, cues[group]})
        if self._is_topic(index) or (_TAGS in beside and shape.count <= _TOPIC_WORDS):
            yield _TAGS
        if self._article.is_below(index) and shape.count >= _LINK_WORDS:
            yield Kind.RELATED_LINK

    def _captions(self, index: int) -> Iterable[Kind]:
        """A caption speaks of a picture, or stands above its credit; other lines of some length are standfirsts."""
        shape = self._article.shapes[index]
        above = self._article.is_above(index)
        credited = above and self._article.taken.get(index + 1) is Kind.PHOTO_CREDIT_CAPTION
        if shape.count >= _CAPTION_WORDS and (
            credited or (not self._article.is_below(index) and speaks_of_picture(shape.text))
        ):
            yield Kind.CAPTION
        if above and shape.count >= _STANDFIRST_WORDS:
            yield Kind.STANDFIRST

    def _is_topic(self, index: int) -> bool:
        """Whether a line is a topic of the story, or stands behind the story beside another line that is."""
        if self._article.is_topic(index):
            return True
        if not (self._article.is_below(index) and self._may_be_topic(index)):
            return False
        beside = (place for place in (index - 1, index + 1) if place in self._sure)
        return any(self._may_be_topic(place) and self._article.is_topic(place) for place in beside)

    def _may_be_topic(self, index: int) -> bool:
        shape = self._article.shapes[index]
        few = shape.count <= _TOPIC_WORDS and shape.end == WORD
        return few and not self._article.cues(index) and shape.first == 0

    def _text(self, index: int) -> str:
        return self._article.shapes[index].text

    def _taken_beside(self, index: int) -> set[object]:
        """What the rules found in the two lines before and the two behind."""
        return set(map(self._article.taken.get, range(index - _BESIDE, index + _BESIDE + 1)))


def _has_date(values: Iterable[Value]) -> bool:
    return any(field.startswith("date_") for field, _ in values)
