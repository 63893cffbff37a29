from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners import Document
from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.record import Record, encode
from flows.shard import Shard
from flows.store import writer
from flows.store.state import articles
from flows.store.store import open_store
from flows.store.writer import Writer

Bring = Callable[..., Counts]
RecordOf = Callable[..., Record]
Stored = Callable[..., list[dict[str, Any]]]


def row(key: str, text: str) -> dict[str, str]:
    return {"id": key, "text": text}


def an_item(line: int = 1, detail: str = "broken") -> SetAside:
    return Source(Path("in/rows.jsonl"), "rows.jsonl", 0).aside(Reason.BAD_JSON, detail, line)


def put_aside(out: Path, run: str, *items: SetAside) -> None:
    with open_store(out, run) as store, Writer(store, run) as into:
        for item in items:
            into.set_aside(item)


def test_another_text_in_a_later_run_is_the_next_version(bring: Bring, stored: Stored) -> None:
    for number, text in enumerate(["Rain.", "Snow.", "Rain."], 1):
        bring(row("1", text), run=f"run-{number}")
    assert [(line["version"], line["text"], line["run"]) for line in stored()] == [
        (1, "Rain.", "run-1"),
        (2, "Snow.", "run-2"),
        (3, "Rain.", "run-3"),
    ]


def test_the_highest_version_counts_whatever_the_parts_are_called(bring: Bring, stored: Stored) -> None:
    for run, text in {"b": "Rain.", "a": "Snow.", "c": "Hail."}.items():
        bring(row("1", text), run=run)
    assert sorted(line["version"] for line in stored()) == [1, 2, 3]


def test_corrections_are_left_alone_where_they_are_to_be_ignored(bring: Bring, stored: Stored) -> None:
    bring(row("1", "Rain."))
    counts = bring(row("1", "Snow."), row("2", "Hail."), run="run-2", corrections="ignore")
    assert (counts.ignored, counts.new, counts.updated) == (1, 1, 0)
    assert [line["text"] for line in stored()] == ["Rain.", "Hail."]


def test_a_rule_that_changed_makes_no_version_of_an_article_that_did_not(
    out: Path, bring: Bring, library: Library
) -> None:
    text = "Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."
    bring(row("1", text))
    less = Library([phrase for phrase in library.phrases if phrase.id != "en/advertisement"])
    with open_store(out, "run-2") as store:
        loaded = Loaded(document=Document(id="1", text=text), source=Source(Path("a"), "a", 0))
        counts = Shard(store, less, name="run-2").run([loaded])
    assert (counts.unchanged, counts.updated) == (1, 0)


def test_furniture_that_changed_makes_no_version_of_an_article_that_did_not(bring: Bring, stored: Stored) -> None:
    bring(row("1", "Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."))
    counts = bring(row("1", "Rain fell on Friday.\nIt stopped on Sunday."), run="run-2")
    assert (counts.unchanged, len(stored())) == (1, 1)


@pytest.mark.parametrize("first", [["Rain."], ["Rain.", "Rain."]], ids=["new", "met twice"])
def test_a_second_text_for_an_id_in_one_run_is_a_duplicate(bring: Bring, stored: Stored, first: list[str]) -> None:
    counts = bring(*(row("1", text) for text in first), row("1", "Snow."))
    assert counts.set_aside == {"duplicate_id": 1}
    again = bring(*(row("1", text) for text in first), row("1", "Snow."), run="run-2")
    assert (again.updated, again.set_aside) == (0, {"duplicate_id": 1})
    assert [line["text"] for line in stored()] == ["Rain."]
    assert len(stored("quarantine")) == 1


def test_a_duplicate_is_seen_across_the_parts_of_a_run(
    bring: Bring, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PART_DOCUMENTS", 1)
    monkeypatch.setattr("flows.chunks.CHUNK_DOCUMENTS", 1)
    bring(row("1", "Rain."), row("2", "Hail."), row("1", "Snow."))
    assert [line["id"] for line in stored()] == ["1", "2"]
    assert [line["reason"] for line in stored("quarantine")] == ["duplicate_id"]


@pytest.mark.parametrize(("name", "value"), [("PART_DOCUMENTS", 2), ("PART_BYTES", 1), ("PART_SECONDS", 0.0)])
def test_a_part_is_committed_when_it_is_full_large_or_old(
    bring: Bring, stored: Stored, monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    monkeypatch.setattr(writer, name, value)
    monkeypatch.setattr("flows.chunks.CHUNK_DOCUMENTS", 2)
    bring(*(row(str(n), f"Rain {n}.") for n in range(5)))
    assert [line["id"] for line in stored()] == ["0", "1", "2", "3", "4"]
    assert [line["id"] for line in stored(part="run-1-00002.jsonl")] == ["2", "3"]


def test_what_is_pending_when_the_block_raises_is_nowhere(out: Path, record_of: RecordOf) -> None:
    def fail() -> None:
        with open_store(out, "run-1") as store, Writer(store, "run-1") as into:
            into.add(record_of("Rain.", id="1"))
            into.set_aside(an_item())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [path for path in out.rglob("*.jsonl") if path.is_file()] == []
    with open_store(out, "run-2") as store, store.state.begin() as connection:
        assert articles(connection, ["1"]) == {}


def test_a_part_holds_records_as_they_are_encoded(out: Path, record_of: RecordOf) -> None:
    record = record_of("Rain.\u2028Snow.", id="ä")
    with open_store(out, "run-1") as store, Writer(store, "p") as into:
        into.add(record)
    assert (out / "records" / "p-00001.jsonl").read_bytes() == encode(record)


def test_an_item_is_written_once_in_a_run_and_not_again_by_a_second(out: Path, stored: Stored) -> None:
    put_aside(out, "run-1", an_item(1), an_item(2), an_item(1))
    put_aside(out, "run-2", an_item(1), an_item(3))
    put_aside(out, "run-3", an_item(3))
    assert [line["line"] for line in stored("quarantine")] == [1, 2, 3]
    assert len(list((out / "quarantine").iterdir())) == 2


def test_a_line_of_the_quarantine_says_reason_input_document_line_and_detail(out: Path, stored: Stored) -> None:
    put_aside(out, "run-1", an_item(7, "no\n JSON"))
    assert stored("quarantine") == [
        {"reason": "bad_json", "input": "in/rows.jsonl", "document": "rows.jsonl", "line": 7, "detail": "no JSON"}
    ]


def test_nothing_to_commit_makes_no_part(out: Path) -> None:
    with open_store(out, "run-1") as store, Writer(store, "run-1"):
        pass
    assert list((out / "records").iterdir()) == list((out / "quarantine").iterdir()) == []


def test_ten_thousand_ids_are_known_again(bring: Bring) -> None:
    rows = [row(f"urn:example:{n}", f"Rain {n}.") for n in range(2_000)]
    assert bring(*rows).new == 2_000
    assert bring(*rows, row("x", "Snow."), run="run-2") == Counts(
        new=1, unchanged=2_000, characters=len("Snow."), kept=len("Snow.")
    )
