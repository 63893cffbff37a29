"""The pages of candidates: which are wanted, and what came of asking for them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from cleaners.errors import CleancopyError
from flows.documents.loaded import UnusableError
from flows.fetching.results import Failed, Outcome, Reason, Request
from flows.fetching.retries import RETRIED
from flows.ingesting.answers import read_answers
from flows.ingesting.arriving import PageFound
from flows.ingesting.candidates import Candidate
from flows.ingesting.choosing import wants_page
from flows.ingesting.polling import Fetch
from flows.sandbox import Lost, Sandbox

_MAY_PASS = RETRIED | {Reason.CIRCUIT_OPEN}
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5"


def with_pages(
    candidates: Iterable[Candidate], fetch: Fetch, sandbox: Sandbox
) -> Iterator[tuple[Candidate, PageFound | None]]:
    """Each candidate with what came of its page; those that want none come first, with None."""
    waiting: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        link = _wanted_link(candidate)
        if link is None:
            yield candidate, None
        else:
            waiting.setdefault(link, []).append(candidate)
    outcomes = fetch([Request(url=url, accept=_ACCEPT) for url in waiting])
    answers = ((outcome, waiting[outcome.request.url]) for outcome in outcomes)
    for outcome, those, read in read_answers(answers, read_page, sandbox):
        found = _found(outcome, read)
        for candidate in those:
            yield candidate, found


def _wanted_link(candidate: Candidate) -> str | None:
    main = candidate.shown[0]
    if candidate.verdict == "note" or not main.naming.has_page or not wants_page(main.entry, main.full_text):
        return None
    return main.entry.link


def _found(outcome: Outcome, read: Read | Lost | CleancopyError | None) -> PageFound:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if isinstance(outcome, Failed):
        may_pass = outcome.reason in _MAY_PASS
        return PageFound(url=outcome.url, date_fetched=now, missing=outcome.reason, may_pass=may_pass)
    if isinstance(read, UnusableError | Lost):
        return PageFound(url=outcome.url, date_fetched=now, missing=read.reason)
    if isinstance(read, CleancopyError):
        raise read
    return PageFound(url=outcome.url, date_fetched=now, page=read.page, faulty=read.faulty)
