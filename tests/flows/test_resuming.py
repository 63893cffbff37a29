"""Files that an earlier run read are not read again; one that it left half-way is read on from there."""

import gzip
import os
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import pytest

from flows.documents import warcs
from flows.documents.loaded import Loaded, Source
from flows.job import Job
from flows.store import writer as writer_module
from flows.store.errors import StoreError
from flows.store.repairing import repair

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Any]:
    def run(*inputs: Path, stop: Callable[[], bool] = lambda: False, **settings: Any) -> Any:  # noqa: ANN401
        return Job(inputs=tuple(map(str, inputs)), out=str(tmp_path / "out"), **settings).run_all(stop)

    return run


def written(path: Path, content: bytes, stamp: int) -> Path:
    """A file with a time of its own: two writes within one tick of the disk's clock would look like one."""
    path.write_bytes(content)
    os.utime(path, ns=(stamp, stamp))
    return path


def test_a_file_that_was_read_to_its_end_is_not_read_again_and_counts_as_if_it_were(
    run: Callable[..., Any], rows: Rows
) -> None:
    file = rows({"id": "1", "text": "Rain."}, b"{", {"id": "1", "text": "Snow."})
    first = run(file)
    assert (first.new, first.finished, first.set_aside) == (1, 0, {"bad_json": 1, "duplicate_id": 1})
    file_read = run(file)
    assert (file_read.new, file_read.unchanged, file_read.finished) == (0, 1, 1)
    assert file_read.set_aside == first.set_aside


