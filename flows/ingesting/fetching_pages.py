"""The pages of candidates: which are wanted, and what came of asking for them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from cleaners.errors import CleancopyError
from flows.documents.loaded import Reason as NotRead
from flows.documents.loaded import UnusableError
from flows.documents.pages import read_page_bytes
from flows.fetching.batch import FetchMany
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.retries import RETRIED
from flows.ingesting.answers import read_answers
from flows.ingesting.candidates import Candidate
from flows.ingesting.choosing import wants_page
from flows.ingesting.page_found import PageFound
from flows.ingesting.patience import LAG, OUTAGE
from flows.pages.page import Page, RawPage
from flows.sandbox import Lost, Sandbox

_MAY_PASS = RETRIED | {Reason.CIRCUIT_OPEN}
_NOT_FOUND = 404
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5"


def with_pages(
    candidates: Iterable[Candidate], fetch: FetchMany, sandbox: Sandbox, *, keep_raw: bool
) -> Iterator[tuple[Candidate, PageFound | None]]:
    """Each candidate with what came of its page, itself if it is to be kept; those that want none come first."""
    asked = []
    for candidate in candidates:
        link = _wanted_link(candidate)
        if link is None:
            yield candidate, None
        else:
            asked.append((Request(url=link, accept=_ACCEPT), candidate))
    for candidate, outcome, read in read_answers(asked, read_page, fetch, sandbox):
        yield candidate, _found(outcome, read, keep_raw=keep_raw)


def _wanted_link(candidate: Candidate) -> str | None:
    main = candidate.shown[0]
    link = main.entry.link
    if candidate.verdict == "note" or not main.naming.has_page:
        return None
    return link if wants_page(main.entry, main.full_text, is_foreign=main.is_foreign(link)) else None


def read_page(fetched: Fetched) -> Page:
    """The article of a page that came.

    Raises:
        UnusableError: it is none, or has no text.
    """
    return read_page_bytes(fetched.content, fetched.url, fetched.charset)


def _found(outcome: Outcome, read: Page | Lost | CleancopyError | None, *, keep_raw: bool) -> PageFound:
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    found = PageFound(url=outcome.url, date_fetched=now)
    if isinstance(outcome, Failed):
        return msgspec.structs.replace(
            found, missing=outcome.reason, pauses=_pauses(outcome), retry_after=outcome.retry_after
        )
    if not isinstance(outcome, Fetched):
        return msgspec.structs.replace(found, missing=Reason.SERVER_ERROR, pauses=OUTAGE)
    if keep_raw:
        raw = RawPage(
            url=outcome.url,
            date_fetched=now,
            status=outcome.status,
            headers=outcome.headers,
            content=outcome.content,
            is_page=not (isinstance(read, UnusableError) and read.reason is NotRead.BINARY),
        )
        found = msgspec.structs.replace(found, raw=raw)
    if isinstance(read, Page):
        return msgspec.structs.replace(found, page=read)
    if isinstance(read, UnusableError | Lost):
        return msgspec.structs.replace(found, missing=read.reason)
    raise read or AssertionError("whatever came was read")


def _pauses(failed: Failed) -> tuple[timedelta, ...]:
    """Between the tries of a page that may come later; a 404 may be a cache that has not heard of the article yet."""
    if failed.reason in _MAY_PASS:
        return OUTAGE
    return LAG if failed.status == _NOT_FOUND else ()
