"""What the store knows of what feeds show."""

from collections.abc import Iterable

import msgspec

from flows.ingesting.candidates import Candidate, Known
from flows.ingesting.naming import Naming
from flows.store.sightings import articles_named, sightings_of, texts_of
from flows.store.store import Store


def known_of(namings: Iterable[Naming], store: Store) -> Known:
    """What is known by any of the entries' names."""
    names = {name for naming in namings for name in naming.names}
    with store.state.begin() as connection:
        articles = articles_named(connection, names)
        return Known(articles, sightings_of(connection, articles.values()), texts_of(connection, articles.values()))


def with_texts(candidates: Iterable[Candidate], store: Store) -> list[Candidate]:
    """Candidates that waited, with what the store has of their texts by now."""
    those = list(candidates)
    with store.state.begin() as connection:
        texts = texts_of(connection, filter(None, (candidate.article for candidate in those)))
    return [msgspec.structs.replace(each, held=texts.get(each.article or "")) for each in those]


def article_named(name: str, store: Store) -> str | None:
    """The article that a name leads to."""
    with store.state.begin() as connection:
        return articles_named(connection, [name]).get(name)
