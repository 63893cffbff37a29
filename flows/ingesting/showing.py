"""What an answered feed shows: its entries with their namings. Pure."""

from collections.abc import Collection, Iterator
from datetime import date

from cleaners.fields.dates import read_date
from flows.feeds.feed import Entry
from flows.feeds.subscriptions import publisher_of
from flows.ingesting.naming import name_entries, shared_names
from flows.ingesting.polling import Polled
from flows.ingesting.shown import Shown

# A feed all of whose entries have one name has one such; those that have many are remembered so far.
MOST_SHARED = 1000


def shared_by(polled: Polled) -> list[str]:
    """The names that several articles of a feed have, or had before, as many as are kept."""
    known = polled.due.state.shared
    now = shared_names(polled.feed, publisher_of(polled.due.subscription)) if polled.feed else ()
    return [*dict.fromkeys((*sorted(now), *known))][:MOST_SHARED]


def shown_by(polled: Polled, shared: Collection[str], since: date | None) -> Iterator[Shown]:
    """What a feed shows, less what is older than is wanted.

    Args:
        polled: the feed; it shows nothing where it is unchanged or failed.
        shared: as `shared_by` has it.
        since: entries dated before this day are left alone.
    """
    if polled.feed is None:
        return
    subscription = polled.due.subscription
    namings = name_entries(polled.feed, publisher_of(subscription), shared)
    for entry, naming in zip(polled.feed.entries, namings, strict=True):
        if since is None or not _is_before(entry, since):
            yield Shown(
                feed_url=subscription.url,
                publisher=subscription.publisher,
                full_text=subscription.full_text,
                language=polled.feed.language,
                faulty=polled.feed.faulty,
                entry=entry,
                naming=naming,
                site=polled.feed.link,
            )


def _is_before(entry: Entry, since: date) -> bool:
    """Whether it is dated, and before that day where it was written."""
    stated = entry.updated or entry.published
    value = read_date(stated, None).value if stated else None
    return value is not None and value[:10] < since.isoformat()
