import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaners import Document
from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.opening import find_sources, read_documents
from flows.record import Record
from flows.recording import clean_document, clean_stream
from flows.shard import Shard
from flows.store.errors import StoreError
from flows.store.store import open_store
from flows.store.writer import Writer

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]
Clean = Callable[..., Counts]


@pytest.fixture
def shard(tmp_path: Path, library: Library) -> Clean:
    """Clean some files into `out` as one shard of one run."""

    def shard(*files: Path, run: str = "run-1", number: int = 1) -> Counts:
        with open_store(tmp_path / "out", run) as store:
            return Shard(store, library, name=f"{run}-{number}").run(read_documents(find_sources(files)))

    return shard


def test_a_second_text_of_an_id_goes_to_quarantine_as_duplicate_id(shard: Clean, rows: Rows, stored: Stored) -> None:
    counts = shard(rows({"id": "7", "text": "Rain."}, {"id": "7", "text": "Snow."}))
    assert (counts.new, counts.set_aside) == (1, {"duplicate_id": 1})
    assert [line["text"] for line in stored()] == ["Rain."]
    (item,) = stored("quarantine")
    assert (item["reason"], item["document"], item["line"]) == ("duplicate_id", "rows.jsonl", 2)
    assert item["detail"].endswith("the id 7")


def test_a_second_text_of_an_id_in_another_shard_of_the_run_is_a_duplicate_too(
    tmp_path: Path, library: Library, rows: Rows, stored: Stored
) -> None:
    files = [rows({"id": "7", "text": text}, name=f"{text}jsonl") for text in ("Rain.", "Snow.")]
    with open_store(tmp_path / "out", "run-1") as store:
        counts = [
            Shard(store, library, name=f"run-1-{number}").run(read_documents(find_sources([file])))
            for number, file in enumerate(files)
        ]
    assert counts[1].set_aside == {"duplicate_id": 1}
    assert [line["text"] for line in stored()] == ["Rain."]


def test_the_same_text_with_the_same_id_twice_is_one_record(shard: Clean, rows: Rows, stored: Stored) -> None:
    counts = shard(rows({"id": "7", "text": "Rain."}, {"id": "7", "text": "Rain."}))
    assert (counts.new, counts.unchanged, counts.set_aside.total()) == (1, 1, 0)
    assert len(stored()) == 1


def test_equal_texts_without_ids_are_one_record(shard: Clean, rows: Rows, stored: Stored) -> None:
    shard(rows({"text": "Rain."}, {"text": "Rain."}, {"text": "Snow."}))
    assert [line["text"] for line in stored()] == ["Rain.", "Snow."]


def test_two_texts_of_one_id_are_a_duplicate_in_a_second_run_too(shard: Clean, rows: Rows, stored: Stored) -> None:
    file = rows({"id": "7", "text": "Rain."}, {"id": "7", "text": "Snow."})
    shard(file)
    again = shard(file, run="run-2")
    assert (again.new, again.updated, again.unchanged) == (0, 0, 1)
    assert len(stored()) == 1


