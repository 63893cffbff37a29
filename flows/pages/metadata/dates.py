"""When an article was published and changed: what says so, and which of several is believed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cleaners.fields.dates import read_date
from flows.pages.metadata.head import Head
from flows.pages.metadata.stated import Choice, Stated
from flows.pages.metadata.structured import Structured, texts
from flows.pages.metadata.times import Times
from flows.pages.metadata.written import instant, local, written

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "og:published_time", "article:published",
    "article:published:time", "article.published", "og:datepublished", "og:publish_date", "published_time",
    "http://ogp.me/ns/article#published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time", "content:publishdate", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "prism.publicationdate", "citation_publication_date",
    "citation_online_date", "publishdate", "publish-date", "publish_date", "published", "published_at",
    "publisheddate", "publication_date", "pubdate", "pub_date", "date-pub", "date.available", "w-published-date",
    "article_date_original", "article.created", "datecreated", "dcterms.date", "dc.date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "og:article:modified_time", "og:modified_time",
    "article:modified", "article:modified:time", "article.updated", "http://ogp.me/ns/article#modified_time",
    "cxenseparse:modified_time", "dcterms.modified", "dc.date.modified", "date.modified", "date.updated",
    "article_date_updated", "updated-date", "last-modified", "last_modified", "lastmod", "lastupdate", "revised",
)  # fmt: skip
# Zones are at most so far from UTC, and whole quarters of an hour.
_FURTHEST = timedelta(hours=14)
_STEP = timedelta(minutes=15)


def choose_dates(tree: "HtmlElement", structured: Structured, head: Head) -> tuple[Choice | None, Choice | None]:
    """The date of publication and of the last change; either may be None."""
    times = Times(tree)
    published = choose_date(
        _read((*_in_structured(structured, "datePublished"), *_in_head(head, _PUBLISHED), *times.published()))
    )
    modified = choose_date(
        _read((*_in_structured(structured, "dateModified"), *_in_head(head, _MODIFIED), *times.modified()))
    )
    if published is None:
        published = choose_date(_read((*_in_structured(structured, "dateCreated"), *times.visible())))
    return published, modified


def choose_date(stated: Sequence[Stated]) -> Choice | None:
    """The date that is believed, of those that the page states, the most trusted first.

    - The first that can be read, unless a later one says the same more exactly:
    - a day gives way to a time on it;
    - a time without a zone gives way to an instant at which some zone's clocks show it;
    - a time in UTC gives way to the same time of day with another offset: templates stamp local times with a `Z`, and
      none invents an offset.
    """
    if not stated:
        return None
    first = stated[0]
    better = next((other for other in stated[1:] if _is_better(other.value, first.value)), first)
    return Choice.of(better, stated, differ=_differ)


def _is_better(other: str, first: str) -> bool:
    moment, said = instant(other), instant(first)
    if moment is None:
        return said is None and local(first) is None and local(other) is not None and _day(other) == _day(first)
    if said is not None:
        return local(other) == local(first) and not said.utcoffset() and bool(moment.utcoffset())
    clock = local(first)
    return _day(other) == _day(first) if clock is None else _shows(moment, clock)


def _shows(moment: datetime, clock: str) -> bool:
    """Whether there is a zone in which clocks show a time of day at that moment."""
    apart = datetime.fromisoformat(clock).replace(tzinfo=UTC) - moment.replace(second=0, microsecond=0)
    return abs(apart) <= _FURTHEST and not apart % _STEP


def _differ(one: str, other: str) -> bool:
    """Whether two dates contradict each other."""
    moments = instant(one), instant(other)
    if moments[0] and moments[1]:
        return abs(moments[0] - moments[1]) >= timedelta(minutes=1)
    return _day(one) != _day(other)


def _read(stated: Iterable[Stated]) -> list[Stated]:
    return [Stated(one.source, form) for one in stated if (form := written(one.value))]


def _day(text: str) -> str:
    return (read_date(text, None).value or "")[:10]


def _in_structured(structured: Structured, name: str) -> Iterator[Stated]:
    for value in structured.said(name):
        yield from (Stated("json-ld", text) for text in texts(value))


def _in_head(head: Head, names: Sequence[str]) -> Iterator[Stated]:
    yield from (Stated("meta", text) for text in head.all(*names))
