import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Document, restore
from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded, Source
from flows.documents.rows import read_rows
from flows.identity import digest
from flows.record import RUN_DEPENDENT, Record, encode, schema
from flows.recording import clean_document

RecordOf = Callable[..., Record]

# The rows of the table in the contract, in its order.
FIELDS = [
    "schema_version",
    "id",
    "version",
    "url",
    "canonical_url",
    "publisher",
    "publisher_source",
    "domain",
    "syndicated_from",
    "feed_url",
    "document",
    "title",
    "summary",
    "authors",
    "section",
    "tags",
    "language",
    "image",
    "date_published",
    "date_modified",
    "date_precision",
    "date_source",
    "date_raw",
    "dateline",
    "agencies",
    "syndicated",
    "text",
    "captions",
    "notices",
    "removed",
    "flags",
    "original",
    "input",
    "extractor",
    "cleaner",
    "content_hash",
    "date_fetched",
    "run",
    "metadata",
]

PROSE = (
    "The old canal bridge was closed on Monday, and the town's council said that it would stay shut until the spring."
)
PROMO = (
    "Catch up on all the latest Crime news here. "
    "Also download the new mid-day Android and iOS apps to get latest updates."
)
ARTICLE = f"""Bridge closed
10 March, 2019 10:50 AM IST
By Ann Author
{PROSE}
Advertisement
LONDON (Reuters) - {PROSE}
\x07
Correction: An earlier version of this article named another bridge.
{PROMO}"""
GIVEN = {
    "id": "urn:example:1",
    "url": "https://www.example.org/a?utm_source=x",
    "title": "Bridge closed",
    "language": "en",
    "date_modified": "Mon, 11 Mar 2019 10:00:00 +0530",
    "tags": ("bridges",),
}
SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "record.schema.json"


def cleaned_again(record: Record, library: Library) -> Record:
    """What cleaning the restored original with the record's stored `input` gives."""
    document = Document(text=restore(record.text, record.removed), **msgspec.structs.asdict(record.input))
    return clean_document(Loaded(document=document, source=Source(Path("x"), "x", 0)), library)


def comparable(record: Record) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(record)
    for name in (*RUN_DEPENDENT, "document", "metadata"):
        del fields[name]
    # How the bytes of a file were read is the file's, not the text's.
    fields["original"] = {name: fields["original"][name] for name in ("length", "sha256")}
    return fields


@pytest.fixture(scope="module")
def schema_of_records() -> dict[str, Any]:
    written: dict[str, Any] = json.loads(SCHEMA_FILE.read_text()) if SCHEMA_FILE.exists() else schema()
    return written


def is_valid(record: Record, described: dict[str, Any]) -> bool:
    validator = jsonschema.Draft202012Validator(described)
    return validator.is_valid(json.loads(encode(record)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("version", 0), ("text", None), ("schema_version", "2"), ("publisher_source", "guess"), ("flags", ["odd"])],
)
def test_the_schema_refuses_a_field_out_of_its_range(
    record_of: RecordOf, schema_of_records: dict[str, Any], name: str, value: object
) -> None:
    fields = {**json.loads(encode(record_of("Rain."))), name: value}
    assert not jsonschema.Draft202012Validator(schema_of_records).is_valid(fields)


@pytest.mark.parametrize("name", ["id", "text", "removed", "input", "cleaner"])
def test_the_schema_refuses_a_record_without_its_core(
    record_of: RecordOf, schema_of_records: dict[str, Any], name: str
) -> None:
    fields = json.loads(encode(record_of("Rain.")))
    del fields[name]
    assert not jsonschema.Draft202012Validator(schema_of_records).is_valid(fields)


def test_the_kept_schema_is_the_generated_one(schema_of_records: dict[str, Any]) -> None:
    assert schema_of_records == json.loads(json.dumps(schema()))
    jsonschema.Draft202012Validator.check_schema(schema_of_records)


@pytest.mark.parametrize("text", ["", "Rain.", ARTICLE, "\x00\x01"], ids=["empty", "short", "article", "controls"])
def test_a_record_is_valid_against_the_schema(
    record_of: RecordOf, schema_of_records: dict[str, Any], text: str
) -> None:
    assert is_valid(record_of(text), schema_of_records)
    assert is_valid(record_of(text, **GIVEN), schema_of_records)


