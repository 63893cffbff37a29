"""A feed in XML as feedparser reads it, to the project's own values."""

from collections.abc import Mapping
from typing import Any

from flows.feeds.dates import date_of
from flows.feeds.drafts import Draft
from flows.feeds.elements import elements_of
from flows.feeds.extent import MOST_ENTRIES
from flows.feeds.feed import Entry, EntrySource, Feed, Format
from flows.feeds.hints import hints_of
from flows.feeds.links import absolute, chosen
from flows.feeds.media import image_of, metadata_of
from flows.feeds.mending import ASIDE, PERMALINK
from flows.feeds.names import everybody_of, names_of, tags_of
from flows.feeds.shapes import fields, objects, text
from flows.feeds.texts import block_of, title_of
from flows.identity import is_url

_HTML = {"text/html", "application/xhtml+xml"}
_VERSIONS = {"rss090": "0.90", "rss091n": "0.91", "rss091u": "0.91", "rss092": "0.92", "rss093": "0.93",
             "rss094": "0.94", "rss10": "1.0", "rss20": "2.0", "atom01": "0.1", "atom02": "0.2", "atom03": "0.3",
             "atom10": "1.0"}  # fmt: skip
Values = Mapping[str, Any]


def read(body: str, head: str, form: Format, url: str | None) -> tuple[Feed, list[Draft]]:
    """The feed without its entries, but with those that could not be read, and the entries.

    Args:
        body: from the root's tag to its end, sound where text can be made sound.
        head: of it, what is outside of the entries.
        form: the format, by the root.
        url: where the feed was found.
    """
    elements = elements_of(body)
    channel = elements.channel
    found = (url,) if url else ()
    own = absolute(_link(channel) or "", found)
    # Atom's links are from where the feed is; RSS does not say, and writers mean their site.
    bases = tuple(filter(None, (url, own) if form is Format.ATOM else (own, url)))
    feed = Feed(
        format=form,
        version=_VERSIONS.get(elements.version),
        title=_title(channel),
        link=own,
        language=text(channel.get("language")),
        hints=hints_of(head, channel),
        unusable=elements.unusable,
        left_out=max(0, len(elements.entries) - MOST_ENTRIES),
    )
    everybody = everybody_of(_authors(channel), feed.title) if form is Format.ATOM else ()
    entries = elements.entries[:MOST_ENTRIES]
    return feed, [_draft(number, entry, bases, everybody, form) for number, entry in entries]


def _draft(number: int, entry: Values, bases: tuple[str, ...], everybody: tuple[str, ...], form: Format) -> Draft:
    guid = text(entry.get("id"))
    link = chosen([*_links(entry), _permalink(guid, entry, form)], bases)
    content, summary = _content(entry), _summary(entry)
    metadata = metadata_of(entry, bases)
    source = _source(entry.get("source"), bases)
    return Draft(
        Entry(
            number=number,
            guid=guid,
            link=link.url,
            title=_title(entry),
            content=content,
            summary=None if summary == content else summary,
            authors=_authors(entry) or _authors(fields(entry.get("source"))) or everybody,
            tags=_tags(entry),
            image=image_of(entry, metadata, bases),
            language=_language(entry),
            published=date_of(entry.get("published") or entry.get(f"dc_date{ASIDE}") or entry.get("created")),
            updated=date_of(entry.get("updated")),
            source=source,
            metadata=metadata,
        ),
        link.refused,
    )


def _links(values: Values) -> list[str | None]:
    """The links of an entry in the order in which they count: a detour's true end, its page, its other forms."""
    links = objects(values.get("links"))
    pages = [link for link in links if str(link.get("rel") or "").rsplit("/", 1)[-1] == "alternate"]
    ordered = sorted(pages, key=lambda link: link.get("type") not in _HTML)
    detours = [values.get("feedburner_origlink"), values.get("pheedo_origlink")]
    return [detour for detour in detours if absolute(detour or "")] + [link.get("href") for link in ordered]


def _link(channel: Values) -> str | None:
    return next(filter(None, _links(channel)), None)


def _permalink(guid: str | None, entry: Values, form: Format) -> str | None:
    """RSS's guid, where it is a page's URL: Atom's id is a name, whatever it looks like."""
    said = entry.get(PERMALINK)
    if guid is None or form is Format.ATOM or said == "false":
        return None
    return guid if is_url(guid) or (said == "true" and "/" in guid and ":" not in guid) else None


def _title(values: Values) -> str | None:
    title = title_of(values.get("title"), _kind(values.get("title_detail")))
    return title or title_of(values.get(f"media_title{ASIDE}"), "text/html")


def _content(entry: Values) -> str | None:
    """The whole text: as HTML, if it is given in several forms."""
    contents = objects(entry.get("content"))
    ordered = sorted(contents, key=lambda content: content.get("type") not in _HTML)
    texts = (block_of(content.get("value"), content.get("type")) for content in ordered)
    return next(filter(None, texts), None)


def _summary(entry: Values) -> str | None:
    summary = block_of(entry.get("summary"), _kind(entry.get("summary_detail")) or "text/html")
    if summary:
        return summary
    asides = (f"dc_description{ASIDE}", f"itunes_summary{ASIDE}", f"media_description{ASIDE}")
    return next(filter(None, (block_of(entry.get(aside), "text/html") for aside in asides)), None)


def _authors(values: Values) -> tuple[str, ...]:
    return names_of(person.get("name") for person in objects(values.get("authors")))


def _tags(entry: Values) -> tuple[str, ...]:
    """Atom's label if there is one."""
    tags = objects(entry.get("tags"))
    return tags_of(title_of(tag.get("label") or tag.get("term"), "text/html") for tag in tags)


def _language(entry: Values) -> str | None:
    details = (fields(entry.get("title_detail")), fields(entry.get("summary_detail")), *objects(entry.get("content")))
    said = (text(detail.get("language")) for detail in details)
    return text(entry.get("language")) or next(filter(None, said), None)


def _source(value: object, bases: tuple[str, ...]) -> EntrySource | None:
    values = fields(value)
    source = EntrySource(title=_title(values), url=absolute(text(values.get("href")) or _link(values) or "", bases))
    return source if source != EntrySource() else None


def _kind(detail: object) -> str | None:
    return text(fields(detail).get("type"))
