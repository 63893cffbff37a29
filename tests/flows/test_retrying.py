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
def bring_folder(tmp_path: Path, library: Library) -> Callable[[], None]:
    def bring_folder() -> None:
        with open_store(tmp_path / "out", "run-1") as store:
            Shard(store, library, name="run-1").run(read_documents(find_sources([tmp_path / "in"])))

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
    assert (done.resolved, done.remaining, done.counts.new, done.counts.unchanged) == (1, 1, 1, 1)
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
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(b"{", name="in/a.jsonl").rename(rows(b"[", name="in/b.jsonl").with_name("c.jsonl"))
    bring_folder()
    for name in ("b", "c"):
        rows(RAIN, name="in/b.jsonl").with_name(f"{name}.jsonl").unlink()
    rows(SNOW, name="in/b.jsonl")
    done = again()
    assert (done.resolved, done.remaining) == (1, 1)
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


def test_a_retry_that_is_asked_to_stop_leaves_the_quarantine_as_it_is(
    rows: Rows, bring_folder: Callable[[], None], again: Callable[..., Retried], stored: Stored
) -> None:
    rows(b"{", b"[", name="in/a.jsonl")
    bring_folder()
    rows(RAIN, SNOW, name="in/a.jsonl")
    done = again(stop=lambda: True)
    assert (done.counts.stopped, done.resolved, done.remaining) == (1, 0, 2)
    assert len(stored("quarantine")) == 2
    done = again("run-3")
    assert (done.resolved, done.remaining) == (2, 0)
    assert [line["id"] for line in stored()] == ["1", "2"]


def test_an_empty_quarantine_has_nothing_to_retry(tmp_path: Path, again: Callable[..., Retried]) -> None:
    done = again()
    assert (done.resolved, done.remaining, done.counts.new) == (0, 0, 0)
    assert list((tmp_path / "out" / "quarantine").iterdir()) == []