def test_the_fields_stand_in_the_order_of_the_contracts_table(record_of: RecordOf) -> None:
    assert list(json.loads(encode(record_of(ARTICLE, **GIVEN)))) == FIELDS


def test_a_record_without_anything_known_still_has_every_field(record_of: RecordOf) -> None:
    fields = json.loads(encode(record_of("")))
    assert list(fields) == FIELDS
    assert [name for name in FIELDS if fields[name] is None] == [
        "url", "canonical_url", "publisher", "publisher_source", "domain", "syndicated_from", "feed_url", "title",
        "summary", "section", "language", "image", "date_published", "date_modified", "date_precision", "date_source",
        "date_raw", "dateline", "syndicated", "extractor", "date_fetched",
    ]  # fmt: skip


def test_a_record_is_one_line_of_utf_8(record_of: RecordOf) -> None:
    line = encode(record_of("Žluť\n\u2028\u0085\x0c😀"))
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert "Žluť" in line.decode()
    assert msgspec.json.decode(line, type=Record) == record_of("Žluť\n\u2028\u0085\x0c😀")


def test_the_digests_are_of_the_original_and_of_the_clean_text(record_of: RecordOf) -> None:
    original = "Rain fell.\nAdvertisement\nSun came."
    record = record_of(original)
    assert record.text == "Rain fell.\nSun came."
    assert (record.original.length, record.original.sha256) == (len(original), digest(original))
    assert record.content_hash == "sha256:" + digest(record.text)


def test_url_fields_come_from_the_url(record_of: RecordOf) -> None:
    record = record_of("Rain.", url="https://www.example.co.uk/a?utm_source=x")
    assert (record.url, record.canonical_url, record.domain) == (
        "https://www.example.co.uk/a?utm_source=x",
        "https://www.example.co.uk/a",
        "example.co.uk",
    )
    assert record.id == record.canonical_url


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("en-us", "en-US"),
        ("EN_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("de-x-aa-latn", "de-x-aa-latn"),
        ("fil", "fil"),
        ("English", "English"),
        ("", ""),
        (None, None),
    ],
)
def test_a_language_tag_is_written_as_tags_are(record_of: RecordOf, given: str | None, written: str | None) -> None:
    record = record_of("Rain.", language=given)
    assert record.language == written
    assert record.input.language == given


@pytest.mark.parametrize("fields", [{}, GIVEN, {"strip_datelines": True}, {"publisher": "mid-day.com"}])
def test_cleaning_a_restored_original_with_its_input_gives_the_identical_record(
    record_of: RecordOf, library: Library, fields: dict[str, Any]
) -> None:
    record = record_of(ARTICLE, **fields)
    assert record.removed
    assert comparable(cleaned_again(record, library)) == comparable(record)


_LINES = st.sampled_from([*ARTICLE.split("\n"), "", "Rain.", "Tags: rain, sun"]) | st.text(max_size=20)


@given(
    st.lists(_LINES, max_size=8).map("\n".join),
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.text() | st.integers(),
            "url": st.sampled_from(["https://www.mid-day.com/a?fbclid=z", "http://[", "x"]),
            "title": st.text(max_size=9) | st.just("Bridge closed"),
            "authors": st.lists(st.text(max_size=9)),
            "date_published": st.text(max_size=12) | st.just("2019-03-10"),
            "language": st.sampled_from(["en", "de-AT", "?"]),
            "publisher": st.sampled_from(["Mid-day", "www.mid-day.com", "No One"]),
        },
    ),
)
def test_any_row_gives_a_valid_record_that_cleaning_again_repeats(
    library: Library, text: str, fields: dict[str, Any]
) -> None:
    line = json.dumps({"text": text, **fields}).encode()
    (loaded,) = read_rows([line], Source(Path("-"), "-", 0))
    assert isinstance(loaded, Loaded)
    record = clean_document(loaded, library)
    assert is_valid(record, schema())
    assert restore(record.text, record.removed) == loaded.document.text
    assert comparable(cleaned_again(record, library)) == comparable(record)
