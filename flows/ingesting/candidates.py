"""Which entries of a group of feeds have something to bring: the same article in several feeds is one candidate."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from flows.feeds.feed import Entry
from flows.feeds.sighting import FULLEST, Held, Sighted, Sighting, TextSource
from flows.feeds.subscriptions import FullText
from flows.identity import domain_or_host
from flows.ingesting.naming import Naming
from flows.ingesting.replacing import CLEARLY_LONGER
from flows.pages.likeness import size

Verdict = Literal["new", "again", "note", "nothing"]


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

    def is_foreign(self, url: str | None) -> bool:
        """Whether a URL is another site's: what this feed says of it are the remarks of somebody else."""
        own = {self.publisher, *(domain_or_host(each) for each in (self.feed_url, self.site) if each)}
        return url is not None and domain_or_host(url) not in own

    def sighting(self, more_names: Sequence[str]) -> Sighting:
        """What the store notes of it."""
        return Sighting(
            feed=self.feed_url,
            names=(*self.naming.names, *more_names),
            sighted=Sighted(self.naming.fingerprint),
        )


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An article that brings something: a record, or at least a note that a feed shows it.

    Attributes:
        article: its id; None leaves it to its text.
        shown: where, the fullest first.
        tries: how often its page could not be had so far.
        due: when it may be asked for again; None: at once.
        feeds: that showed it in earlier runs.
        held: what the store has of its text.
        verdict: `note` where the store has what these feeds say.
    """

    article: str | None
    shown: tuple[Shown, ...]
    tries: int = 0
    due: datetime | None = None
    feeds: tuple[str, ...] = ()
    held: Held | None = None
    verdict: Verdict

    @property
    def key(self) -> str:
        """What its notes are kept under: its id, or where only its text will tell that, its surest name."""
        return self.article or self.shown[0].naming.names[0]

    def is_due(self, now: datetime) -> bool:
        """Whether its page may be asked for."""
        return self.due is None or self.due <= now

    def waiting_like(self, before: "Candidate | None") -> "Candidate":
        """What feeds show now of an article that has waited: it goes on to, and the other feeds still show it."""
        if before is None:
            return self
        mine = {one.feed_url for one in self.shown}
        others = (one for one in before.shown if one.feed_url not in mine)
        shown = tuple(in_order([*self.shown, *others], self.held))
        return msgspec.structs.replace(self, shown=shown, tries=before.tries, due=before.due)


class Known(msgspec.Struct, frozen=True):
    """What the store knows: articles by name, and for each article how feeds showed it, and what text it has."""

    articles: Mapping[str, str]
    sightings: Mapping[str, Mapping[str, Sighted]]
    texts: Mapping[str, Held] = {}


def find_candidates(shown: Iterable[Shown], known: Known) -> list[Candidate]:
    """The candidates among what feeds show, in the order in which they are met; what brings nothing is left out."""
    found = []
    for group in _same_articles(shown, known):
        candidate = _candidate(group, known)
        if candidate.verdict != "nothing":
            found.append(candidate)
    return found


def _same_articles(shown: Iterable[Shown], known: Known) -> list[list[Shown]]:
    """What is shown, the same article together: by the article that a name leads to, or by a name that they share."""
    groups: dict[int, list[Shown]] = {}
    by_name: dict[str, int] = {}
    for number, one in enumerate(shown):
        names = [*one.naming.names, *(known.articles[name] for name in one.naming.names if name in known.articles)]
        group = next((by_name[name] for name in names if name in by_name), number)
        groups.setdefault(group, []).append(one)
        for name in names:
            by_name.setdefault(name, group)
    return list(groups.values())


def _candidate(group: list[Shown], known: Known) -> Candidate:
    article = next(
        (known.articles[name] for one in group for name in one.naming.names if name in known.articles), None
    )
    before = known.sightings.get(article, {}) if article is not None else {}
    held = known.texts.get(article) if article is not None else None
    group = in_order(group, held)
    verdicts = {_verdict(one, before, held, is_known=article is not None) for one in group}
    verdict: Verdict = next(verdict for verdict in ("new", "again", "note", "nothing") if verdict in verdicts)
    return Candidate(
        article=article if article is not None else group[0].naming.id,
        shown=tuple(group),
        feeds=tuple(before),
        held=held,
        verdict=verdict,
    )


def _verdict(one: Shown, before: Mapping[str, Sighted], held: Held | None, *, is_known: bool) -> Verdict:
    if not is_known:
        return "new"
    mine = before.get(one.feed_url)
    if mine is not None:
        return "nothing" if mine.fingerprint == one.naming.fingerprint else "again"
    return "again" if held is None or FULLEST.index(_promised(one)) < FULLEST.index(held.source) else "note"


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
    if own is None or held is None or _words(group[0]) >= CLEARLY_LONGER * held.words:
        return group
    return [own, *(one for one in group if one is not own)]


def _words(one: Shown) -> int:
    return max(size(one.entry.content or ""), size(one.entry.summary or ""))


def _shortness(one: Shown) -> int:
    return -max(len(one.entry.content or ""), len(one.entry.summary or ""))
