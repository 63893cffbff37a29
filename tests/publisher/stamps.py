"""What a server says of a feed's state, and whether a reader knows it already (RFC 9110, section 13)."""

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

from tests.publisher.editions import Feed

FIRST_ISSUE = datetime(2025, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - format_datetime wants this one
MIME = {"rss10": "application/rdf+xml", "cdf": "application/x-cdf"}


def mime(feed: Feed) -> str:
    """What servers call a feed; some name the encoding, some leave it to the feed."""
    if feed.style.form.startswith("json"):
        return "application/feed+json"
    family = "application/atom+xml" if feed.style.form.startswith("atom") else "application/rss+xml"
    kind = MIME.get(feed.style.form, family) if feed.number % 4 else "text/xml"
    return f"{kind}; charset={feed.encoding}" if feed.number % 2 == 0 else kind


def stamped(feed: Feed, changes: int) -> dict[str, str]:
    """The headers of a feed's state: some have an ETag, some a Last-Modified, some both."""
    stamps = {}
    if feed.number % 3 != 1:
        stamps["ETag"] = f'{"W/" * (feed.number % 2)}"{feed.number}-{changes}"'
    if feed.number % 3 != 0:
        # A minute later with each change: by the clock, two changes may fall into one second.
        stamps["Last-Modified"] = format_datetime(FIRST_ISSUE + timedelta(minutes=changes), usegmt=True)
    return stamps


def unchanged(asked: dict[str, str], stamps: dict[str, str]) -> bool:
    """Whether a request says that it knows this state; its date counts only if it gives no ETag."""
    if given := asked.get("if-none-match"):
        return any(_strong(one) in {"*", _strong(stamps.get("ETag", ""))} for one in given.split(","))
    if (since := asked.get("if-modified-since")) and "Last-Modified" in stamps:
        return parsedate_to_datetime(stamps["Last-Modified"]) <= parsedate_to_datetime(since)
    return False


def _strong(etag: str) -> str:
    """If-None-Match compares weakly: the mark of a weak ETag does not count."""
    return etag.strip().removeprefix("W/")
