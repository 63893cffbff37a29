"""A run is killed at each of its steps in turn; what is visible is whole, and the next run makes it complete."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.recleaning import reclean
from flows.retrying import retry
from flows.shard import Shard
from flows.store import writer
from flows.store.compacting import compact
from flows.store.repairing import repair
from flows.store.store import open_store
from tests.flows.store.killing import killed

pytestmark = pytest.mark.slow

Stored = Callable[..., list[dict[str, Any]]]

ROWS = 6
# Opening, two rows a part, and a quarantine take some forty steps; the loop below goes on until a run gets through.
MOST_STEPS = 200


def steps() -> Iterator[int]:
    yield from range(MOST_STEPS)


@pytest.fixture
def run(
    out: Path, library: Library, rows: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """A run over six good rows and a bad one, in parts of two."""
    monkeypatch.setattr(writer, "PART_DOCUMENTS", 2)
    monkeypatch.setattr("flows.chunks.CHUNK_DOCUMENTS", 2)
    file = rows(*({"id": str(n), "text": f"Rain {n}."} for n in range(ROWS)), b"{")

    def run(name: str) -> None:
        with open_store(out, name) as store:
            Shard(store, library, name=name).run(read_documents(find_sources([file])))

    return run


def test_50_a_run_killed_at_any_step_leaves_whole_parts_and_the_next_run_completes_them(
    run: Callable[[str], None], stored: Stored
) -> None:
    for step in steps():
        before = [line["id"] for line in stored()]
        if not killed(lambda step=step: run(f"run-{step:03d}"), step):  # type: ignore[misc]
            break
        after = [line["id"] for line in stored()]
        assert after == [str(n) for n in range(len(after))]
        assert len(after) >= len(before)
    assert step > 10
    assert [line["id"] for line in stored()] == [str(n) for n in range(ROWS)]
    assert len(stored("quarantine")) == 1


def test_50_a_fresh_store_killed_at_any_step_is_completed_by_one_run(
    run: Callable[[str], None], out: Path, stored: Stored
) -> None:
    for step in steps():
        if out.exists():
            out.rename(out.with_name(f"done-{step}"))
        if not killed(lambda: run("run-1"), step):
            break
        run("run-2")
        assert [line["id"] for line in stored()] == [str(n) for n in range(ROWS)]
        assert len(stored("quarantine")) == 1
    assert step > 30


def _compact(out: Path, run: str, _library: Library) -> None:
    with open_store(out, run) as store:
        compact(store)


def _reclean(out: Path, run: str, library: Library) -> None:
    less = Library([phrase for phrase in library.phrases if phrase.id != "en/advertisement"])
    with open_store(out, run) as store:
        reclean(store, less)


def _retry(out: Path, run: str, library: Library) -> None:
    with open_store(out, run) as store:
        retry(store, library)


def _repair(out: Path, run: str, _library: Library) -> None:
    repair(out, run)


@pytest.mark.parametrize("rewrite", [_compact, _reclean, _retry, _repair])
def test_50_rewriting_a_store_killed_at_any_step_leaves_the_old_records_or_the_new(
    out: Path, library: Library, rows: Callable[..., Path], stored: Stored, rewrite: Callable[..., None]
) -> None:
    def bring(run: str, *values: object) -> None:
        with open_store(out, run) as store:
            Shard(store, library, name=run).run(read_documents(find_sources([rows(*values)])))

    text = "Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."
    bring("a", {"id": "1", "text": text}, {"id": "2", "text": "Snow."}, b"{")
    bring("b", {"id": "1", "text": f"{text} It was wet."}, {"id": "2", "text": "Snow."}, {"id": "3", "text": "Mist."})
    for step in steps():
        if not killed(lambda step=step: rewrite(out, f"c-{step:03d}", library), step):  # type: ignore[misc]
            break
        if rewrite is not _repair:
            with open_store(out, f"d-{step:03d}"):
                pass
        articles = {(line["id"], line["version"]) for line in stored()}
        assert len(stored()) == len(articles)
        assert articles - {("1", 1)} == {("1", 2), ("2", 1), ("3", 1)}
    assert step > 10
    bring("e", {"id": "1", "text": f"{text} It was wet."}, {"id": "4", "text": "Hail."})
    assert {line["id"] for line in stored()} == {"1", "2", "3", "4"}
    assert len([line for line in stored() if line["id"] == "1" and line["version"] > 1]) == 1
