import re
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cleaners.errors import CleancopyError, PhraseFileError
from flows import job as job_module
from flows.counts import Counts
from flows.documents.opening import InputError, read_marked
from flows.inspection.reading import read_records
from flows.job import Job, shards
from flows.store import lock
from flows.store.errors import StoreError, TakenOverError
from flows.store.objects import ObjectParts
from flows.store.parts import LocalParts
from flows.store.store import Store
from flows.store.tables import LOCK

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path, rows: Rows) -> Path:
    """Two good rows, a bad one, and a text file with an advertisement."""
    rows({"id": "1", "text": "Rain fell."}, b"{", {"id": "2", "text": "Snow fell."}, name="in/a/rows.jsonl")
    (tmp_path / "in" / "story.txt").write_text("Hail fell.\nAdvertisement\nSun came.")
    return tmp_path / "in"


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Job]:
    def job(*inputs: Path, **settings: Any) -> Job:  # noqa: ANN401 - any setting
        return Job(inputs=tuple(map(str, inputs)), out=str(tmp_path / "out"), **settings)

    return job


def test_a_job_refuses_a_missing_input(job: Callable[..., Job], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        job(tmp_path / "nowhere").run_all()
    assert not (tmp_path / "out").exists()


def test_a_job_refuses_an_unknown_phrase_and_a_folder_without_phrases(
    job: Callable[..., Job], folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(CleancopyError, match=r"'example\.org/none'"):
        job(folder, disable=("example.org/none",)).run_all()
    with pytest.raises(CleancopyError, match=f"{tmp_path / 'none'}: no phrase files"):
        job(folder, phrases=str(tmp_path / "none")).run_all()
    assert not (tmp_path / "out").exists()


def test_a_job_refuses_a_broken_phrase_file(job: Callable[..., Job], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "x.yaml").write_text("publisher: example.org\nphrases: [\n")
    with pytest.raises(PhraseFileError, match=r"x\.yaml:\d+: "):
        job(folder, phrases=str(tmp_path / "own")).run_all()


def test_a_job_refuses_a_store_that_cannot_be_made(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"story\.txt/records: cannot be written"):
        Job(inputs=(str(folder),), out=str(folder / "story.txt")).run_all()


def test_a_run_over_a_folder_counts_what_it_stored(job: Callable[..., Job], folder: Path, stored: Stored) -> None:
    counts = job(folder).run_all()
    assert (counts.new, counts.updated, counts.unchanged) == (3, 0, 0)
    assert counts.set_aside == {"bad_json": 1}
    assert counts.removed == {"ad_marker": 1}
    records = stored()
    assert counts.new == len(records)
    assert counts.set_aside.total() == len(stored("quarantine"))
    assert counts.characters == sum(record["original"]["length"] for record in records)
    assert counts.kept == sum(len(record["text"]) for record in records)


def test_a_second_run_adds_nothing(job: Callable[..., Job], folder: Path, tmp_path: Path) -> None:
    job(folder).run_all()
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.jsonl")}
    counts = job(folder).run_all()
    assert (counts.new, counts.updated, counts.unchanged) == (0, 0, 3)
    assert counts.set_aside == {"bad_json": 1}
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.jsonl")} == before


def test_a_job_whose_files_were_listed_already_does_not_list_them_again(
    job: Callable[..., Job], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a bucket that takes minutes."""
    listed = job(folder).sources()
    monkeypatch.setattr(job_module, "find_sources", lambda *_, **__: pytest.fail("it listed them"))
    assert job(folder).run_all(sources=listed).new == 3


def test_an_edited_row_is_the_next_version_and_the_others_stay(
    job: Callable[..., Job], folder: Path, rows: Rows, stored: Stored
) -> None:
    job(folder, run="run-1").run_all()
    rows({"id": "1", "text": "Rain fell again."}, {"id": "2", "text": "Snow fell."}, name="in/a/rows.jsonl")
    counts = job(folder, run="run-2").run_all()
    assert (counts.new, counts.updated, counts.unchanged) == (0, 1, 2)
    assert [(line["id"], line["version"]) for line in stored()][-1] == ("1", 2)


def test_a_store_inside_the_input_folder_is_not_read_as_input(folder: Path) -> None:
    Job(inputs=(str(folder),), out=str(folder / "out")).run_all()
    counts = Job(inputs=(str(folder),), out=str(folder / "out")).run_all()
    assert (counts.unchanged, counts.set_aside.total()) == (3, 1)


def test_the_same_files_give_the_same_records_whatever_the_shards(
    folder: Path, tmp_path: Path, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Job(inputs=(str(folder),), out=str(tmp_path / "whole"), run="run").run_all()
    monkeypatch.setattr(job_module, "SHARD_BYTES", 1)
    parted = Job(inputs=(str(folder),), out=str(tmp_path / "parted"), run="run").run_all()
    assert parted == whole
    assert stored(out=tmp_path / "parted") == stored(out=tmp_path / "whole")
    assert len(list((tmp_path / "parted" / "records").iterdir())) == 2


def test_files_are_grouped_up_to_the_size_of_a_shard_and_a_large_one_stands_alone(
    job: Callable[..., Job], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, size in {"a": 4, "b": 6, "c": 1, "d": 50, "e": 0, "f": 10}.items():
        (folder / f"{name}.txt").write_bytes(b"x" * size)
    groups = [[source.place[0] for source in group] for group in shards(job(folder).sources(), 10)]
    assert groups == [["a", "b"], ["c"], ["d"], ["e", "f"]]


def test_a_run_names_itself_by_its_time_and_no_two_alike(job: Callable[..., Job]) -> None:
    runs = {job().run for _ in range(20)}
    assert len(runs) == 20
    assert all(re.fullmatch(r"\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{6}", run) for run in runs)


def test_disable_and_strip_datelines_reach_the_cleaning(
    job: Callable[..., Job], tmp_path: Path, stored: Stored
) -> None:
    prose = (
        "The canal bridge was closed on Monday, and the council said that it would stay shut until the spring ends."
    )
    (tmp_path / "a.txt").write_text(f"LONDON (Reuters) - {prose}\nAdvertisement\n{prose}")
    job(tmp_path / "a.txt", disable=("en/advertisement",), strip_datelines=True).run_all()
    (record,) = stored()
    assert record["text"] == f"{prose}\nAdvertisement\n{prose}"
    assert record["dateline"] == "LONDON (Reuters)"


def test_a_phrase_of_ones_own_is_applied(job: Callable[..., Job], tmp_path: Path, stored: Stored) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "example.org.yaml").write_text(
        "publisher: example.org\n"
        "phrases:\n"
        "  - id: club\n"
        "    kind: newsletter\n"
        '    text: "Join the reading club of the lighthouse"\n'
        '    matches: ["Join the reading club of the lighthouse."]\n'
        '    keeps: ["The reading club met."]\n'
    )
    row = '{"text": "Rain fell.\\nJoin the reading club of the lighthouse.", "publisher": "example.org"}'
    (tmp_path / "a.jsonl").write_text(row)
    job(tmp_path / "a.jsonl", phrases=str(tmp_path / "own")).run_all()
    (record,) = stored()
    assert (record["text"], record["removed"][0]["rule"]) == ("Rain fell.", "example.org/club")


def test_a_job_that_is_asked_to_stop_before_its_first_shard_says_so(job: Callable[..., Job], folder: Path) -> None:
    counts = job(folder).run_all(lambda: True)
    assert (counts.stopped, counts.new) == (1, 0)


def test_many_files_are_parted_in_linear_time(tmp_path: Path, steps: Callable[[Callable[[], object]], int]) -> None:
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text("Rain.")
    few = Job(inputs=tuple(str(tmp_path / f"{number}.txt") for number in range(100)), out=str(tmp_path / "out"))
    many = Job(inputs=tuple(str(tmp_path / f"{number}.txt") for number in range(400)), out=str(tmp_path / "out"))
    assert steps(lambda: list(shards(many.sources(), 100))) < 5 * steps(lambda: list(shards(few.sources(), 100)))


class Attempts:
    """The one shard of a job, tried again and again in an open store."""

    def __init__(self, job: Job, store: Store) -> None:
        self._job = job
        self._store = store
        self._sources = job.sources()
        self._attempt = 0

    def next(self) -> Counts:
        self._attempt += 1
        return self._job.run_shard(
            1,
            lambda _: read_marked(self._sources, {}, lambda _: None),
            store=self._store,
            library=self._job.library(),
            stop=lambda: False,
            attempt=self._attempt,
        )


def test_a_shard_that_failed_after_a_commit_is_done_again_without_doubling_what_it_had(
    job: Callable[..., Job], folder: Path, stored: Stored
) -> None:
    """Its parts need other names than those that are in the store already."""
    again = job(folder)
    with again.store() as store:
        attempts = Attempts(again, store)
        for _ in range(2):
            counts = attempts.next()
    assert (counts.new, counts.unchanged) == (0, 3)
    assert len(stored()) == 3


def away(*_: object) -> None:
    raise StoreError("the disk is away", started=True)


@pytest.mark.parametrize("where", ["local", "memory"])
def test_what_a_failed_attempt_committed_and_did_not_show_is_shown_by_the_next(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    out = str(tmp_path / "out") if where == "local" else f"memory://{tmp_path.name}"
    again = Job(inputs=(str(folder),), out=out, state=f"sqlite:///{tmp_path}/state.db")
    parts, step = (LocalParts, "reveal") if where == "local" else (ObjectParts, "_write_manifest")
    with again.store() as store:
        attempts = Attempts(again, store)
        with monkeypatch.context() as patched:
            patched.setattr(parts, step, away)
            with pytest.raises(StoreError):
                attempts.next()
        counts = attempts.next()
        assert (counts.new, counts.unchanged) == (0, 3)
        assert len(list(read_records(out))) == 3


def test_a_further_attempt_touches_nothing_of_a_run_that_has_taken_the_store_over(
    job: Callable[..., Job], folder: Path
) -> None:
    again = job(folder)
    with again.store() as store:
        theirs = store.parts.stage("records", "theirs.jsonl")
        attempts = Attempts(again, store)
        with store.state.begin() as connection:
            connection.execute(sa.update(LOCK).values(run="other"))
        for _ in range(2):
            with pytest.raises(TakenOverError, match="another run has taken the store over"):
                attempts.next()
        assert "theirs.jsonl" in store.parts.staged("records")
        theirs.discard()


def test_a_store_is_kept_while_its_run_waits_for_workers(
    job: Callable[..., Job], rows: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a cluster whose workers were busy elsewhere for longer than a lease, another host took the store."""
    monkeypatch.setattr(lock, "_RENEWAL_SECONDS", 0.0)
    renewed: list[str] = []
    monkeypatch.setattr(Store, "renew", lambda store: renewed.append(store.run))

    @contextmanager
    def cleaning(*given: Any) -> Any:  # noqa: ANN401
        *_, stop = given
        assert not stop()
        yield lambda _number: iter(())

    monkeypatch.setattr(job_module.Engine, "cleaning", cleaning)
    one = job(rows({"text": "Rain."}))
    one.run_all()
    assert renewed == [one.run]
