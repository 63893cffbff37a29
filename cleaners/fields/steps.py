"""The field steps in their order: what the lines in and around a story say for its record."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from cleaners.document import Document, Kind
from cleaners.fields import (
    agencies,
    bios,
    bylines,
    captions,
    contacts,
    datelines,
    headlines,
    notices,
    ownership,
    reading_times,
    tags,
)
from cleaners.fields.place import Place
from cleaners.fields.telling import is_telling
from cleaners.findings import Finding, claims, texts
from cleaners.layout import Paragraph


class Article(msgspec.Struct, frozen=True):
    """What the field steps go by.

    Attributes:
        document: the article as it came.
        paragraphs: of its text.
        phrases: what phrases say of it.
        country: ISO 3166 code of its publisher's country.
        place: where the paragraphs stand.
        telling: those beside the story that may tell something by their words.
    """

    document: Document
    paragraphs: Sequence[Paragraph]
    phrases: Sequence[Finding]
    country: str | None
    place: Place
    telling: Sequence[Paragraph]


Step = Callable[[Article, Sequence[Finding]], Iterable[Finding]]
"""Takes an article and what the steps before have found in it."""


def view(
    document: Document, paragraphs: Sequence[Paragraph], phrases: Sequence[Finding], country: str | None
) -> Article:
    """An article made ready for the steps."""
    place = Place(paragraphs)
    telling = [paragraph for paragraph in place.edges if is_telling(paragraph.text)]
    return Article(document, paragraphs, phrases, country, place, telling)


def propose(articles: Sequence[Article]) -> list[list[Finding]]:
    """What the steps find in each article; each step takes all articles before the next begins."""
    found: list[list[Finding]] = [[] for _ in articles]
    for step in _STEPS:
        for article, findings in zip(articles, found, strict=True):
            # A list of its own: the step looks at the findings while it makes more.
            findings += list(step(article, findings))
    return found


def _notices_of_phrases(article: Article, _found: Sequence[Finding]) -> Iterable[Finding]:
    """First, so that the agencies of what phrases take are read before they are gone."""
    return agencies.read_notices(article.phrases, article.document.text)


def _datelines(article: Article, _found: Sequence[Finding]) -> Iterable[Finding]:
    strip = article.document.strip_datelines
    return datelines.propose(article.paragraphs, article.place, article.country, strip=strip)


def _bylines(article: Article, found: Sequence[Finding]) -> Iterable[Finding]:
    dated = frozenset(claims(found, article.paragraphs))
    return bylines.propose(article.paragraphs, article.place, article.telling, dated)


def _bios(article: Article, found: Sequence[Finding]) -> Iterable[Finding]:
    signed = (value for finding in found if finding.kind is Kind.BYLINE for value in finding.values)
    return bios.propose(article.paragraphs, article.place, [*article.document.authors, *texts(signed, "authors")])


def _agencies(article: Article, _found: Sequence[Finding]) -> Iterable[Finding]:
    strip = article.document.strip_datelines
    return agencies.propose(article.paragraphs, article.place, article.telling, strip=strip)


def _headlines(article: Article, found: Sequence[Finding]) -> Iterable[Finding]:
    claimed = claims((*found, *article.phrases), article.paragraphs)
    return headlines.propose(article.paragraphs, article.place, article.document.title, claimed)


_STEPS: tuple[Step, ...] = (
    _notices_of_phrases,
    _datelines,
    _bylines,
    _bios,
    lambda article, _: contacts.propose(article.paragraphs, article.place),
    _agencies,
    lambda article, _: ownership.propose(article.place, article.telling),
    lambda article, _: captions.propose(article.paragraphs, article.place),
    lambda article, _: tags.propose(article.paragraphs, article.place, article.telling),
    lambda article, _: reading_times.propose(article.paragraphs, article.place),
    lambda article, _: notices.propose(article.paragraphs, article.place),
    _headlines,
)
