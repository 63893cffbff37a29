"""An entry, and the feed that shows it."""

from collections.abc import Sequence

import msgspec

from flows.feeds.feed import Entry
from flows.feeds.sighting import Sighted, Sighting, TextSource
from flows.feeds.subscriptions import FullText
from flows.ingesting.naming import Naming


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the feed that shows it.

    Attributes:
        feed_url: as it was subscribed to.
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

    def sighting(self, text: TextSource | None, more_names: Sequence[str]) -> Sighting:
        """What the store notes of it, with the source of the article's text, as `Sighted` has it."""
        return Sighting(
            feed=self.feed_url,
            names=(*self.naming.names, *more_names),
            sighted=Sighted(self.naming.fingerprint, text, self.naming.marks),
        )
