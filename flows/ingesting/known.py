"""What the store knows of what feeds show."""

from collections.abc import Iterable

from flows.ingesting.candidates import Known
from flows.ingesting.naming import Naming
from flows.store.sightings import articles_named, sightings_of
from flows.store.store import Store


def known_of(namings: Iterable[Naming], store: Store) -> Known:
    """What is known by any of the entries' names."""
    names = {name for naming in namings for name in naming.names}
    with store.state.begin() as connection:
        articles = articles_named(connection, names)
        return Known(articles, sightings_of(connection, articles.values()))


def article_named(name: str, store: Store) -> str | None:
    """The article that a name leads to."""
    with store.state.begin() as connection:
        return articles_named(connection, [name]).get(name)
