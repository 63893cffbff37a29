"""The pager, with a real terminal at the other end of the command's standard output."""

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from flows.record import Record, encode

PATIENCE = 30
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
Terminal = tuple[subprocess.Popen[bytes], Callable[[], str]]


@pytest.fixture
def records(tmp_path: Path, record_of: Callable[..., Record]) -> Path:
    path = tmp_path / "records.jsonl"
    texts = [f"Rain fell all day on {n} houses.\nAdvertisement\nThen the sun came out." for n in range(100)]
    path.write_bytes(b"".join(encode(record_of(text, id=f"urn:{n}")) for n, text in enumerate(texts)))
    return path


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that keeps what it was given, and its settings."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\necho "LESS=$LESS" > {tmp_path}/settings\nexec cat > {tmp_path}/paged\n')
    script.chmod(0o755)
    return script


@contextmanager
def inspecting(records: Path, *filters: str, **environment: str) -> Iterator[Terminal]:
    """`cleancopy inspect` on a terminal: the process, and a function that reads its output to the end."""
    ours, theirs = pty.openpty()
    command = shutil.which("cleancopy", path=Path(sys.executable).parent)
    kept = {key: value for key, value in os.environ.items() if key not in {"PAGER", "LESS", "NO_COLOR"}}
    settings = {**kept, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    arguments = [command or "", "inspect", str(records), *(filters or ("--kind", "ad_marker"))]
    process = subprocess.Popen(
        arguments, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=settings, start_new_session=True
    )
    os.close(theirs)

    def output() -> str:
        return b"".join(iter(lambda: _read(ours), b"")).decode()

    try:
        yield process, output
    finally:
        process.kill()
        process.communicate()
        os.close(ours)


def _read(terminal: int) -> bytes:
    readable, _, _ = select.select([terminal], [], [], PATIENCE)
    assert readable, "nothing was written in time"
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux' word for the end of a terminal
        return b""


def leave(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, err


def test_a_pager_that_is_left_early_ends_the_command_quietly(records: Path, tmp_path: Path) -> None:
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\nexec head -c 100\n")
    script.chmod(0o755)
    with inspecting(records, PAGER=str(script)) as (process, output):
        output()
        assert leave(process) == (0, b"")


def test_an_error_is_told_when_the_pager_is_left(records: Path, pager: Path, tmp_path: Path) -> None:
    with inspecting(records, "--id", "urn:7", "--id", "urn:none", PAGER=str(pager)) as (process, output):
        assert output() == ""
        code, err = leave(process)
    assert (code, err.count(b"\n")) == (2, 1)
    assert err.endswith(b": no record with the id urn:none\n")
    assert "urn:7" in (tmp_path / "paged").read_text()


def test_an_interrupt_is_the_pagers_business(records: Path, tmp_path: Path) -> None:
    """Ctrl-C stops a search in less; the command waits until less is left."""
    script, read = tmp_path / "pager", tmp_path / "read"
    script.write_text(f"#!/bin/sh\ntrap '' INT\ncat > {tmp_path}/paged\ntouch {read}\nsleep 0.3\necho left\n")
    script.chmod(0o755)
    with inspecting(records, PAGER=str(script)) as (process, output):
        deadline = time.monotonic() + PATIENCE
        while not read.exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        assert output().strip() == "left"
        assert leave(process) == (0, b"")


@pytest.mark.parametrize("environment", [{"PAGER": ""}, {"PAGER": "no-such-pager -x"}, {"TERM": "dumb"}], ids=str)
def test_where_no_pager_is_wanted_or_there_records_are_printed(records: Path, environment: dict[str, str]) -> None:
    with inspecting(records, **environment) as (process, output):
        assert "urn:99" in output()
        assert leave(process) == (0, b"")


def test_a_terminal_is_paged_in_colour_at_its_width(records: Path, pager: Path, tmp_path: Path) -> None:
    with inspecting(records, PAGER=f"{pager} --option") as (process, output):
        assert output() == ""
        assert leave(process) == (0, b"")
    paged = (tmp_path / "paged").read_text()
    assert paged.count("\x1b[9;31mAdvertisement") == 100
    assert max(map(cell_len, _ESCAPES.sub("", paged).splitlines())) == 80
    assert (tmp_path / "settings").read_text() == "LESS=FRX\n"


def test_the_users_settings_of_less_win(records: Path, pager: Path, tmp_path: Path) -> None:
    with inspecting(records, PAGER=str(pager), LESS="-R -S") as (process, output):
        output()
        leave(process)
    assert (tmp_path / "settings").read_text() == "LESS=-R -S\n"


def test_without_a_terminal_nothing_is_paged(records: Path, pager: Path) -> None:
    command = shutil.which("cleancopy", path=Path(sys.executable).parent)
    done = subprocess.run(
        [command or "", "inspect", records, "--id", "urn:7"],
        env={**os.environ, "PAGER": str(pager)}, capture_output=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert b"[-Advertisement-]" in done.stdout
    assert not (pager.parent / "paged").exists()
