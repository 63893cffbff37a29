"""From a candidate and what came of its page to what a shard takes. Pure."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from cleaners.document import Document, Flag, PublisherSource
from flows.documents.loaded import Loaded, Noted, Reason, Source
from flows.feeds.sighting import Sighting, TextSource
from flows.identity import domain_or_host, link_name, registrable_domain
from flows.ingesting.candidates import Candidate, Shown
from flows.ingesting.choosing import Choice, choose
from flows.pages.page import Extractor, Page, RawPage


class PageFound(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for an article's page.

    Attributes:
        url: as fetched, after redirects.
        date_fetched: RFC 3339.
        page: as it was drawn; None where there is none.
        missing: why there is none; None where there is one.
        may_pass: whether asking again may bring it.
        raw: as it came, if that is to be kept.
    """

    url: str
    date_fetched: str
    page: Page | None = None
    missing: str | None = None
    may_pass: bool = False
    raw: RawPage | None = None


# A page that could not be had in so many runs is done without; till then the article waits. Ten of them, a quarter of
# an hour apart, outlast what most servers take to come back.
MOST_TRIES = 10
# `https://m.example.org/`, `https://amp.example.org/`, `/amp/`, `.amp.html`, `?amp=1`, `?outputType=amp`.
_FORMS = re.compile(r"^https?://(?:m|mobile|amp)\.|[/.]amp(?:[/.?]|$)|[?&=]amp(?:[&=]|$)", re.IGNORECASE)
_NO_PAGE = Page(text="", extractor=Extractor(name="", version=""))
_decode = msgspec.json.Decoder(Candidate).decode


def arrive(candidate: Candidate, found: PageFound | None, *, date_fetched: str | None) -> Loaded | Noted:
    """A document, or why there is none, with what the store is to note of the feeds.

    Args:
        candidate: the article and the feeds that show it; not one of which only a note is to be taken.
        found: what came of its page; None where that was not asked for.
        date_fetched: of the feeds, in RFC 3339; None where they were not fetched.
    """
    main = candidate.shown[0]
    if found is not None and found.may_pass and candidate.tries + 1 < MOST_TRIES:
        return _waiting(candidate)
    page = found.page if found else None
    choice = choose(main.entry, page, found.missing if found else None, main.full_text)
    raw = found.raw if found else None
    if not choice.text.strip():
        return _nothing(candidate, choice, raw)
    drawn = page if choice.source == "page" else None
    return Loaded(
        document=_document(candidate, main, found, choice),
        source=Source.fetched(main.entry.link or main.feed_url),
        metadata={**_metadata(candidate, main, choice), **(drawn.recovery() if drawn else {})},
        extractor=drawn.extractor if drawn else None,
        date_fetched=found.date_fetched if found else date_fetched,
        canonical_url=canonical_of(found),
        feed_url=main.feed_url,
        sightings=_sightings(candidate, choice.source, other_form_name(found)),
        raw=raw,
    )


def canonical_of(found: PageFound | None) -> str | None:
    """What the page says is its URL, if that can be: some point to their front page, or to a rival."""
    if found is None or found.page is None or found.page.url is None:
        return None
    parts = urlsplit(found.page.url)
    is_front = not parts.path.strip("/") and not parts.query
    return found.page.url if domain_or_host(found.page.url) == domain_or_host(found.url) and not is_front else None


def other_form_name(found: PageFound | None) -> list[str]:
    """The name of the article of which this is an AMP or mobile page, if it is one.

    The page's word alone is not enough: on some sites every page calls the same URL its own.
    """
    canonical = canonical_of(found)
    if found is None or found.page is None or canonical is None:
        return []
    return [link_name(canonical)] if found.page.amp or _FORMS.search(found.url) else []


def note(candidate: Candidate, article: str) -> Noted:
    """What is left of a candidate that the store has by now."""
    return Noted(article=article, sightings=_sightings(candidate, None))


def waiting_candidate(waiting: bytes) -> Candidate:
    """The candidate that was left waiting for its page."""
    return _decode(waiting)


def _waiting(candidate: Candidate) -> Noted:
    later = msgspec.structs.replace(candidate, tries=candidate.tries + 1)
    return Noted(
        article=candidate.key,
        sightings=_sightings(candidate, None),
        waiting=msgspec.json.encode(later),
    )


def _sightings(candidate: Candidate, text: TextSource | None, more_names: Sequence[str] = ()) -> tuple[Sighting, ...]:
    """What the store notes of a candidate; `text` is where its stored text came from, if there is one."""
    return tuple(one.sighting(text, more_names) for one in candidate.shown)


def _nothing(candidate: Candidate, choice: Choice, raw: RawPage | None) -> Noted:
    main = candidate.shown[0]
    source = Source.fetched(main.entry.link or main.feed_url)
    # Not its place in the feed, which changes: the same item is set aside once.
    detail = f"neither page nor feed has a text ({choice.reason}); shown by {main.feed_url}"
    return Noted(
        article=candidate.key,
        sightings=_sightings(candidate, None),
        aside=source.aside(Reason.NO_TEXT, detail),
        raw=raw,
    )


def _document(candidate: Candidate, main: Shown, found: PageFound | None, choice: Choice) -> Document:
    entry, page = main.entry, (found.page if found else None) or _NO_PAGE
    url = found.url if found and found.page else entry.link
    publisher, publisher_source = _publisher(main, url)
    from_page = choice.source == "page"
    faulty = page.faulty if from_page else main.faulty
    flags = (*choice.flags, *((Flag.DECODED_WITH_ERRORS,) if faulty else ()))
    own_language, other_language = entry.language or main.language, page.language
    return Document(
        id=candidate.article,
        url=url,
        publisher=publisher,
        publisher_source=publisher_source,
        language=(other_language or own_language) if from_page else (own_language or other_language),
        title=entry.title or page.title,
        summary=(entry.summary or page.summary) if choice.source != "feed_summary" else None,
        authors=entry.authors or page.authors,
        tags=entry.tags or page.tags,
        image=entry.image or page.image,
        date_published=entry.published or page.date_published,
        date_modified=entry.updated,
        date_source="feed" if entry.published else "meta" if page.date_published else "input",
        flags=flags,
        text=choice.text,
        hints=choice.hints,
    )


def _publisher(main: Shown, url: str | None) -> tuple[str | None, PublisherSource]:
    """Whose article it is: the subscription says so, or the entry's source, or else its URL, or the feed's."""
    if main.publisher:
        return main.publisher, "feed"
    source = main.entry.source.url if main.entry.source else None
    if source and (domain := registrable_domain(source)):
        return domain, "feed"
    if url and (domain := registrable_domain(url)):
        return domain, "url"
    return registrable_domain(main.feed_url), "feed"


def _metadata(candidate: Candidate, main: Shown, choice: Choice) -> dict[str, Any]:
    own = [one.feed_url for one in candidate.shown]
    source = {"source": msgspec.to_builtins(main.entry.source)} if main.entry.source else {}
    return {
        "feeds": [*own, *(feed for feed in candidate.feeds if feed not in own)],
        "text_source": choice.source,
        "text_reason": choice.reason,
        **source,
        **main.entry.metadata,
    }
