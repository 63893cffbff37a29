"""The record: what other people's programs read. Its JSON Schema is docs/record.schema.json."""

import json
import re
from typing import Annotated, Any, Literal

import msgspec

from cleaners import load_model
from cleaners.document import (
    Agency,
    Cleaned,
    DatePrecision,
    DateSource,
    Flag,
    Given,
    Moment,
    Notice,
    PublisherSource,
    Removal,
)
from flows.documents.loaded import Loaded, Origin
from flows.identity import Identity, canonical_url, digest, registrable_domain
from flows.pages.page import Extractor

CLEANER_NAME = "cleancopy"
CLEANER_VERSION = "0.1.0"
SCHEMA_VERSION: Literal["1"] = "1"

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
# Letters of a subtag: two make a region, four a script.
_REGION, _SCRIPT = 2, 4


class Original(Origin, frozen=True, kw_only=True):
    """The text handed to the cleaner: its length in code points, its digest, and how its bytes were read."""

    length: int
    sha256: str


class Cleaner(msgspec.Struct, frozen=True, kw_only=True):
    """What cleaned the text, with the versions of all that decides."""

    name: str
    version: str
    phrases: str
    model: str | None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One article, schema version 1, its fields in the order in which they are written."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    id: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    url: str | None
    canonical_url: str | None
    publisher: str | None
    publisher_source: PublisherSource | None
    domain: str | None
    syndicated_from: str | None
    feed_url: str | None = None
    document: str
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    section: str | None
    tags: tuple[str, ...]
    language: str | None
    image: str | None
    date_published: str | None
    date_modified: str | None
    date_precision: DatePrecision | None
    date_source: DateSource | None
    date_raw: str | None
    dateline: str | None
    agencies: tuple[Agency, ...]
    syndicated: bool | None
    text: str
    captions: tuple[str, ...]
    notices: tuple[Notice, ...]
    removed: tuple[Removal, ...]
    flags: tuple[Flag, ...]
    original: Original
    input: Given
    extractor: Extractor | None = None
    cleaner: Cleaner
    content_hash: str
    date_fetched: str | None = None
    run: str | None
    metadata: dict[str, Any]


RUN_DEPENDENT = ("date_fetched", "run")
"""The fields that every comparison of records leaves out."""


def make_record(
    loaded: Loaded, cleaned: Cleaned, identity: Identity, *, version: int, phrases: str, run: str | None
) -> Record:
    """The record of a document.

    Args:
        loaded: the document and where it was found.
        cleaned: what `clean()` made of it.
        identity: its id, and the digest of its text.
        version: 1 for an article's first record, one more for each correction.
        phrases: the version of the phrase library.
        run: the run's id, None outside a store.
    """
    document = loaded.document
    return Record(
        **_said_by_cleaning(cleaned, phrases),
        id=identity.id,
        version=version,
        url=document.url,
        canonical_url=loaded.canonical_url or (canonical_url(document.url) if document.url else None),
        domain=registrable_domain(document.url) if document.url else None,
        feed_url=loaded.feed_url,
        document=loaded.place,
        section=document.section,
        language=_as_written(document.language),
        image=document.image,
        original=Original(
            length=len(document.text),
            sha256=identity.sha256,
            **msgspec.structs.asdict(loaded.origin),
        ),
        input=document.given(),
        extractor=loaded.extractor,
        date_fetched=loaded.date_fetched,
        run=run,
        metadata=loaded.metadata,
    )


def _as_written(language: str | None) -> str | None:
    """A language tag as tags are written: `en-US`, `zh-Hant-TW`; what is no tag stays as it is.

    Feeds and pages write `en-us` and `en_US` for the same. Source: RFC 5646, 2.1.1.
    """
    if not language or not _TAG.fullmatch(language):
        return language
    first, *rest = language.replace("_", "-").lower().split("-")
    written = [first]
    for subtag in rest:
        # What follows a single letter is an extension, all of it in small letters.
        is_plain = all(len(before) > 1 for before in written)
        shown = subtag.upper() if len(subtag) == _REGION else subtag.title() if len(subtag) == _SCRIPT else subtag
        written.append(shown if is_plain else subtag)
    return "-".join(written)


def remake_record(record: Record, cleaned: Cleaned, *, phrases: str, run: str) -> Record:
    """A stored record with its original cleaned anew; what its source said stays, and so does its version.

    Args:
        record: as it was stored.
        cleaned: what `clean()` makes of its restored original today.
        phrases: the version of the phrase library.
        run: the run that cleaned it.
    """
    return msgspec.structs.replace(record, **_said_by_cleaning(cleaned, phrases), run=run)


def _said_by_cleaning(cleaned: Cleaned, phrases: str) -> dict[str, Any]:
    """The fields of a record that cleaning decides."""
    published = cleaned.date_published or Moment(value=None, precision=None, raw="")
    return {
        "publisher": cleaned.publisher,
        "publisher_source": cleaned.publisher_source,
        "syndicated_from": cleaned.syndicated_from,
        "title": cleaned.title,
        "summary": cleaned.summary,
        "authors": cleaned.authors,
        "tags": cleaned.tags,
        "date_published": published.value,
        "date_modified": cleaned.date_modified.value if cleaned.date_modified else None,
        "date_precision": published.precision,
        "date_source": cleaned.date_source if published.value else None,
        "date_raw": published.raw or None,
        "dateline": cleaned.dateline,
        "agencies": cleaned.agencies,
        "syndicated": cleaned.syndicated,
        "text": cleaned.text,
        "captions": cleaned.captions,
        "notices": cleaned.notices,
        "removed": cleaned.removed,
        "flags": cleaned.flags,
        "cleaner": Cleaner(name=CLEANER_NAME, version=CLEANER_VERSION, phrases=phrases, model=load_model().version),
        "content_hash": f"sha256:{digest(cleaned.text)}",
    }


def encode(record: Record) -> bytes:
    """One line of JSON Lines, its break included."""
    return _encoder.encode(record) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of a record, generated from the type."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}


_encoder = msgspec.json.Encoder()


if __name__ == "__main__":
    print(json.dumps(schema(), indent=2, ensure_ascii=False))  # noqa: T201 - `make schema`