def test_none_of_a_shards_pending_records_is_there_when_one_cannot_be_written(
    shard: Clean, rows: Rows, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Writer.add
    left = iter([True, False])

    def full(self: Writer, record: Record) -> None:
        if not next(left):
            raise StoreError("records/p.jsonl: cannot be written: No space left on device", started=True)
        add(self, record)

    monkeypatch.setattr(Writer, "add", full)
    with pytest.raises(StoreError):
        shard(rows({"text": "Rain."}, {"text": "Snow."}))
    assert stored() == []
    assert stored("quarantine") == []


def test_a_shard_that_is_asked_to_stop_commits_what_it_has_and_the_next_run_goes_on(
    tmp_path: Path, library: Library, rows: Rows, stored: Stored
) -> None:
    sources = find_sources([rows(*({"id": str(n), "text": f"Rain {n}."} for n in range(10)))])
    asked = iter([False, False, True, True])
    with open_store(tmp_path / "out", "run-1") as store:
        counts = Shard(store, library, name="run-1").run(read_documents(sources), lambda: next(asked))
    assert (counts.new, counts.stopped) == (3, 1)
    assert [line["id"] for line in stored()] == ["0", "1", "2"]
    with open_store(tmp_path / "out", "run-2") as store:
        counts = Shard(store, library, name="run-2").run(read_documents(sources))
    assert (counts.new, counts.unchanged, counts.stopped) == (7, 3, 0)
    assert [line["id"] for line in stored()] == [str(n) for n in range(10)]


def test_a_shard_of_nothing_usable_makes_no_part_of_records(
    shard: Clean, rows: Rows, stored: Stored, tmp_path: Path
) -> None:
    counts = shard(rows(b"{", b"[]"))
    assert counts.set_aside == {"bad_json": 1, "bad_row": 1}
    assert list((tmp_path / "out" / "records").iterdir()) == []
    assert [line["reason"] for line in stored("quarantine")] == ["bad_json", "bad_row"]


def test_a_file_name_that_is_no_utf_8_does_not_stop_the_shard(shard: Clean, tmp_path: Path, stored: Stored) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = Path(str(folder)) / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        file.write_text("Rain.")
    except OSError:
        pytest.skip("this disk takes UTF-8 names only")
    shard(folder)
    assert [line["text"] for line in stored()] == ["Rain."]


def test_many_documents_at_a_time_are_judged_one_after_the_other(shard: Clean, rows: Rows, stored: Stored) -> None:
    shard(rows({"id": "7", "text": "Rain."}, name="a.jsonl"))
    texts = ["Snow.", "Rain.", "Snow."] + [f"Hail {number}." for number in range(50)]
    ids = ["7", "7", "7"] + [str(number) for number in range(100, 150)]
    later = rows(*({"id": id_, "text": text} for id_, text in zip(ids, texts, strict=True)), name="b.jsonl")
    counts = shard(later, run="run-2")
    assert (counts.updated, counts.set_aside, counts.unchanged, counts.new) == (1, {"duplicate_id": 1}, 1, 50)
    assert [line["text"] for line in stored()] == ["Rain.", "Snow.", *texts[3:]]


def test_records_come_in_the_order_of_files_and_rows_with_their_places(
    shard: Clean, rows: Rows, stored: Stored, tmp_path: Path
) -> None:
    rows({"text": "one"}, {"text": "two"}, name="in/b.jsonl")
    (tmp_path / "in" / "a.txt").write_text("zero")
    shard(tmp_path / "in")
    assert [(line["document"], line["text"]) for line in stored()] == [
        ("a.txt", "zero"),
        ("b.jsonl#1", "one"),
        ("b.jsonl#2", "two"),
    ]
    assert {line["run"] for line in stored()} == {"run-1"}


def test_what_a_row_has_beyond_a_record_stays_in_its_metadata(shard: Clean, rows: Rows, stored: Stored) -> None:
    shard(rows({"text": "Rain.", "score": 0.5, "nested": {"k": [1]}}))
    assert stored()[0]["metadata"] == {"score": 0.5, "nested": {"k": [1]}}


def test_strip_datelines_is_part_of_the_records_input(library: Library) -> None:
    loaded = Loaded(document=Document(text="Rain."), source=Source(Path("a.txt"), "a.txt", 0))
    assert clean_document(loaded, library, strip_datelines=True).input.strip_datelines
    assert not clean_document(loaded, library).input.strip_datelines


def test_a_stream_hands_over_the_records_of_a_batch_before_it_asks_for_the_next(library: Library) -> None:
    source = Source(Path("-"), "-", 0)
    output = io.BytesIO()
    written: list[int] = []

    def batches() -> Iterator[list[Loaded | SetAside]]:
        for texts in (["one"], ["two", "three"], ["four"]):
            written.append(output.getvalue().count(b"\n"))
            yield [Loaded(document=Document(text=text), source=source) for text in texts]

    assert list(clean_stream(batches(), output, library)) == []
    assert written == [0, 1, 3]
    assert [json.loads(line)["text"] for line in output.getvalue().splitlines()] == ["one", "two", "three", "four"]


def test_a_stream_gives_back_what_could_not_be_used_and_goes_on(library: Library) -> None:
    source = Source(Path("-"), "-", 0)
    bad = source.aside(Reason.BAD_JSON, "broken", 1)
    output = io.BytesIO()
    good = Loaded(document=Document(text="Rain."), source=source, line=2)
    assert list(clean_stream([[bad, good]], output, library)) == [bad]
    (record,) = map(json.loads, output.getvalue().splitlines())
    assert (record["run"], record["version"], record["document"]) == (None, 1, "-#2")
