"""What an article is about, whose copy it is, and on what terms it may be read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from cleaners.document import Agency
from cleaners.fields.agency_names import canonical
from flows.pages.metadata.head import Head
from flows.pages.metadata.structured import Structured, texts, values

_MOST_TAGS = 50
_LONGEST_TAG = 100
_APART = re.compile(r"\s*[,;，、]\s*")
_SUPPLIERS = ("sourceOrganization", "provider", "creditText", "copyrightHolder")
_SUPPLIERS_OF_HEAD = (
    "source",
    "dc.source",
    "dcterms.source",
    "syndication-source",
    "original-source",
    "article:source",
)
_LOCKED = frozenset({"locked", "metered", "paid", "premium", "subscriber"})


def section(structured: Structured, head: Head) -> str | None:
    """The section, as JSON-LD or the head names it."""
    stated = chain(_of(structured, "articleSection"), head.all("article:section", "section", "parsely-section"))
    return next(stated, None)


def summary(structured: Structured, head: Head) -> str | None:
    """The summary that the head gives for sharing, or else JSON-LD's description."""
    given = head.all("og:description", "description", "twitter:description", "dc.description", "dcterms.description")
    return next(chain(given, _of(structured, "description")), None)


def tags(structured: Structured, head: Head) -> tuple[str, ...]:
    """The topics, of the first that lists some: single tags, JSON-LD's keywords, the head's keywords."""
    for listed in (
        head.all("article:tag", "og:article:tag"),
        _of(structured, "keywords"),
        head.all("news_keywords"),
        head.all("keywords"),
    ):
        found = tuple(dict.fromkeys(_apart(listed)))[:_MOST_TAGS]
        if found:
            return found
    return ()


def agencies(structured: Structured, head: Head) -> tuple[Agency, ...]:
    """The agencies that are named, and nothing else, as the source of the copy."""
    named = (*(name for supplier in _SUPPLIERS for name in _of(structured, supplier)), *head.all(*_SUPPLIERS_OF_HEAD))
    found = {name: Agency(name=name, evidence=text) for text in reversed(named) if (name := canonical(text))}
    return tuple(found.values())


def is_paywalled(structured: Structured, head: Head) -> bool:
    """Whether the page says that the article, or a part of it, is not for everybody to read.

    Publishers mark it so for search engines: https://schema.org/isAccessibleForFree. The text may be there in full.
    """
    stated = list(structured.said("isAccessibleForFree"))
    stated += [part.get("isAccessibleForFree") for part in structured.said("hasPart") if isinstance(part, Mapping)]
    locked = any(tier.lower() in _LOCKED for tier in head.all("article:content_tier"))
    return locked or any(_is_false(value) for one in stated for value in values(one))


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.rsplit("/", 1)[-1].strip().lower() in {"false", "no"})


def _of(structured: Structured, name: str) -> Iterator[str]:
    for value in structured.said(name):
        yield from texts(value.get("name") if isinstance(value, Mapping) and "name" in value else value)


def _apart(listed: Iterable[str]) -> Iterator[str]:
    for text in listed:
        for tag in _APART.split(text):
            if tag and len(tag) <= _LONGEST_TAG:
                yield tag
