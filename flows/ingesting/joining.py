"""Which entries of several feeds are the same article, and which article of the store that is. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter

import msgspec

from flows.feeds.sighting import Held, Sighted
from flows.ingesting.sameness import SAME, SURE, how_sure, is_same, is_surely_same
from flows.ingesting.shown import Shown
from flows.store.sightings import MOST_ARTICLES


class Known(msgspec.Struct, frozen=True):
    """What the store knows.

    Attributes:
        articles: by name; several, where one name was several articles' in turn.
        sightings: for each article, how feeds showed it.
        texts: for each article, what text it has.
    """

    articles: Mapping[str, Collection[str]]
    sightings: Mapping[str, Mapping[str, Sighted]]
    texts: Mapping[str, Held] = {}

    def article_of(self, one: Shown, more_names: Iterable[str] = ()) -> str | None:
        """The article that an entry is, by its own names or by more that it was found to have."""
        best, how_best = None, SAME - 1
        for name in dict.fromkeys((*one.naming.all_names, *more_names)):
            for article in self.articles.get(name, ()):
                if (how := self._how_sure(name, article, one)) > how_best:
                    best, how_best = article, how
        return best

    def leads(self, name: str, article: str) -> bool:
        """Whether a name leads to an article, or to as many others as are kept."""
        articles = self.articles.get(name, ())
        return article in articles or len(articles) >= MOST_ARTICLES

    def _how_sure(self, name: str, article: str, one: Shown) -> int:
        naming = one.naming
        if name == naming.apart:
            return SURE
        before = [
            sighted.marks if feed == one.feed_url else sighted.marks.elsewhere()
            for feed, sighted in self.sightings.get(article, {}).items()
        ]
        if name in naming.shared:
            return SAME if is_surely_same(naming.marks, before) else SAME - 1
        return how_sure("link:" if name == naming.page else name, naming.marks, before)


class _Article:
    """Entries that are one article; empty once they are another's, too."""

    def __init__(self, article: str | None) -> None:
        self.article = article
        self.shown: list[tuple[int, Shown]] = []

    def has(self, name: str, one: Shown, article: str | None) -> bool:
        """Whether an entry, and the store's article that it is, are this article."""
        if not self.shown or (self.article is not None and article is not None and self.article != article):
            return False
        return any(is_same(name, one.naming.marks, [each.marks_to(one)]) for _, each in self.shown)

    def take_in(self, other: "_Article") -> None:
        self.article = self.article if self.article is not None else other.article
        self.shown.extend(other.shown)
        other.shown = []


def same_articles(shown: Iterable[Shown], known: Known) -> list[tuple[str | None, list[Shown]]]:
    """What is shown, the same article together, each with its id in the store; in the order in which they are met.

    Entries are one article if they share a name that tells, or names with a third one; those of two articles of the
    store stay two.
    """
    found: list[_Article] = []
    by_name: dict[str, list[_Article]] = defaultdict(list)
    by_article: dict[str, _Article] = {}
    for number, one in enumerate(shown):
        article = known.article_of(one)
        joined = _Article(article)
        if article is not None:
            joined = by_article.setdefault(article, joined)
        joined.shown.append((number, one))
        for name in one.naming.names:
            for other in by_name[name]:
                if other is not joined and other.has(name, one, joined.article):
                    # The smaller into the larger, and none twice: thousands of entries may have one link.
                    joined, taken = (other, joined) if len(other.shown) > len(joined.shown) else (joined, other)
                    joined.take_in(taken)
            by_name[name] = [*(other for other in by_name[name] if other.shown and other is not joined), joined]
        if joined.article is not None:
            by_article[joined.article] = joined
        found.append(joined)
    ordered = [(each.article, sorted(each.shown, key=itemgetter(0))) for each in dict.fromkeys(found) if each.shown]
    ordered.sort(key=lambda one: one[1][0][0])
    return [(article, [each for _, each in those]) for article, those in ordered]
