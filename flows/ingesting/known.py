"""What is known of what feeds show: by the store, and by the run that has not written it down yet."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from flows.ingesting.candidates import Candidate
from flows.ingesting.joining import Known
from flows.ingesting.naming import Naming
from flows.ingesting.sameness import is_same
from flows.ingesting.shown import Shown
from flows.store.holding import held_texts
from flows.store.sightings import articles_named, sightings_of
from flows.store.state import articles
from flows.store.store import Store


def known_of(namings: Iterable[Naming], store: Store) -> Known:
    """What is known by any of the entries' names."""
    return known_by({name for naming in namings for name in naming.all_names}, store)


def with_texts(candidates: Iterable[Candidate], store: Store) -> list[Candidate]:
    """Candidates that waited, with what the store has of their texts by now."""
    those = list(candidates)
    texts = held_texts(store, filter(None, (candidate.article for candidate in those)))
    return [msgspec.structs.replace(each, held=texts.get(each.article or "")) for each in those]


def known_by(names: set[str], store: Store) -> Known:
    """What is known by any of these names; one may be the id of an article that `clean` brought."""
    with store.state.begin() as connection:
        named = articles_named(connection, names)
        ids = {key: (key,) for key in articles(connection, names - named.keys())}
        found = {*ids, *(article for those in named.values() for article in those)}
        sightings = sightings_of(connection, found)
    return Known({**ids, **named}, sightings, held_texts(store, found))


class Brought:
    """Articles that a group of feeds has brought so far, which the store may not have yet."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[tuple[str, Shown]]] = defaultdict(list)

    def add(self, article: str, names: Iterable[str], one: Shown) -> None:
        """An article came, with these names."""
        for name in names:
            self._by_name[name].append((article, one))

    def article_of(self, names: Iterable[str], one: Shown) -> str | None:
        """The article that came under one of these names already."""
        return next(
            (
                article
                for name in names
                for article, before in self._by_name.get(name, ())
                if is_same(name, one.naming.marks, [before.marks_to(one)])
            ),
            None,
        )
