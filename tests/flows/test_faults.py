"""The faults that local input, disk and process bring; the numbers are those of docs/faults.md.

Each is met by the installed command in a process of its own. Fault 4, a kill at each step, is in store/test_kills.py.
"""

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Execute = Callable[..., subprocess.CompletedProcess[bytes]]
Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

DONE, SET_ASIDE, WRONG_USAGE, STOPPED = 0, 1, 2, 3
PATIENCE = 60
PROSE = "The canal bridge was closed on Monday, and the council said that it would stay shut until the spring ends."

pytestmark = pytest.mark.slow


@pytest.fixture
def clean(execute: Execute, tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Clean inputs into `out` without Prefect: the exit code, and the lines on standard error."""

    def clean(*inputs: object, **settings: Any) -> tuple[int, list[str]]:  # noqa: ANN401 - subprocess.run's own
        done = execute("clean", *inputs, "--out", tmp_path / "out", "--direct", **settings)
        return done.returncode, done.stderr.decode().splitlines()

    return clean


Clean = Callable[..., tuple[int, list[str]]]


@contextmanager
def a_run(command: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    words = [command, *map(str, arguments), "--direct"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def many(count: int) -> list[dict[str, str]]:
    return [{"id": f"{number:06d}", "text": f"{number}. {PROSE}\nAdvertisement"} for number in range(count)]


@pytest.mark.parametrize("illegal", ["&#1;", "&#8;", "&#11;", "&#31;", "&#xFFFF;", "\x01", "\x00"])
def test_fault_01_an_illegal_character_in_a_page_does_not_lose_it(
    clean: Clean, tmp_path: Path, stored: Stored, illegal: str
) -> None:
    page = f"<html><body><article><h1>Bridge closed</h1><p>{PROSE}{illegal}</p><p>{PROSE[::-1]}</p></article></body>"
    (tmp_path / "a.html").write_text(page)
    assert clean(tmp_path / "a.html") == (DONE, [])
    (record,) = stored()
    assert PROSE in record["text"]
    assert not set(map(chr, (0, 1, 8, 11, 31))) & set(record["text"])


PDF, JPEG = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("txt", PDF),
        ("html", PDF),
        ("txt", JPEG),
        ("html", JPEG),
        ("csv", b"\x89PNG\r\n\x1a\n\x00"),
        ("txt", b"a\x00b" * 99),
    ],
    ids=["pdf text", "pdf page", "jpeg text", "jpeg page", "png table", "nul bytes"],
)
def test_fault_02_a_file_that_is_no_text_is_set_aside(
    clean: Clean, tmp_path: Path, stored: Stored, ending: str, content: bytes
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"a.{ending}").write_bytes(content)
    (tmp_path / "in" / "b.txt").write_text("Rain.")
    code, errors = clean(tmp_path / "in")
    assert code == SET_ASIDE
    assert [line.partition(": ")[2].split(": ")[:2] for line in errors] == [[f"a.{ending}", "binary"]]
    assert [line["text"] for line in stored()] == ["Rain."]
    assert [line["reason"] for line in stored("quarantine")] == ["binary"]


@pytest.mark.parametrize("limit", [40_000, 130_000, 300_000, 700_000])
def test_fault_03_a_full_disk_stops_the_run_with_3_and_the_next_goes_on(
    clean: Clean, rows: Rows, stored: Stored, limit: int
) -> None:
    file = rows(*many(2_000))
    code, errors = clean(file, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert code == STOPPED
    assert len(errors) == 1
    assert stored() == []
    assert clean(file) == (DONE, [])
    assert [line["id"] for line in stored()] == [f"{number:06d}" for number in range(2_000)]


def test_fault_05_a_second_run_at_once_leaves_with_3_and_one_that_waits_goes_on(
    clean: Clean, command: str, execute: Execute, rows: Rows, tmp_path: Path, stored: Stored
) -> None:
    pipe = tmp_path / "slow.jsonl"
    os.mkfifo(pipe)
    second = rows({"id": "second", "text": "Snow."})
    # The first run has the store until the pipe it reads from is closed.
    with a_run(command, "clean", pipe, "--out", tmp_path / "out") as first:
        with pipe.open("wb") as feed:
            wait_for_lock(tmp_path / "out")
            code, errors = clean(second)
            assert code == STOPPED
            assert "has been writing to this store since" in errors[0]
            with a_run(command, "clean", second, "--out", tmp_path / "out", "--wait") as waiting:
                feed.write(json.dumps({"id": "first", "text": "Rain."}).encode() + b"\n")
                feed.close()
                assert waiting.wait(PATIENCE) == DONE
        assert first.wait(PATIENCE) == DONE
    assert sorted(line["id"] for line in stored()) == ["first", "second"]
    assert execute("inspect", tmp_path / "out").returncode == DONE


def wait_for_lock(out: Path) -> None:
    """Until a run has the store: its staging folders are there, and its state has a lock."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = out / "state.db"
        if state.exists() and b"run" in state.read_bytes() and (out / "staging" / "quarantine").exists():
            time.sleep(0.3)
            return
        time.sleep(0.02)
    raise AssertionError("no run took the store")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_fault_06_a_signal_lets_the_run_commit_what_is_done_and_leave_with_3(
    clean: Clean, command: str, rows: Rows, tmp_path: Path, stored: Stored, number: signal.Signals
) -> None:
    lines = rows(*many(1_000)).read_bytes().splitlines(keepends=True)
    pipe = tmp_path / "slow.jsonl"
    os.mkfifo(pipe)
    with a_run(command, "clean", pipe, "--out", tmp_path / "out") as process:
        with pipe.open("wb") as feed:
            feed.writelines(lines[:600])
            feed.flush()
            wait_for_lock(tmp_path / "out")
            process.send_signal(number)
            feed.writelines(lines[600:700])
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == STOPPED
    assert errors.decode().splitlines() == [
        "cleancopy: stopped; what was committed stays, and the next run goes on from there"
    ]
    done = [line["id"] for line in stored()]
    assert done == [f"{number:06d}" for number in range(len(done))]
    assert 0 < len(done) <= 700
    assert clean(tmp_path / "rows.jsonl") == (DONE, [])
    assert [line["id"] for line in stored()] == [f"{number:06d}" for number in range(1_000)]


@pytest.mark.parametrize("state", [b"garbage", b""], ids=["garbage", "empty"])
def test_fault_07_a_corrupt_state_is_refused_with_advice_that_helps(
    clean: Clean, execute: Execute, rows: Rows, tmp_path: Path, stored: Stored, state: bytes
) -> None:
    file = rows({"id": "1", "text": "Rain."}, {"id": "2", "text": "Snow."})
    clean(file)
    (tmp_path / "out" / "state.db").write_bytes(state)
    code, (error,) = clean(file)
    assert code == STOPPED
    advice = error.partition("`")[2].partition("`")[0].split()
    assert advice == ["cleancopy", "repair", str(tmp_path / "out")]
    assert execute(*advice[1:]).returncode == DONE
    assert clean(file) == (DONE, [])
    assert [line["id"] for line in stored()] == ["1", "2"]


@pytest.mark.parametrize(
    ("option", "content"),
    [("--phrases", "phrases: 7"), ("--phrases", "{"), ("--disable", None), ("--map", None)],
    ids=["wrong key", "no yaml", "unknown id", "unknown field"],
)
def test_fault_08_a_wrong_configuration_is_named_before_anything_is_done(
    execute: Execute, rows: Rows, tmp_path: Path, option: str, content: str | None
) -> None:
    value = "none=such"
    if content is not None:
        (tmp_path / "phrases").mkdir()
        (tmp_path / "phrases" / "own.yaml").write_text(content)
        value = str(tmp_path / "phrases")
    done = execute("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct", option, value)
    (error,) = done.stderr.decode().splitlines()
    assert done.returncode == WRONG_USAGE
    assert ("own.yaml:" if content else "none") in error
    assert not (tmp_path / "out").exists()


def test_fault_09_a_store_that_may_not_be_written_is_named_before_anything_is_done(
    execute: Execute, rows: Rows, tmp_path: Path
) -> None:
    out = Path("/sys/cleancopy-test") if os.geteuid() == 0 else tmp_path / "locked" / "out"
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o500)
    done = execute("clean", rows({"text": "Rain."}), "--out", out, "--direct")
    (error,) = done.stderr.decode().splitlines()
    assert done.returncode == WRONG_USAGE
    assert f"{out}/records: cannot be written" in error


