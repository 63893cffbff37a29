"""What a store notes of the texts that it has; where it has noted nothing, their records tell."""

from collections.abc import Iterable, Mapping

import msgspec

from cleaners.document import Flag
from flows.chunks import lists_of
from flows.feeds.sighting import FULLEST, Held, TextSource
from flows.identity import is_of_text, link_name
from flows.pages.likeness import size
from flows.record import Record
from flows.store.errors import DamagedError
from flows.store.judging import Seen
from flows.store.reading import decoded
from flows.store.sightings import put_texts, texts_of
from flows.store.state import articles
from flows.store.store import Store


class _Version(msgspec.Struct, gc=False):
    """As much of a record as tells whether the rest is needed."""

    id: str
    version: int


_version = msgspec.json.Decoder(_Version).decode
_record = msgspec.json.Decoder(Record).decode


def held_texts(store: Store, ids: Iterable[str]) -> dict[str, Held]:
    """What is known of the stored texts of articles: of all that have records, but those whose ids are their texts'.

    `clean` notes nothing, since measuring costs a quarter of cleaning and few of its articles are shown by feeds; nor
    did earlier layouts. Once such an article is shown, the records are read through, and all of them noted.

    Raises:
        DamagedError: a line is no record, or an article that the state knows has none.
    """
    wanted = set(ids)
    with store.state.begin() as connection:
        found = texts_of(connection, wanted)
        unknown = [key for key in articles(connection, wanted - found.keys()) if not is_of_text(key)]
    if not unknown:
        return found
    _note_all(store)
    with store.state.begin() as connection:
        found = texts_of(connection, wanted)
    if lost := next((key for key in unknown if key not in found), None):
        raise DamagedError(store.state.database.name, f"knows the article {lost}, which has no record", store.out)
    return found


def _note_all(store: Store) -> None:
    for chunk in lists_of(decoded(store.parts.lines("records"), _version, store.out)):
        with store.state.begin() as connection:
            ids = {each.id for _, each in chunk}
            last, known = articles(connection, ids), texts_of(connection, ids)
            missing = (
                _record(line)
                for line, each in chunk
                if each.id not in known and not is_of_text(each.id) and _is_last(each, last)
            )
            put_texts(connection, {record.id: _held(record) for record in missing})


def _is_last(version: _Version, last: Mapping[str, Seen]) -> bool:
    return version.id in last and last[version.id].version == version.version


def _held(record: Record) -> Held:
    source = _source(record)
    return Held(
        source=source,
        # Not by restoring: a record whose removals contradict its text is no reason to bring nothing.
        words=size(record.text) + sum(size(removal.text) for removal in record.removed),
        cut=Flag.TRUNCATED in record.input.flags,
        feed=record.feed_url or "",
        link=_link(record, source),
        title=record.input.title if record.feed_url else None,
    )


def _source(record: Record) -> TextSource:
    """As `ingest` and feeds on disk say it; a row's text is nobody's page, though it has its URL."""
    said = next((each for each in FULLEST if each == record.metadata.get("text_source")), None)
    return said or ("page" if record.extractor else "feed_content")


def _link(record: Record, source: TextSource) -> str | None:
    """Of the page that has the text: a feed's link leads there, and its own text has none.

    What came by `clean` with a URL is that page's text, as far as its input says; so the page may correct it.
    """
    if record.feed_url:
        return link_name(record.document) if source == "page" else None
    return link_name(record.url) if record.url else None