def test_a_finished_file_needs_not_even_be_readable_any_more(
    run: Callable[..., Any], rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = rows({"text": "Rain."})
    run(file)
    monkeypatch.setattr("flows.documents.opening.open_raw", lambda *_: pytest.fail("it was opened"))
    assert run(file).finished == 1


@pytest.mark.parametrize("change", ["content", "time", "fields", "updates"])
def test_a_file_is_read_again_if_anything_may_come_out_otherwise(
    run: Callable[..., Any], tmp_path: Path, change: str
) -> None:
    file = written(tmp_path / "a.jsonl", b'{"id": "1", "text": "Rain.", "other": "Hail."}', 1)
    run(file)
    if change == "content":
        written(file, b'{"id": "1", "text": "Snow.", "other": "Hail."}', 2)
    elif change == "time":
        os.utime(file, ns=(2, 2))
    settings = {"fields": {"fields": {"text": "other"}}, "updates": {"updates": "ignore"}}.get(change, {})
    counts = run(file, **settings)
    assert counts.finished == 0
    assert (counts.updated, counts.unchanged) == ((0, 1) if change in {"time", "updates"} else (1, 0))


def test_a_file_that_could_not_be_opened_is_tried_again(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.jsonl", b'{"text": "Rain."}', 1)

    def away(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("flows.documents.opening.open_raw", away)
        assert run(file).set_aside == {"unreadable": 1}
    assert (run(file).new, run(file).finished) == (1, 1)


def test_a_repaired_store_has_its_input_read_again(run: Callable[..., Any], rows: Rows, tmp_path: Path) -> None:
    file = rows({"text": "Rain."})
    run(file)
    repair(tmp_path / "out", "run-2")
    counts = run(file)
    assert (counts.finished, counts.unchanged) == (0, 1)


def test_a_stopped_run_over_an_archive_of_pages_is_gone_on_with_behind_the_last_committed_page(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: Stored
) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(gzip.compress(warc_page(number)) for number in range(6)))
    extracted: list[int] = []
    load = warcs.load_page

    def counted(content: bytes, source: Source, *, line: int, **known: Any) -> Loaded:  # noqa: ANN401
        extracted.append(line)
        return load(content, source, line=line, **known)

    monkeypatch.setattr(warcs, "load_page", counted)
    first = run(file, stop=lambda: len(extracted) == 3)
    assert (first.stopped, first.new) == (1, 3)
    extracted.clear()
    second = run(file)
    assert (second.new, second.unchanged, second.finished) == (3, 3, 0)
    assert extracted == [4, 5, 6]
    assert run(file).finished == 1
    assert [line["document"] for line in stored()] == [f"a.warc.gz#{number}" for number in range(1, 7)]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet"])
def test_rows_that_were_committed_before_a_kill_are_passed_over(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: Stored, name: str
) -> None:
    file = tmp_path / name
    write_rows(file, 1300)
    monkeypatch.setattr(writer_module, "PART_DOCUMENTS", 500)
    monkeypatch.setattr("flows.chunks.CHUNK_SECONDS", 60.0)
    commits = iter([True, False])
    commit = writer_module.Writer._commit  # noqa: SLF001 - where a kill would strike

    def killed(self: writer_module.Writer) -> None:
        if not next(commits):
            raise KeyboardInterrupt
        commit(self)

    with monkeypatch.context() as patched:
        patched.setattr(writer_module.Writer, "_commit", killed)
        with pytest.raises(KeyboardInterrupt):
            run(file)
    done = len(stored())
    assert 900 < done < 1300
    load = "load_row" if name.endswith("parquet") else "load_json"
    module = "flows.documents.parquet" if name.endswith("parquet") else "flows.documents.rows"
    loaded: list[object] = []
    real = getattr(__import__(module, fromlist=[load]), load)
    monkeypatch.setattr(f"{module}.{load}", lambda *given: loaded.append(1) or real(*given))
    counts = run(file)
    assert (counts.new, counts.unchanged) == (1300 - done, done)
    assert len(loaded) == 1300 - done
    assert sorted(int(line["id"]) for line in stored()) == [*range(1300)]


def test_a_shard_that_is_tried_again_in_a_resumed_file_counts_each_document_once(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What its first attempt committed was counted as found before, and then once more as it was met."""
    file = tmp_path / "a.jsonl"
    write_rows(file, 1300, bad={100, 700})
    monkeypatch.setattr(writer_module, "PART_DOCUMENTS", 400)
    monkeypatch.setattr("flows.chunks.CHUNK_SECONDS", 60.0)
    commit, fails = writer_module.Writer._commit, iter([False, True, False, True, False])  # noqa: SLF001

    def failing(self: writer_module.Writer) -> None:
        if next(fails, False):
            raise StoreError("the disk is away", started=True)
        commit(self)

    monkeypatch.setattr(writer_module.Writer, "_commit", failing)
    with pytest.raises(StoreError):
        run(file)

    def tried_again(job: Job, number: int, items: Any, **given: Any) -> Any:  # noqa: ANN401 - as run_all calls it
        with pytest.raises(StoreError):
            job.run_shard(number, items, **given)
        return job.run_shard(number, items, **given, attempt=2)

    counts = Job(inputs=(str(file),), out=str(tmp_path / "out")).run_all(run_shard=tried_again)
    expected = (1298, {"bad_json": 2})
    assert (counts.new + counts.unchanged, counts.set_aside) == expected
    noted = run(file)
    assert (noted.finished, noted.unchanged, noted.set_aside) == (1, *expected)


def write_rows(file: Path, count: int, bad: Container[int] = ()) -> None:
    if file.suffix == ".parquet":
        import pyarrow as pa  # noqa: PLC0415 - as the reader does
        from pyarrow.parquet import write_table  # noqa: PLC0415

        table = pa.table({"id": [str(n) for n in range(count)], "text": [f"Rain {n}." for n in range(count)]})
        write_table(table, file, row_group_size=400)
        return
    content = b"".join(b"{\n" if n in bad else b'{"id": "%d", "text": "Rain %d."}\n' % (n, n) for n in range(count))
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)


def warc_page(number: int) -> bytes:
    prose = f"The canal bridge was closed on day {number}, and the council said that it would stay shut until spring."
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{prose}</p></body></html>".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.org/{number}\r\n"
        "WARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"
