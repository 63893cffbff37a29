"""Asking feeds: conditional requests out, feeds or reasons in."""

from collections.abc import Iterable, Iterator

import msgspec

from cleaners.errors import CleancopyError
from flows.documents.confined import LOSSES
from flows.documents.loaded import Reason
from flows.feeds.feed import Feed
from flows.feeds.feed_state import FeedState
from flows.feeds.parsing import parse_feed
from flows.feeds.refusals import NotAFeedError
from flows.fetching.batch import FetchMany
from flows.fetching.results import Failed, Fetched, Outcome, Request
from flows.ingesting.answers import read_answers
from flows.ingesting.due import Due
from flows.sandbox import Lost, Sandbox

# Feeds first; but much that is a feed is sent as something else.
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


class Polled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking a feed.

    Attributes:
        due: the feed, and what was known of it before.
        outcome: of the request; what came is in `feed`, no longer in here.
        feed: as it was read; None where it is unchanged or failed.
        reason, detail: why it failed; None where it did not.
        is_content: whether what failed is what came, not the way to it.
    """

    due: Due
    outcome: Outcome
    feed: Feed | None = None
    reason: str | None = None
    detail: str | None = None
    is_content: bool = False


def poll(feeds: Iterable[Due], fetch: FetchMany, sandbox: Sandbox) -> Iterator[Polled]:
    """Ask the feeds, each with what is known of the copy at hand, and read what is new; as the answers come."""
    asked = ((_request(due.state), due) for due in feeds)
    for due, outcome, read in read_answers(asked, feed_of, fetch, sandbox):
        yield _polled(due, outcome, read)


def feed_of(fetched: Fetched) -> Feed:
    """The feed that came.

    Raises:
        NotAFeedError: it is none.
    """
    return parse_feed(fetched.content, url=fetched.url, charset=fetched.charset)


def reason_of(unread: Lost | CleancopyError) -> tuple[Reason, str]:
    """Why bytes that were to be a feed gave none: a reason of the quarantine, and one line.

    Raises:
        CleancopyError: an error that is not of their making.
    """
    if isinstance(unread, NotAFeedError):
        return Reason.NOT_A_FEED, f"{unread.reason}: {unread}"
    if isinstance(unread, CleancopyError):
        raise unread
    return LOSSES[unread.reason], unread.detail


def _request(state: FeedState) -> Request:
    return Request(url=state.url, etag=state.etag, last_modified=state.last_modified, accept=_ACCEPT)


def _polled(due: Due, outcome: Outcome, read: Feed | Lost | CleancopyError | None) -> Polled:
    if isinstance(outcome, Failed):
        return Polled(due=due, outcome=outcome, reason=outcome.reason, detail=outcome.detail)
    if isinstance(read, Lost | CleancopyError):
        reason, detail = reason_of(read)
        return Polled(due=due, outcome=_without_body(outcome), reason=reason, detail=detail, is_content=True)
    return Polled(due=due, outcome=_without_body(outcome), feed=read)


def _without_body(outcome: Outcome) -> Outcome:
    return msgspec.structs.replace(outcome, content=b"") if isinstance(outcome, Fetched) else outcome
