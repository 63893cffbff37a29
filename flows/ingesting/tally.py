"""What a run of ingesting did, in numbers and in reasons."""

from collections import Counter

import msgspec

from flows.counts import Counts


class Tally(msgspec.Struct, kw_only=True):
    """What one run did.

    Attributes:
        feeds: by what came of them: `new` (articles found), `nothing_new`, `unchanged` (304), `failed`; or `not_due`,
            `off`, not asked.
        failed: those that failed, by reason.
        texts: articles by where their text came from: `page`, `feed_content`, `feed_summary`.
        waits: articles whose pages could not be had for a reason that may pass, by reason; runs ask again when due.
        left: articles beyond `--limit`; the next run brings them.
        left_out: entries beyond the most that are read of one feed.
        counts: of cleaning.
    """

    feeds: Counter[str] = msgspec.field(default_factory=Counter)
    failed: Counter[str] = msgspec.field(default_factory=Counter)
    texts: Counter[str] = msgspec.field(default_factory=Counter)
    waits: Counter[str] = msgspec.field(default_factory=Counter)
    left: int = 0
    left_out: int = 0
    counts: Counts = msgspec.field(default_factory=Counts)

    @property
    def waiting(self) -> int:
        """How many articles wait for their pages."""
        return self.waits.total()

    def add(self, counts: Counts, *, texts: Counter[str], waits: Counter[str], left: int) -> None:
        """Add what a group of feeds brought."""
        self.counts = Counts.total([self.counts, counts])
        self.texts += texts
        self.waits += waits
        self.left += left
