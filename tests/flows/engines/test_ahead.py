"""Shards cleaned elsewhere come in their order and whole, in as many pieces as they take, whoever dies."""

import gzip
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import pytest

from cleaners.phrases.library import Library
from flows.documents.loaded import Mark, SetAside
from flows.documents.opening import find_sources
from flows.drafting import Draft
from flows.engines import drafts
from flows.engines.ahead import Ahead, EngineError
from flows.engines.drafts import Instructions, versions
from flows.job import Job
from flows.store.store import open_store

Rows = Callable[..., Path]
RULES = Instructions((), None, (), strip_datelines=False)


@pytest.fixture
def shards(rows: Rows) -> list[tuple[Any, ...]]:
    """Three shards: two files, one, and one; 250 rows in each file, some of them broken."""
    files = [
        rows(*(b"{" if n % 100 == 7 else {"id": f"{name}{n}", "text": f"Rain {n}."} for n in range(250)), name=name)
        for name in ("a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl")
    ]
    sources = [msgspec.structs.replace(source, key=bytes([n])) for n, source in enumerate(find_sources(files))]
    return [tuple(sources[:2]), (sources[2],), (sources[3],)]


@contextmanager
def ahead(
    shards: list[tuple[Any, ...]],
    library: Library,
    make: Callable[[], Executor],
    stop: Callable[[], bool] = lambda: False,
    **settings: Any,  # noqa: ANN401
) -> Iterator[Ahead]:
    settings = {"workers": lambda: 1, "instructions": RULES, "versions": versions(library), **settings}
    found = Ahead(make, shards=shards, stop=stop, **settings)
    try:
        yield found
    finally:
        found.close()


def said(items: Iterator[Any]) -> list[str]:
    names = []
    for item in items:
        if isinstance(item, Draft):
            names.append(item.record.id)
        elif isinstance(item, SetAside):
            names.append(f"{item.document}:{item.line}")
        elif isinstance(item, Mark):
            names.append(f"{'end' if item.is_end else 'begin'} {item.source.place}")
    return names


def expected(*names: str) -> list[str]:
    whole = []
    for name in names:
        rows = [f"{name}:{n + 1}" if n % 100 == 7 else f"{name}{n}" for n in range(250)]
        whole += [f"begin {name}", *rows, f"end {name}"]
    return whole


