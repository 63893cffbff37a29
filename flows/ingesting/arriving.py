"""From a candidate and what came of its page to what a shard takes. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from cleaners.document import Document, Flag, PublisherSource
from flows.documents.loaded import Loaded, Noted, Reason, Source
from flows.documents.pages import canonical_of
from flows.feeds.sighting import Held, Sighting, Waiting
from flows.identity import link_name, registrable_domain, text_id
from flows.ingesting.candidates import Candidate
from flows.ingesting.choosing import MAY_PASS, NOT_ITS_PAGE, Choice, choose
from flows.ingesting.page_found import PageFound, names_of_page
from flows.ingesting.patience import LAG, next_try
from flows.ingesting.replacing import is_retitled, replaces
from flows.ingesting.shown import Shown
from flows.pages.likeness import size
from flows.pages.page import Extractor, Page, RawPage
from flows.pages.walls import without_lead

_NO_PAGE = Page(text="", extractor=Extractor(name="", version=""))
_decode = msgspec.json.Decoder(Candidate).decode


def arrive(
    candidate: Candidate, found: PageFound | None, *, date_fetched: datetime | None
) -> Loaded | Noted | Candidate:
    """A document, or why there is none, with what the store is to note of the feeds; or a candidate that is to wait.

    Args:
        candidate: the article and the feeds that show it; not one of which only a note is to be taken.
        found: what came of its page; None where that was not asked for.
        date_fetched: of the feeds; None where they were not fetched.
    """
    main = candidate.shown[0]
    page = found.page if found else None
    choice = _choice(main, found)
    if found is not None and date_fetched is not None and (later := _later(candidate, found, choice, date_fetched)):
        return later
    raw = found.raw if found else None
    if not choice.text.strip():
        return _nothing(candidate, choice, raw)
    names = _names(main, found, choice)
    if found is not None and choice.reason in NOT_ITS_PAGE:
        found = msgspec.structs.replace(found, url=main.entry.link or found.url, page=None)
    document = _document(candidate, main, found, choice)
    held = _held(candidate, document, choice)
    if not replaces(held, candidate.held):
        sightings = _sightings(candidate, names)
        return Noted(article=candidate.key, sightings=sightings, raw=raw, waiting={candidate.key: None})
    return Loaded(
        document=document,
        source=Source.fetched(main.entry.link or main.feed_url),
        metadata=_metadata(candidate, main, choice, found.page if found else None),
        extractor=page.extractor if page and choice.source == "page" else None,
        date_fetched=found.date_fetched if found else _stated(date_fetched),
        canonical_url=canonical_of(found.page, found.url) if found and found.page else None,
        feed_url=main.feed_url,
        sightings=_sightings(candidate, names),
        held=held,
        is_retitled=is_retitled(held, candidate.held),
        raw=raw,
    )


def names_told(candidate: Candidate, found: PageFound | None) -> list[str]:
    """The names of a candidate's article that its page told; what came in the place of that tells none.

    Of the briefings of two days, both of which led to the login, the second was taken for the first.
    """
    main = candidate.shown[0]
    names = names_of_page(found, main.entry.link)
    # Most links lead to themselves, and to choose a text costs more than all else here.
    return names if {*names} <= {*main.naming.names} else _names(main, found, _choice(main, found))


def note(candidate: Candidate) -> Noted:
    """What is left of a candidate of which the store has all."""
    return Noted(article=candidate.key, sightings=_sightings(candidate))


def note_as(candidate: Candidate, article: str) -> Noted:
    """What is left of a candidate that turns out to be another article."""
    return Noted(article=article, sightings=_sightings(candidate), waiting={candidate.key: None})


def wait(candidate: Candidate) -> Noted:
    """What the store notes of a candidate that is to be asked for its page when it is due."""
    waiting = Waiting(
        due=candidate.due,
        tries=candidate.tries,
        why=candidate.why or "page_failed",
        candidate=msgspec.json.encode(candidate),
    )
    return Noted(article=candidate.key, sightings=_sightings(candidate), waiting={candidate.key: waiting})


def waiting_candidate(waiting: bytes) -> Candidate:
    """The candidate that was left waiting for its page."""
    return _decode(waiting)


def _choice(main: Shown, found: PageFound | None) -> Choice:
    return choose(
        main.entry,
        found.page if found else None,
        found.missing if found else None,
        main.full_text,
        reached=found.url if found else None,
        is_foreign=_is_foreign(main, found),
    )


def _names(main: Shown, found: PageFound | None, choice: Choice) -> list[str]:
    return [] if choice.reason in NOT_ITS_PAGE else names_of_page(found, main.entry.link)


def _stated(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


def _is_foreign(main: Shown, found: PageFound | None) -> bool:
    """Whether the page is another site's than the feed's; a link through a third leads home again, often."""
    return main.is_foreign(found.url if found and found.page else main.entry.link)


def _later(candidate: Candidate, found: PageFound, choice: Choice, now: datetime) -> Candidate | None:
    """The candidate as it is to wait for a page that did not come, or in whose place another did; None: no longer."""
    pauses = LAG if found.page and choice.reason in MAY_PASS else found.pauses
    if pauses and not candidate.is_due(now):
        # Asked by force: a person's ten tries within a minute would end its waiting.
        return candidate
    tries = candidate.tries + 1
    due = next_try(pauses, tries, now, retry_after=found.retry_after)
    why = found.missing or choice.reason
    return msgspec.structs.replace(candidate, tries=tries, due=due, why=why) if due else None


def _sightings(candidate: Candidate, more_names: Sequence[str] = ()) -> tuple[Sighting, ...]:
    """What the store notes of a candidate."""
    return tuple(one.sighting(more_names) for one in candidate.shown)


def _held(candidate: Candidate, document: Document, choice: Choice) -> Held:
    """What the store notes of the text that was chosen."""
    main, before = candidate.shown[0], candidate.held
    link = link_name(main.entry.link) if choice.source == "page" and main.entry.link else None
    held = Held(
        source=choice.source,
        words=size(choice.text),
        cut=Flag.TRUNCATED in choice.flags,
        feed=main.feed_url,
        link=link,
        title=document.title,
    )
    if before is None or not before.feed or link is None or link != before.link or main.feed_url == before.feed:
        return held
    # The same page, to which another feed leads this time: it stays the first one's, whose headline the store has.
    return msgspec.structs.replace(held, feed=before.feed, title=before.title)


def _nothing(candidate: Candidate, choice: Choice, raw: RawPage | None) -> Noted:
    main = candidate.shown[0]
    source = Source.fetched(main.entry.link or main.feed_url)
    # Not its place in the feed, which changes: the same item is set aside once.
    detail = f"neither page nor feed has a text ({choice.reason}); shown by {main.feed_url}"
    return Noted(
        article=candidate.key,
        sightings=_sightings(candidate),
        aside=source.aside(Reason.NO_TEXT, detail) if candidate.held is None else None,
        raw=raw,
        waiting={candidate.key: None},
    )


def _document(candidate: Candidate, main: Shown, found: PageFound | None, choice: Choice) -> Document:
    entry, page = main.entry, (found.page if found else None) or _NO_PAGE
    url = found.url if found and found.page else entry.link
    from_page = choice.source == "page"
    publisher, publisher_source = _publisher(main, None if not from_page and _is_foreign(main, found) else url)
    flags = (*choice.flags, *(page.flags if from_page else (Flag.DECODED_WITH_ERRORS,) if main.faulty else ()))
    own_language, other_language = entry.language or main.language, page.language
    return Document(
        # A link that many entries have, as the site's, is no id: of the notices of a day all but one were set aside.
        id=candidate.article or text_id(choice.text),
        url=url,
        publisher=publisher,
        publisher_source=publisher_source,
        language=(other_language or own_language) if from_page else (own_language or other_language),
        title=entry.title or page.title,
        summary=(without_lead(entry.summary or "") or page.summary) if choice.source != "feed_summary" else None,
        authors=entry.authors or page.authors,
        section=page.section,
        tags=entry.tags or page.tags,
        image=entry.image or page.image,
        date_published=entry.published or page.date_published,
        date_modified=entry.updated or page.date_modified,
        date_source="feed" if entry.published else page.date_source or "input",
        agencies=page.agencies,
        flags=flags,
        text=choice.text,
        hints=choice.hints,
    )


def _publisher(main: Shown, url: str | None) -> tuple[str | None, PublisherSource]:
    """Whose article it is: the subscription says so, or the entry's source, or else its URL, or the feed's.

    Args:
        main: the entry and its feed.
        url: of the article; None where the text is the feed's remarks on another site's page.
    """
    if main.publisher:
        return main.publisher, "feed"
    source = main.entry.source.url if main.entry.source else None
    if source and (domain := registrable_domain(source)):
        return domain, "feed"
    if url and (domain := registrable_domain(url)):
        return domain, "url"
    return registrable_domain(main.site or main.feed_url), "feed"


def _metadata(candidate: Candidate, main: Shown, choice: Choice, page: Page | None) -> dict[str, Any]:
    own = [one.feed_url for one in candidate.shown]
    source = {"source": msgspec.to_builtins(main.entry.source)} if main.entry.source else {}
    return {
        "feeds": [*own, *(feed for feed in candidate.feeds if feed not in own)],
        "text_source": choice.source,
        "text_reason": choice.reason,
        **source,
        **(page.told(of_text=choice.source == "page") if page else {}),
        **main.entry.metadata,
    }
