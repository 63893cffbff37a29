"""JSON Feed, versions 1.0 and 1.1; lenient, as to types and what is missing."""

import json
import re
from collections.abc import Mapping
from typing import Any

from flows.documents.decoding import without_surrogates
from flows.feeds.dates import date_of
from flows.feeds.drafts import Draft
from flows.feeds.extent import MOST_ENTRIES
from flows.feeds.feed import Entry, Feed, Format
from flows.feeds.links import absolute, chosen
from flows.feeds.mending import harmless
from flows.feeds.names import everybody_of, names_of, tags_of
from flows.feeds.refusals import NotAFeedError, Refusal
from flows.feeds.texts import block_of, title_of
from flows.identity import is_url

_VERSION = re.compile(r"jsonfeed\.org/version/([\d.]+)", re.IGNORECASE)
_MOST_FILES = 50
Values = Mapping[str, Any]


def read_json(text: str, url: str | None) -> tuple[Feed, list[Draft]]:
    """The feed without its entries, and the entries.

    Raises:
        NotAFeedError: the text is no JSON, or not JSON Feed's.
    """
    values = _loaded(text)
    items = values.get("items")
    version = _VERSION.search(str(values.get("version")))
    if not isinstance(items, list) or not (version or "feed_url" in values or "home_page_url" in values):
        raise NotAFeedError(Refusal.OTHER_JSON, "JSON, but no JSON Feed: it has no items, or nothing says whose")
    found = tuple(filter(None, (absolute(_text(values.get("feed_url")), (url,) if url else ()), url)))
    own = absolute(_text(values.get("home_page_url")), found)
    feed = Feed(
        format=Format.JSON,
        version=version[1] if version else None,
        title=title_of(_text(values.get("title")), None),
        link=own,
        language=_text(values.get("language")).strip() or None,
        left_out=max(0, len(items) - MOST_ENTRIES),
    )
    everybody = everybody_of(_authors(values), feed.title)
    bases = tuple(filter(None, (*found[:1], own)))
    numbered = enumerate(items[:MOST_ENTRIES], 1)
    return feed, [
        _draft(number, item if isinstance(item, dict) else {}, bases, everybody) for number, item in numbered
    ]


def _loaded(text: str) -> Values:
    try:
        values = json.loads(text, strict=False)  # line ends within strings, as careless writers leave them
    # Nested very deep it is a RecursionError; a number of thousands of digits a ValueError, as what is no JSON is.
    except (ValueError, RecursionError) as error:
        raise NotAFeedError(Refusal.BROKEN_JSON, f"no whole JSON: {error}") from error
    if not isinstance(values, dict):
        raise NotAFeedError(Refusal.OTHER_JSON, "JSON, but no object")
    return values


def _draft(number: int, item: Values, bases: tuple[str, ...], everybody: tuple[str, ...]) -> Draft:
    guid = _text(item.get("id")).strip() or None
    permalink = guid if guid and is_url(guid) else None
    link = chosen([_text(item.get("url")), permalink, _text(item.get("external_url"))], bases)
    return Draft(
        Entry(
            number=number,
            guid=guid,
            link=link.url,
            title=title_of(_text(item.get("title")), None),
            content=block_of(_text(item.get("content_html")), "text/html")
            or block_of(_text(item.get("content_text")), "text/plain"),
            summary=block_of(_text(item.get("summary")), "text/plain"),
            authors=_authors(item) or everybody,
            tags=_tags(item.get("tags")),
            image=absolute(_text(item.get("image")), bases) or absolute(_text(item.get("banner_image")), bases),
            language=_text(item.get("language")).strip() or None,
            published=date_of(_text(item.get("date_published"))),
            updated=date_of(_text(item.get("date_modified"))),
            metadata=_metadata(item, bases),
        ),
        link.refused,
    )


def _authors(values: Values) -> tuple[str, ...]:
    """1.1 has `authors`, 1.0 had one `author`; some write a bare name."""
    people = values.get("authors") or values.get("author")
    listed = people if isinstance(people, list) else [people]
    return names_of(person.get("name") if isinstance(person, dict) else person for person in listed)


def _tags(tags: object) -> tuple[str, ...]:
    listed = tags if isinstance(tags, list) else [tags]
    return tags_of(title_of(_text(tag), None) for tag in listed)


def _metadata(item: Values, bases: tuple[str, ...]) -> dict[str, Any]:
    attached = item.get("attachments")
    files = []
    for file in attached if isinstance(attached, list) else ():
        url = absolute(_text(file.get("url")), bases) if isinstance(file, dict) else None
        if url is not None:
            kept = {"url": url, "type": _text(file.get("mime_type")), "length": _text(file.get("size_in_bytes"))}
            files.append({key: value for key, value in kept.items() if value})
    external = absolute(_text(item.get("external_url")), bases)
    values = {"enclosures": files[:_MOST_FILES], "external_url": external}
    return {key: value for key, value in values.items() if value}


def _text(value: object) -> str:
    """A string; a number that is written where one belongs, as ids are."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return harmless(without_surrogates(str(value)))
