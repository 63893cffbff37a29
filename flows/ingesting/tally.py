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
        kept_for_later: articles beyond `--limit` that wait in the store.
        passed_over: others beyond it, which the next run asks for again, or their feeds do.
        left_out: entries beyond the most that are read of one feed.
        counts: of cleaning.
    """

    feeds: Counter[str] = msgspec.field(default_factory=Counter)
    failed: Counter[str] = msgspec.field(default_factory=Counter)
    texts: Counter[str] = msgspec.field(default_factory=Counter)
    waits: Counter[str] = msgspec.field(default_factory=Counter)
    kept_for_later: int = 0
    passed_over: int = 0
    left_out: int = 0
    counts: Counts = msgspec.field(default_factory=Counts)

    @property
    def waiting(self) -> int:
        """How many articles wait for their pages."""
        return self.waits.total()

    @property
    def left(self) -> int:
        """How many articles are beyond `--limit`; the next run brings them."""
        return self.kept_for_later + self.passed_over

    def add(self, counts: Counts, *, texts: Counter[str]) -> None:
        """Add what a shard brought."""
        self.counts = Counts.total([self.counts, counts])
        self.texts += texts