@pytest.mark.parametrize("seconds", [10.0, 0.0])
def test_every_shard_comes_whole_and_in_order_in_one_piece_or_in_many(
    shards: list[tuple[Any, ...]], library: Library, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(drafts, "PIECE_SECONDS", seconds)
    monkeypatch.setattr(drafts, "_PER_SECOND_OF_SKIPPING", seconds)
    with ThreadPoolExecutor(2) as pool, ahead(shards, library, lambda: pool) as found:
        assert said(found.items(1)) == expected("a.jsonl", "b.jsonl")
        assert said(found.items(2)) == expected("c.jsonl")
        assert said(found.items(3)) == expected("d.jsonl")


def test_a_shard_that_is_asked_for_again_comes_again_from_its_beginning(
    shards: list[tuple[Any, ...]], library: Library
) -> None:
    with ThreadPoolExecutor(1) as pool, ahead(shards, library, lambda: pool) as found:
        next(found.items(1))
        assert said(found.items(1)) == expected("a.jsonl", "b.jsonl")
        assert said(found.items(2)) == expected("c.jsonl")


class Dying(ThreadPoolExecutor):
    """One whose workers die at some of their calls."""

    def __init__(self, deaths: Iterator[bool]) -> None:
        super().__init__(1)
        self._deaths = deaths

    def submit(self, function: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        def call() -> object:
            if next(self._deaths, False):
                raise BrokenProcessPool("killed")
            return function(*given, **named)

        return super().submit(call)


def test_what_a_worker_was_at_that_died_is_done_again(shards: list[tuple[Any, ...]], library: Library) -> None:
    with Dying(iter([True, False, True])) as pool, ahead(shards, library, lambda: pool) as found:
        assert said(found.items(1)) == expected("a.jsonl", "b.jsonl")
        assert said(found.items(2)) == expected("c.jsonl")


def test_a_shard_of_which_all_workers_die_ends_the_run(shards: list[tuple[Any, ...]], library: Library) -> None:
    always = iter(lambda: True, None)
    with (
        Dying(always) as pool,
        ahead(shards, library, lambda: pool) as found,
        pytest.raises(EngineError, match=r"jsonl: the worker died 3 times"),
    ):
        list(found.items(1))


class Poisoned(ThreadPoolExecutor):
    """One that breaks, with all that is begun, where a shard begins with a certain file."""

    def __init__(self, place: str) -> None:
        super().__init__(2)
        self.place = place
        self.is_broken = False

    def submit(self, function: Any, rules: Any, sources: Any, /, **named: Any) -> Any:  # noqa: ANN401
        self.is_broken = self.is_broken and self._work_queue.qsize() > 0

        def call() -> object:
            self.is_broken = self.is_broken or sources[0].place == self.place
            if self.is_broken:
                raise BrokenProcessPool("killed")
            return function(rules, sources, **named)

        return super().submit(call)


def test_the_shard_of_which_workers_die_is_named_and_what_comes_before_it_is_given(
    shards: list[tuple[Any, ...]], library: Library
) -> None:
    """All that was begun with it was suspected, and the first of that was named."""
    with Poisoned("d.jsonl") as pool, ahead(shards, library, lambda: pool, workers=lambda: 2) as found:
        assert said(found.items(1)) == expected("a.jsonl", "b.jsonl")
        assert said(found.items(2)) == expected("c.jsonl")
        with pytest.raises(EngineError, match=r"d\.jsonl: the worker died 3 times"):
            list(found.items(3))


def test_an_error_is_of_the_shard_that_it_came_of_and_a_further_attempt_begins_that_anew(
    shards: list[tuple[Any, ...]], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker's disk that was full for a moment failed another shard, in each attempt again."""
    fails = iter([True])

    def draft_or_fail(rules: Any, sources: Any, **named: Any) -> Any:  # noqa: ANN401
        if sources[0].place == "c.jsonl" and next(fails, False):
            raise OSError("no space left")
        return drafts.draft_piece(rules, sources, **named)

    monkeypatch.setattr("flows.engines.ahead.draft_piece", draft_or_fail)
    with ThreadPoolExecutor(2) as pool, ahead(shards, library, lambda: pool) as found:
        assert said(found.items(1)) == expected("a.jsonl", "b.jsonl")
        with pytest.raises(OSError, match="no space left"):
            list(found.items(2))
        assert said(found.items(2)) == expected("c.jsonl")
        assert said(found.items(3)) == expected("d.jsonl")


def test_a_cluster_whose_workers_are_all_gone_is_not_waited_for_for_ever(
    shards: list[tuple[Any, ...]], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.engines.ahead._ASK_SECONDS", 0.01)
    monkeypatch.setattr("flows.engines.ahead._PATIENCE_SECONDS", 0.05)
    gone = Event()

    class Deserted(ThreadPoolExecutor):
        def submit(self, *_given: Any, **_named: Any) -> Any:  # noqa: ANN401
            return super().submit(gone.wait)

    with Deserted(1) as pool, ahead(shards, library, lambda: pool, workers=lambda: 0) as found:
        with pytest.raises(EngineError, match="all workers are gone"):
            list(found.items(1))
        gone.set()


def test_a_worker_with_other_rules_ends_the_run(shards: list[tuple[Any, ...]], library: Library) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        ahead(shards, library, lambda: pool, versions=("0.0.1",)) as found,
        pytest.raises(EngineError, match=r"other versions than this program: .*, not 0\.0\.1"),
    ):
        list(found.items(1))


def test_a_stop_gives_no_more(
    shards: list[tuple[Any, ...]], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.engines.ahead._ASK_SECONDS", 0.01)
    with Dying(iter([True])) as pool, ahead(shards, library, lambda: pool, stop=lambda: True) as found:
        assert said(found.items(1)) == []


def test_a_continued_file_is_counted_once_and_finished(
    tmp_path: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    """Through a store: each piece but the first tells of a file that was begun before."""
    monkeypatch.setattr(drafts, "PIECE_SECONDS", 0.0)
    monkeypatch.setattr(drafts, "_PER_SECOND_OF_SKIPPING", 0.0)
    file = rows(*({"id": str(n), "text": f"Rain {n}."} for n in range(40)))
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(file.read_bytes().replace(b'"id": "', b'"id": "x')))
    job = Job(inputs=(str(file), str(tmp_path / "packed.jsonl.gz")), out=str(tmp_path / "out"))
    found = tuple(msgspec.structs.replace(each, key=bytes([n])) for n, each in enumerate(job.sources()))
    with (
        ThreadPoolExecutor(1) as pool,
        ahead([found], library, lambda: pool) as giving,
        open_store(tmp_path / "out", "run-1") as store,
    ):
        counts = job.run_shard(1, giving.items, store=store, library=library, stop=lambda: False)
    assert (counts.new, counts.unchanged, counts.set_aside) == (80, 0, {})
