"""What a store knows of feeds: when each was asked, and which of its entries are which articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa

from flows.feeds.feed_state import FeedState
from flows.feeds.sighting import Held, Marks, Sighted, Sighting
from flows.store.many import insert_rows, rows_with, run_for_all
from flows.store.tables import FEEDS, NAMES, SIGHTINGS, TEXTS, WAITING

_states = msgspec.json.Decoder(FeedState)
_marks = msgspec.msgpack.Decoder(Marks)


def articles_named(connection: sa.Connection, names: Iterable[str]) -> dict[str, str]:
    """For those names that lead to an article, its id."""
    return {row.name: row.article for row in rows_with(connection, NAMES, NAMES.c.name, set(names))}


def sightings_of(connection: sa.Connection, articles: Iterable[str]) -> dict[str, dict[str, Sighted]]:
    """For each of the articles, by which feeds it was shown, and how."""
    found: dict[str, dict[str, Sighted]] = defaultdict(dict)
    for row in rows_with(connection, SIGHTINGS, SIGHTINGS.c.article, set(articles)):
        marks = _marks.decode(row.marks) if row.marks else Marks()
        found[row.article][row.feed] = Sighted(row.fingerprint, marks)
    return found


def put_sightings(connection: sa.Connection, seen: Sequence[tuple[str, Sighting]]) -> None:
    """Write down how feeds showed articles, given with their ids; a name that leads to another article goes on to."""
    sightings = {(article, sighting.feed): sighting.sighted for article, sighting in seen}
    names = {name: article for article, sighting in seen for name in sighting.names}
    put_names(connection, names)
    forget = sa.delete(SIGHTINGS).where(
        SIGHTINGS.c.article == sa.bindparam("article"), SIGHTINGS.c.feed == sa.bindparam("feed")
    )
    keys: list[tuple[object, ...]] = [*sorted(sightings)]
    run_for_all(connection, forget, ["article", "feed"], keys)
    insert_rows(
        connection,
        SIGHTINGS,
        [
            (article, feed, sighted.fingerprint, msgspec.msgpack.encode(sighted.marks))
            for (article, feed), sighted in sorted(sightings.items(), key=lambda item: item[0])
        ],
    )


def put_names(connection: sa.Connection, names: Mapping[str, str]) -> None:
    """Let names lead to articles; those that lead to one already stay as they are."""
    known = articles_named(connection, names)
    insert_rows(connection, NAMES, [(name, names[name]) for name in sorted(names.keys() - known.keys())])


def texts_of(connection: sa.Connection, articles: Iterable[str]) -> dict[str, Held]:
    """What is known of the stored texts of those articles that a feed brought."""
    rows = rows_with(connection, TEXTS, TEXTS.c.article, set(articles))
    return {row.article: Held(**{name: getattr(row, name) for name in Held.__struct_fields__}) for row in rows}


def put_texts(connection: sa.Connection, texts: Mapping[str, Held]) -> None:
    """Write down what is known of the texts that are stored now."""
    keys: list[tuple[object, ...]] = [(article,) for article in sorted(texts)]
    run_for_all(connection, sa.delete(TEXTS).where(TEXTS.c.article == sa.bindparam("which")), ["which"], keys)
    insert_rows(connection, TEXTS, [(key, *msgspec.structs.astuple(held)) for key, held in sorted(texts.items())])


def waiting(connection: sa.Connection) -> list[bytes]:
    """The articles that wait for their pages, as they were put, in the order of their names."""
    return [row.candidate for row in connection.execute(sa.select(WAITING).order_by(WAITING.c.name))]


def put_waiting(connection: sa.Connection, candidates: Mapping[str, bytes | None]) -> None:
    """Let articles wait, by a name of each, with what is known of them; those with None wait no longer."""
    keys: list[tuple[object, ...]] = [(name,) for name in sorted(candidates)]
    run_for_all(connection, sa.delete(WAITING).where(WAITING.c.name == sa.bindparam("which")), ["which"], keys)
    insert_rows(connection, WAITING, [(name, what) for name, what in sorted(candidates.items()) if what])


def feed_states(connection: sa.Connection) -> dict[str, FeedState]:
    """What is known of each feed, by the URL that it was subscribed to by."""
    return {row.url: _states.decode(row.state) for row in connection.execute(sa.select(FEEDS))}


def put_feed_states(connection: sa.Connection, states: Mapping[str, FeedState]) -> None:
    """Write down what is known of feeds now."""
    keys: list[tuple[object, ...]] = [(url,) for url in sorted(states)]
    run_for_all(connection, sa.delete(FEEDS).where(FEEDS.c.url == sa.bindparam("which")), ["which"], keys)
    insert_rows(connection, FEEDS, [(url, msgspec.json.encode(state)) for url, state in sorted(states.items())])


def rename_feed(connection: sa.Connection, old: str, new: str) -> None:
    """Let what is known of a feed be known of it under its new URL, unless that is a feed already."""
    if connection.execute(sa.select(FEEDS.c.url).where(FEEDS.c.url == new)).first() is None:
        connection.execute(sa.update(FEEDS).where(FEEDS.c.url == old).values(url=new))
        for table in (SIGHTINGS, TEXTS):
            connection.execute(sa.update(table).where(table.c.feed == old).values(feed=new))
