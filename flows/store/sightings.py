"""What a store knows of feeds: when each was asked, and which of its entries are which articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

import msgspec
import sqlalchemy as sa

from flows.feeds.feed_state import FeedState
from flows.feeds.sighting import Held, Marks, Sighted, Sighting
from flows.store.many import Rows, delete_rows, insert_rows, rows_with, run_for_all
from flows.store.tables import FEEDS, NAMES, SIGHTINGS, TEXTS

MOST_ARTICLES = 100
"""A name that was so many articles' in turn, as the link of all news of the roads, tells none from another."""

_states = msgspec.json.Decoder(FeedState)
_marks = msgspec.msgpack.Decoder(Marks)


def articles_named(connection: sa.Connection, names: Iterable[str]) -> dict[str, list[str]]:
    """For those names that lead to articles, the ids of these."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_with(connection, NAMES, NAMES.c.name, set(names)):
        found[row.name].append(row.article)
    return dict(found)


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
    put_names(connection, ((name, article) for article, sighting in seen for name in sighting.names))
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


def put_names(connection: sa.Connection, names: Iterable[tuple[str, str]]) -> None:
    """Let names lead to articles, each to at most `MOST_ARTICLES`."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for name, article in names:
        wanted[name][article] = None
    known = articles_named(connection, wanted)
    new: Rows = []
    for name in sorted(wanted):
        before = known.get(name, [])
        fresh = [article for article in wanted[name] if article not in before]
        new += [(name, article) for article in fresh[: max(MOST_ARTICLES - len(before), 0)]]
    insert_rows(connection, NAMES, new)


def texts_of(connection: sa.Connection, articles: Iterable[str]) -> dict[str, Held]:
    """What is known of the stored texts of those articles that a feed brought."""
    rows = rows_with(connection, TEXTS, TEXTS.c.article, set(articles))
    return {row.article: Held(**{name: getattr(row, name) for name in Held.__struct_fields__}) for row in rows}


def put_texts(connection: sa.Connection, texts: Mapping[str, Held | None]) -> None:
    """Write down what is known of the texts that are stored now; of those with None nothing is any more."""
    delete_rows(connection, TEXTS, texts)
    rows: Rows = [
        (key, *msgspec.structs.astuple(held)) for key, held in sorted(texts.items(), key=itemgetter(0)) if held
    ]
    insert_rows(connection, TEXTS, rows)


def feed_states(connection: sa.Connection) -> dict[str, FeedState]:
    """What is known of each feed, by the URL that it was subscribed to by."""
    return {row.url: _states.decode(row.state) for row in connection.execute(sa.select(FEEDS))}


def put_feed_states(connection: sa.Connection, states: Mapping[str, FeedState]) -> None:
    """Write down what is known of feeds now."""
    delete_rows(connection, FEEDS, states)
    insert_rows(connection, FEEDS, [(url, msgspec.json.encode(state)) for url, state in sorted(states.items())])


def rename_feed(connection: sa.Connection, old: str, new: str) -> None:
    """Let what is known of a feed be known of it under its new URL.

    Where something is known under both, since it has been there before, or another feed is there or has moved there,
    the state of the one that was asked later is kept, and what the feed showed under its old URL, which is later.
    """
    states = {url: state for url, state in feed_states(connection).items() if url in {old, new}}
    if old in states and (new not in states or _is_later(states[old], states[new])):
        put_feed_states(connection, {new: states[old]})
    connection.execute(sa.delete(FEEDS).where(FEEDS.c.url == old))
    again = SIGHTINGS.alias()
    under_both = sa.select(again.c.article).where(again.c.feed == old)
    connection.execute(sa.delete(SIGHTINGS).where(SIGHTINGS.c.feed == new, SIGHTINGS.c.article.in_(under_both)))
    for table in (SIGHTINGS, TEXTS):
        connection.execute(sa.update(table).where(table.c.feed == old).values(feed=new))


def rename_guids(connection: sa.Connection, feed: str, old: str, new: str) -> None:
    """Let the articles that a feed showed be known by their guids in another name space, too: it moves there."""
    if old == new:
        return
    shown = sa.select(SIGHTINGS.c.article).where(SIGHTINGS.c.feed == feed)
    is_guid = NAMES.c.name.startswith(f"{old}:", autoescape=True)
    rows = connection.execute(sa.select(NAMES).where(is_guid, NAMES.c.article.in_(shown)))
    put_names(connection, [(f"{new}{row.name.removeprefix(old)}", row.article) for row in rows])


def _is_later(one: FeedState, other: FeedState) -> bool:
    return one.asked is not None and (other.asked is None or one.asked > other.asked)
