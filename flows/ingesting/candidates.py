"""Which entries of a group of feeds have something to bring: the same article in several feeds is one candidate."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from flows.feeds.sighting import FULLEST, Held, Sighted, TextSource
from flows.ingesting.joining import Known, same_articles
from flows.ingesting.replacing import LONGER
from flows.ingesting.shown import Shown
from flows.pages.likeness import size
from flows.store.waiting import BEYOND_LIMIT

Verdict = Literal["new", "again", "note", "nothing"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An article that brings something: a record, or at least a note that a feed shows it.

    Attributes:
        article: its id; None leaves it to its text.
        shown: where, the fullest first.
        why: its page could not be had the last time, or a limit left it, as a reason code.
        tries: how often its page could not be had so far.
        due: when it may be asked for again; None: at once.
        feeds: that showed it in earlier runs.
        held: what the store has of its text.
        verdict: `note` where the store has what these feeds say.
    """

    article: str | None
    shown: tuple[Shown, ...]
    why: str | None = None
    tries: int = 0
    due: datetime | None = None
    feeds: tuple[str, ...] = ()
    held: Held | None = None
    verdict: Verdict

    @property
    def key(self) -> str:
        """What its notes are kept under: its id, or where only its text will tell that, its surest name."""
        return self.article or self.shown[0].naming.names[0]

    @property
    def is_coming(self) -> bool:
        """Whether it is new, or has waited since it was."""
        return self.verdict == "new" or self.why is not None

    def is_due(self, now: datetime) -> bool:
        """Whether its page may be asked for."""
        return self.due is None or self.due <= now

    def left(self, now: datetime) -> "Candidate":
        """As it waits for a run whose limit it is not beyond."""
        if self.why is not None:
            return self
        return msgspec.structs.replace(self, due=now, why=BEYOND_LIMIT)

    def waiting_like(self, before: "Candidate | None") -> "Candidate":
        """What feeds show now of an article that has waited: it goes on to, and the other feeds still show it."""
        if before is None:
            return self
        mine = {one.feed_url for one in self.shown}
        others = (one for one in before.shown if one.feed_url not in mine)
        shown = tuple(in_order([*self.shown, *others], self.held))
        return msgspec.structs.replace(self, shown=shown, tries=before.tries, due=before.due, why=before.why)


def find_candidates(shown: Iterable[Shown], known: Known) -> list[Candidate]:
    """The candidates among what feeds show, in the order in which they are met; what brings nothing is left out."""
    taken = {article for articles in known.articles.values() for article in articles}
    found = []
    for article, group in same_articles(shown, known):
        candidate = _candidate(article, group, known, taken)
        if candidate.article is not None:
            taken.add(candidate.article)
        if candidate.verdict != "nothing":
            found.append(candidate)
    return found


def _candidate(article: str | None, group: list[Shown], known: Known, taken: Container[str]) -> Candidate:
    before = known.sightings.get(article, {}) if article is not None else {}
    held = known.texts.get(article) if article is not None else None
    group = in_order(group, held)
    verdicts = {_verdict(one, article, before, held, known) if article is not None else "new" for one in group}
    verdict: Verdict = next(verdict for verdict in ("new", "again", "note", "nothing") if verdict in verdicts)
    if article is None and group[0].naming.id in taken:
        apart = msgspec.structs.replace(group[0], naming=group[0].naming.apart_from(taken))
        group = [apart, *group[1:]]
    return Candidate(
        article=article if article is not None else group[0].naming.id,
        shown=tuple(group),
        feeds=tuple(before),
        held=held,
        verdict=verdict,
    )


def _verdict(one: Shown, article: str, before: Mapping[str, Sighted], held: Held | None, known: Known) -> Verdict:
    """What an entry of an article that is known brings."""
    mine = before.get(one.feed_url)
    if mine is not None and mine.fingerprint != one.naming.fingerprint:
        return "again"
    if mine is not None:
        # A guid or link that has changed is a name from now on: the other may change the next time.
        return "nothing" if all(known.leads(name, article) for name in one.naming.names) else "note"
    # A text that no feed brought is nobody's until its feed and page say whether it is theirs.
    if held is None or not held.feed:
        return "again"
    return "again" if FULLEST.index(_promised(one)) < FULLEST.index(held.source) else "note"


def _promised(one: Shown) -> TextSource:
    """The fullest text that may come of an entry."""
    if one.entry.link and one.full_text != "never":
        return "page"
    return "feed_content" if one.entry.content else "feed_summary"


def in_order(group: list[Shown], held: Held | None) -> list[Shown]:
    """One of each feed, that one first whose text or page is to be taken."""
    return _its_own_first(_fullest_by_feed(group), held)


def _fullest_by_feed(group: list[Shown]) -> list[Shown]:
    """One of each feed, the fullest first: a feed that shows an article twice is noted once.

    Remarks on another site's page come last, however long: the publisher's own feed knows its headline.
    """
    by_feed: dict[str, Shown] = {}
    for one in sorted(group, key=lambda one: (one.is_foreign(one.entry.link), _shortness(one))):
        by_feed.setdefault(one.feed_url, one)
    return list(by_feed.values())


def _its_own_first(group: list[Shown], held: Held | None) -> list[Shown]:
    """The feed that brought the stored text before the others, which would be taken for it only if they have more."""
    own = next((one for one in group if held is not None and one.feed_url == held.feed), None)
    if own is None or held is None or _words(group[0]) >= LONGER * held.words:
        return group
    return [own, *(one for one in group if one is not own)]


def _words(one: Shown) -> int:
    return max(size(one.entry.content or ""), size(one.entry.summary or ""))


def _shortness(one: Shown) -> tuple[int, bool]:
    return -max(len(one.entry.content or ""), len(one.entry.summary or "")), not one.naming.has_page