@pytest.mark.parametrize(
    ("content", "encoding", "faulty"),
    [
        ("Été à Zürich, où la neige tombe.".encode("cp1252"), "cp1252", False),
        ("\ufeffRain.".encode("utf-16-le"), "utf-16-le", False),
        ("Müller, Zürich, Málaga, São Paulo".encode() + b"\xff", "utf-8", True),
    ],
    ids=["another encoding", "a byte order mark", "a bad byte"],
)
def test_fault_10_text_that_is_no_utf_8_is_decoded_and_said(
    clean: Clean, tmp_path: Path, stored: Stored, content: bytes, encoding: str, *, faulty: bool
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert clean(tmp_path / "a.txt") == (DONE, [])
    (record,) = stored()
    assert record["original"]["encoding"] == encoding
    assert ("decoded_with_errors" in record["flags"]) is faulty
    assert ("\ufffd" in record["text"]) is faulty


def test_fault_11_a_bad_line_is_set_aside_with_its_number_and_the_rest_goes_on(
    clean: Clean, rows: Rows, stored: Stored
) -> None:
    code, errors = clean(rows({"id": "1", "text": "Rain."}, b'{"text": "torn', {"id": "3", "text": "Snow."}))
    assert code == SET_ASIDE
    assert [line.split(": ")[:3] for line in errors] == [["cleancopy", "rows.jsonl:2", "bad_json"]]
    assert [line["document"] for line in stored()] == ["rows.jsonl#1", "rows.jsonl#3"]
    assert [(line["reason"], line["line"]) for line in stored("quarantine")] == [("bad_json", 2)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("missing.txt", None, WRONG_USAGE), ("empty.txt", b"", SET_ASIDE), ("empty.jsonl", b"", SET_ASIDE)],
)
def test_fault_12_a_missing_or_empty_input_is_named(
    clean: Clean, tmp_path: Path, name: str, content: bytes | None, code: int
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    left, (error,) = clean(tmp_path / name)
    assert left == code
    assert name in error
