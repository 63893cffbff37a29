from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners import load_phrases
from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.recleaning import Recleaned, open_new_store, reclean
from flows.shard import Shard
from flows.store.errors import StoreError
from flows.store.store import open_store

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]
SEEDS = Path(__file__).parents[2] / "seeds" / "articles"

MORE = """
language: en
phrases:
  - id: village-bell
    kind: ui_junk
    text: "Ring the village bell"
    matches: ["Ring the village bell"]
    keeps: ["Ring the village bell twice."]
"""
PROSE = (
    "The old canal bridge was closed on Monday, and the council said that it would stay shut until the spring ends."
)


@pytest.fixture
def source(tmp_path: Path, library: Library, rows: Rows) -> Path:
    """A store of the seeds and of two rows, one of them with a line that no phrase knows yet."""
    file = rows({"id": "bell", "text": f"{PROSE}\nRing the village bell\n{PROSE}"}, {"id": "rain", "text": "Rain."})
    with open_store(tmp_path / "source", "run-1") as store:
        Shard(store, library, name="run-1").run(read_documents(find_sources([SEEDS, file])))
    return tmp_path / "source"


@pytest.fixture
def more(tmp_path: Path) -> Library:
    """The library with one phrase more."""
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "more.yaml").write_text(MORE)
    return load_phrases(tmp_path / "phrases")


def content(store: Path) -> bytes:
    return b"".join(part.read_bytes() for part in sorted((store / "records").glob("*.jsonl")))


def recleaned(source: Path, library: Library, target: Path | None = None) -> Recleaned:
    if target is None:
        with open_store(source, "run-2") as store:
            return reclean(store, library)
    with open_new_store(target, "run-2", source) as store:
        return reclean(store, library, source)


@pytest.mark.parametrize("in_place", [True, False])
def test_with_the_same_library_every_record_is_the_same_byte_for_byte(
    source: Path, library: Library, tmp_path: Path, *, in_place: bool
) -> None:
    before = content(source)
    target = None if in_place else tmp_path / "new"
    done = recleaned(source, library, target)
    assert (done.records, done.changed, done.more, done.less) == (12, 0, Counter(), Counter())
    assert content(target or source) == before
    assert in_place or content(source) == before


def test_one_phrase_more_changes_only_the_records_it_touches(source: Path, more: Library, stored: Stored) -> None:
    before = {line["id"]: line for line in stored(out=source)}
    done = recleaned(source, more)
    assert (done.changed, done.more, done.less) == (1, {"en/village-bell": 1}, Counter())
    after = {line["id"]: line for line in stored(out=source)}
    assert [key for key in before if before[key] != after[key]] == ["bell"]
    assert after["bell"]["text"] == f"{PROSE}\n{PROSE}"
    assert (after["bell"]["version"], after["bell"]["run"]) == (1, "run-2")
    assert after["bell"]["cleaner"]["phrases"] == more.version


def test_a_recleaned_record_is_what_cleaning_its_original_gives(
    source: Path, more: Library, stored: Stored, tmp_path: Path
) -> None:
    recleaned(source, more)
    with open_store(tmp_path / "fresh", "run-2") as store:
        inputs = [SEEDS, tmp_path / "rows.jsonl"]
        Shard(store, more, name="run-2").run(read_documents(find_sources(inputs)))

    def said(store: Path) -> list[dict[str, Any]]:
        return [{**line, "run": None, "cleaner": None} for line in stored(out=store)]

    assert said(source) == said(tmp_path / "fresh")


def test_a_record_whose_original_does_not_come_back_stays_and_is_named(source: Path, more: Library) -> None:
    (part,) = (source / "records").iterdir()
    part.write_bytes(part.read_bytes().replace(b"village bell", b"village hell"))
    before = content(source)
    done = recleaned(source, more)
    assert (done.unrestorable, done.changed) == (["bell"], 0)
    assert content(source) == before


def test_a_run_after_it_knows_the_articles_in_the_old_store_and_in_a_new_one(
    source: Path, more: Library, tmp_path: Path
) -> None:
    recleaned(source, more, tmp_path / "new")
    recleaned(source, more)
    for store_at in (source, tmp_path / "new"):
        with open_store(store_at, "run-3") as store:
            counts = Shard(store, more, name="run-3").run(read_documents(find_sources([SEEDS])))
        assert (counts.unchanged, counts.new, counts.updated) == (10, 0, 0)


def test_a_new_store_must_not_have_records(source: Path, library: Library, tmp_path: Path) -> None:
    recleaned(source, library, tmp_path / "new")
    with pytest.raises(StoreError, match="has records already"):
        recleaned(source, library, tmp_path / "new")


@pytest.mark.parametrize("below", ["", "records", "deep/er"])
def test_a_new_store_must_not_lie_in_the_old_one(source: Path, library: Library, below: str) -> None:
    before = sorted(source.rglob("*"))
    with pytest.raises(StoreError, match="lies in"):
        recleaned(source, library, source / below)
    assert sorted(source.rglob("*")) == before


@pytest.mark.parametrize("source", ["memory://news", "memory://news/"])
def test_nor_may_one_by_url(source: str) -> None:
    with pytest.raises(StoreError, match="lies in"), open_new_store("memory://news/new", "run-2", source):
        pass
