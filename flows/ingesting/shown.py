"""An entry, and the feed that shows it."""

from collections.abc import Sequence

import msgspec

from flows.feeds.feed import Entry
from flows.feeds.sighting import Marks, Sighted, Sighting
from flows.feeds.subscriptions import FullText
from flows.identity import domain_or_host
from flows.ingesting.naming import Naming


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the feed that shows it.

    Attributes:
        feed_url: as it was subscribed to.
        site: the feed's, as it says itself.
        publisher: of the feed, by subscription; None where that does not say.
        language: of the feed.
        faulty: whether bytes of the feed had to be replaced.
    """

    feed_url: str
    publisher: str | None
    full_text: FullText
    language: str | None
    faulty: bool
    entry: Entry
    naming: Naming
    site: str | None = None

    def marks_to(self, other: "Shown") -> Marks:
        """Its marks, as far as they tell it from what another entry shows."""
        return self.naming.marks if self.feed_url == other.feed_url else self.naming.marks.elsewhere()

    def is_foreign(self, url: str | None) -> bool:
        """Whether a URL is another site's: what this feed says of it are the remarks of somebody else."""
        own = {self.publisher, *(domain_or_host(each) for each in (self.feed_url, self.site) if each)}
        return url is not None and domain_or_host(url) not in own

    def sighting(self, more_names: Sequence[str]) -> Sighting:
        """What the store notes of it."""
        return Sighting(
            feed=self.feed_url,
            names=(*self.naming.names, *more_names),
            sighted=Sighted(self.naming.fingerprint, self.naming.marks),
        )
