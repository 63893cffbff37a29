"""Which entries of a group of feeds have something to bring: the same article in several feeds is one candidate."""

from collections.abc import Container, Iterable, Mapping
from typing import Literal

import msgspec

from flows.feeds.sighting import Sighted, TextSource
from flows.ingesting.joining import Known, same_articles
from flows.ingesting.shown import Shown

_FULLEST: tuple[TextSource, ...] = ("page", "feed_content", "feed_summary")

Verdict = Literal["new", "again", "note", "nothing"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An article that brings something: a record, or at least a note that a feed shows it.

    Attributes:
        article: its id; None leaves it to its text.
        shown: where, the fullest first.
        tries: how often its page could not be had so far.
        feeds: that showed it in earlier runs.
        verdict: `note` where the store has what these feeds say.
    """

    article: str | None
    shown: tuple[Shown, ...]
    tries: int = 0
    feeds: tuple[str, ...] = ()
    verdict: Verdict

    @property
    def key(self) -> str:
        """What its notes are kept under: its id, or where only its text will tell that, its surest name."""
        return self.article or self.shown[0].naming.names[0]


def find_candidates(shown: Iterable[Shown], known: Known) -> list[Candidate]:
    """The candidates among what feeds show, in the order in which they are met; what brings nothing is left out."""
    taken = set(known.articles)
    found = []
    for article, group in same_articles(shown, known):
        candidate = _candidate(article, _fullest_by_feed(group), known, taken)
        if candidate.article is not None:
            taken.add(candidate.article)
        if candidate.verdict != "nothing":
            found.append(candidate)
    return found


def _candidate(article: str | None, group: list[Shown], known: Known, taken: Container[str]) -> Candidate:
    before = known.sightings.get(article, {}) if article is not None else {}
    verdicts = {_verdict(one, before, is_known=article is not None) for one in group}
    verdict: Verdict = next(verdict for verdict in ("new", "again", "note", "nothing") if verdict in verdicts)
    if article is None and group[0].naming.id in taken:
        apart = msgspec.structs.replace(group[0], naming=group[0].naming.apart_from(taken))
        group = [apart, *group[1:]]
    return Candidate(
        article=article if article is not None else group[0].naming.id,
        shown=tuple(group),
        feeds=tuple(before),
        verdict=verdict,
    )


def _verdict(one: Shown, before: Mapping[str, Sighted], *, is_known: bool) -> Verdict:
    if not is_known:
        return "new"
    mine = before.get(one.feed_url)
    if mine is not None:
        return "nothing" if mine.fingerprint == one.naming.fingerprint else "again"
    stored = [sighted.text for sighted in before.values() if sighted.text is not None]
    fullest = min(map(_FULLEST.index, stored), default=len(_FULLEST))
    return "again" if _FULLEST.index(_promised(one)) < fullest else "note"


def _promised(one: Shown) -> TextSource:
    """The fullest text that may come of an entry."""
    if one.entry.link and one.full_text != "never":
        return "page"
    return "feed_content" if one.entry.content else "feed_summary"


def _fullest_by_feed(group: list[Shown]) -> list[Shown]:
    """One of each feed, the fullest first: a feed that shows an article twice is noted once."""
    by_feed: dict[str, Shown] = {}
    for one in sorted(group, key=_shortness):
        by_feed.setdefault(one.feed_url, one)
    return list(by_feed.values())


def _shortness(one: Shown) -> tuple[int, bool]:
    return -max(len(one.entry.content or ""), len(one.entry.summary or "")), not one.naming.has_page
