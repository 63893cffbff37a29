import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.retrying import Retried, retry
from flows.shard import Shard
from flows.store.store import open_store

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

RAIN, SNOW = {"id": "1", "text": "Rain."}, {"id": "2", "text": "Snow."}


@pytest.fixture
def bring_folder(tmp_path: Path, library: Library) -> Callable[..., None]:
    def bring_folder(run: str = "run-1") -> None:
        with open_store(tmp_path / "out", run) as store:
            Shard(store, library, name=run).run(read_documents(find_sources([tmp_path / "in"])))

    return bring_folder


@pytest.fixture
def again(tmp_path: Path, library: Library) -> Callable[..., Retried]:
    def again(run: str = "run-2", **options: Any) -> Retried:  # noqa: ANN401 - retry's own
        with open_store(tmp_path / "out", run) as store:
            return retry(store, library, **options)

    return again


def test_a_mended_line_becomes_a_record_and_leaves_the_quarantine(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(RAIN, b"{", b"[", name="in/deep/a.jsonl")
    bring_folder()
    rows(RAIN, SNOW, b"[", name="in/deep/a.jsonl")
    done = again()
    assert (done.resolved, done.remaining, done.counts.new, done.counts.unchanged) == (1, 1, 1, 0)
    assert [line["document"] for line in stored()] == ["deep/a.jsonl#1", "deep/a.jsonl#2"]
    assert [line["line"] for line in stored("quarantine")] == [3]
    done = again("run-3")
    assert (done.resolved, done.remaining) == (0, 1)


def test_a_second_text_for_an_id_stays_a_duplicate(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(RAIN, {"id": "1", "text": "Snow."}, name="in/a.jsonl")
    bring_folder()
    done = again()
    assert (done.resolved, done.remaining, done.counts.updated) == (0, 1, 0)
    assert [line["text"] for line in stored()] == ["Rain."]


def test_what_came_from_an_input_that_is_gone_stays(
    tmp_path: Path, rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(b"{", name="in/a.jsonl").rename(rows(b"[", name="in/b.jsonl").with_name("c.jsonl"))
    bring_folder()
    for name in ("b", "c"):
        rows(RAIN, name="in/b.jsonl").with_name(f"{name}.jsonl").unlink()
    rows(SNOW, name="in/b.jsonl")
    done = again()
    assert (done.resolved, done.remaining) == (1, 1)
    assert done.missing == (str(tmp_path / "in" / "c.jsonl"),)
    assert [line["document"] for line in stored("quarantine")] == ["c.jsonl"]


def test_an_input_that_was_not_set_aside_is_not_read(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(b"{", name="in/a.jsonl")
    rows(RAIN, name="in/b.jsonl")
    bring_folder()
    rows(SNOW, name="in/b.jsonl")
    again()
    assert [line["text"] for line in stored()] == ["Rain."]


def test_a_retry_that_is_asked_to_stop_leaves_what_it_did_not_reach(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(b"{", b"[", name="in/a.jsonl")
    bring_folder()
    rows(RAIN, SNOW, name="in/a.jsonl")
    done = again(stop=lambda: True)
    assert (done.counts.stopped, done.resolved, done.remaining) == (1, 1, 1)
    assert [line["line"] for line in stored("quarantine")] == [2]
    done = again("run-3")
    assert (done.resolved, done.remaining) == (1, 0)
    assert [line["id"] for line in stored()] == ["1", "2"]


def test_an_empty_quarantine_has_nothing_to_retry(tmp_path: Path, again: Callable[..., Retried]) -> None:
    done = again()
    assert (done.resolved, done.remaining, done.counts.new) == (0, 0, 0)
    assert list((tmp_path / "out" / "quarantine").glob("*.jsonl")) == []


def test_a_row_that_was_not_set_aside_is_not_taken_for_a_correction(
    tmp_path: Path, rows: Rows, library: Library, again: Callable[..., Retried], stored: Stored
) -> None:
    old, new = rows({"id": "a", "text": "Old."}, b"{", name="in/old.jsonl"), rows({"id": "a", "text": "New."})
    for number, file in enumerate([old, new], 1):
        with open_store(tmp_path / "out", f"run-{number}") as store:
            Shard(store, library, name=f"run-{number}").run(read_documents(find_sources([file])))
    again("run-3")
    assert [(line["version"], line["text"]) for line in stored()] == [(1, "Old."), (2, "New.")]


def test_what_is_mended_but_contradicts_a_stored_article_is_set_aside_as_a_duplicate(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(RAIN, b"{", name="in/a.jsonl")
    bring_folder()
    rows(RAIN, {"id": "1", "text": "Snow."}, name="in/a.jsonl")
    done = again()
    assert (done.resolved, done.remaining, done.counts.updated) == (1, 1, 0)
    (item,) = stored("quarantine")
    assert (item["reason"], item["line"]) == ("duplicate_id", 2)
    assert item["detail"] == "another text is stored with the id 1"


def test_items_behind_a_break_in_their_file_stay(
    tmp_path: Path, rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    bad = [b'{"text": "' + bytes([97 + n % 26]) * 5_000 for n in range(30)]
    packed = gzip.compress(rows(*bad, RAIN).read_bytes(), compresslevel=0)
    (tmp_path / "rows.jsonl").unlink()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl.gz").write_bytes(packed)
    bring_folder()
    (tmp_path / "in" / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = again()
    assert (done.resolved, done.remaining) == (0, 31)
    assert {item["reason"] for item in stored("quarantine")} == {"bad_json", "bad_compression"}


def test_a_file_that_was_unreadable_as_a_whole_is_read_as_a_whole(
    tmp_path: Path, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(b"no zip")
    (tmp_path / "in" / "b#1.txt").write_bytes(b"")
    bring_folder()
    with zipfile.ZipFile(tmp_path / "in" / "a.zip", "w") as archive:
        archive.writestr("deep/a.txt", "Rain.")
        archive.writestr("rows.jsonl", '{"text": "Snow."}\n{')
    (tmp_path / "in" / "b#1.txt").write_text("Hail.")
    done = again()
    assert (done.resolved, done.remaining, done.counts.new) == (2, 1, 3)
    assert sorted(line["document"] for line in stored()) == ["a.zip#deep/a.txt", "a.zip#rows.jsonl#1", "b#1.txt"]
    assert [(item["document"], item["line"]) for item in stored("quarantine")] == [("a.zip#rows.jsonl", 2)]


def test_a_line_that_was_set_aside_in_two_ways_is_resolved_in_both(
    rows: Rows, bring_folder: Callable[..., None], again: Callable[..., Retried], stored: Stored
) -> None:
    """The first way stayed in the quarantine for ever."""
    for number, bad in enumerate((b"{", b"[]"), 1):
        rows(RAIN, bad, name="in/a.jsonl")
        bring_folder(f"run-{number}")
    assert len({line["reason"] for line in stored("quarantine")}) == 2
    rows(RAIN, SNOW, name="in/a.jsonl")
    done = again("run-3")
    assert (done.resolved, done.remaining, stored("quarantine")) == (2, 0, [])
