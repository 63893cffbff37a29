import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.store.errors import StoreError
from flows.store.parts import LocalParts, Part, read_lines


@pytest.fixture
def parts(tmp_path: Path) -> LocalParts:
    parts = LocalParts(tmp_path)
    parts.open()
    return parts


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def put(parts: LocalParts, name: str, *lines: bytes) -> Part:
    """Stage a part of the records and reveal it."""
    staged = parts.stage("records", name)
    for line in lines:
        staged.write(line)
    part = staged.finish()
    parts.reveal(part)
    return part


def test_folders_below_a_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(StoreError, match="file/records: cannot be written: Not a directory") as refused:
        LocalParts(tmp_path / "file").open()
    assert not refused.value.started
    assert (tmp_path / "file").read_text() == "kept"


def test_folders_that_may_not_be_made_cannot_be_opened(forbidden: Path) -> None:
    with pytest.raises(StoreError, match=f"{forbidden}/records: cannot be written") as refused:
        LocalParts(forbidden).open()
    assert not refused.value.started


def test_opening_makes_the_folders_and_leaves_them_empty(parts: LocalParts) -> None:
    parts.open()
    assert files(parts.out) == []
    assert sorted(path.name for path in parts.out.iterdir()) == ["quarantine", "records", "staging"]


def test_two_runs_that_start_at_once_do_not_take_each_others_probes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They find out whether the place can be written before one of them has the lock."""
    touch, others = Path.touch, iter([LocalParts(tmp_path)])

    def beside(self: Path) -> None:
        touch(self)
        if other := next(others, None):
            other.open()

    monkeypatch.setattr(Path, "touch", beside)
    LocalParts(tmp_path).open()
    assert files(tmp_path) == []


def test_a_part_in_a_folder_that_is_gone_is_a_store_error_of_a_started_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"records/a\.jsonl: cannot be written: No such file") as refused:
        LocalParts(tmp_path).stage("records", "a.jsonl")
    assert refused.value.started


def test_a_part_staged_by_another_is_not_overwritten(parts: LocalParts) -> None:
    first = parts.stage("records", "a.jsonl")
    with pytest.raises(StoreError, match="File exists"):
        parts.stage("records", "a.jsonl")
    first.discard()


def test_what_is_discarded_leaves_nothing_behind(parts: LocalParts) -> None:
    staged = parts.stage("records", "a.jsonl")
    staged.write(b"1\n")
    staged.discard()
    assert files(parts.out) == []


_WRITES_TOO_MUCH = """
import resource, sys
from pathlib import Path
from flows.store.errors import StoreError
from flows.store.parts import LocalParts
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
parts = LocalParts(Path(sys.argv[1]))
parts.open()
staged = parts.stage("records", "b.jsonl")
try:
    for _ in range(int(sys.argv[2])):
        staged.write(b"2\\n")
    staged.finish()
except StoreError as error:
    staged.discard()
    print(error.started, error)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit of file sizes here")
@pytest.mark.parametrize("lines", [2100, 50_000], ids=["on the last flush", "amid the writing"])
def test_a_full_disk_is_a_store_error_and_earlier_parts_stay_whole(parts: LocalParts, lines: int) -> None:
    put(parts, "a.jsonl", b"1\n" * 1000)
    command = [sys.executable, "-c", _WRITES_TOO_MUCH, str(parts.out), str(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == f"True {parts.out}/staging/records/b.jsonl: cannot be written: File too large\n"
    assert files(parts.out) == ["records/a.jsonl"]
    assert (parts.out / "records" / "a.jsonl").read_bytes() == b"1\n" * 1000


def test_a_staged_part_is_in_no_folder_that_readers_look_into(parts: LocalParts) -> None:
    staged = parts.stage("records", "a.jsonl")
    staged.write(b"1\n" * 100_000)
    assert list((parts.out / "records").glob("*")) == []
    parts.reveal(staged.finish())
    assert parts.visible("records") == {"a.jsonl": 200_000}
    assert parts.staged("records") == {}


def test_a_finished_part_knows_its_bytes(parts: LocalParts) -> None:
    assert put(parts, "a.jsonl", b"1\n", b"22\n") == Part("records", "a.jsonl", 5)


def test_lines_of_parts_are_read_back_in_order_with_their_places(parts: LocalParts) -> None:
    put(parts, "b.jsonl", b"3\n")
    put(parts, "a.jsonl", b"1\n", b"2\n")
    folder = parts.out / "records"
    (folder / "notes.txt").write_bytes(b"5\n")
    (folder / ".hidden.jsonl").write_bytes(b"6\n")
    assert list(read_lines(folder)) == [
        (folder / "a.jsonl", 1, b"1\n"),
        (folder / "a.jsonl", 2, b"2\n"),
        (folder / "b.jsonl", 1, b"3\n"),
    ]


def test_a_part_is_synced_before_it_is_renamed_and_its_folder_after(
    parts: LocalParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    rename, fsync = Path.rename, os.fsync

    def watched_rename(self: Path, target: Path) -> Path:
        happened.append("rename")
        return rename(self, target)

    def watched_sync(descriptor: int) -> None:
        happened.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync file")  # noqa: PTH112
        fsync(descriptor)

    monkeypatch.setattr(Path, "rename", watched_rename)
    monkeypatch.setattr(os, "fsync", watched_sync)
    put(parts, "a.jsonl", b"1\n")
    assert happened == ["sync file", "rename", "sync folder"]


@pytest.mark.parametrize("one_step", [True, False], ids=["in one step", "in two renames"])
def test_the_next_folder_takes_the_place_of_the_old_one(
    parts: LocalParts, monkeypatch: pytest.MonkeyPatch, *, one_step: bool
) -> None:
    if not one_step:
        monkeypatch.setattr("flows.store.disk.ctypes.CDLL", lambda *_, **__: object())
    put(parts, "old.jsonl", b"1\n")
    parts.begin_next("records", "run-1")
    assert parts.next_by("records") == "run-1"
    staged = parts.stage_next("records", "new.jsonl")
    staged.write(b"2\n")
    staged.finish()
    assert parts.visible("records") == {"old.jsonl": 2}
    parts.exchange("records")
    assert parts.visible("records") == {"new.jsonl": 2}
    assert parts.next_by("records") is None
    assert not (parts.out / "staging" / "next-records").exists()


def test_an_exchange_with_a_folder_that_is_gone_moves_nothing(parts: LocalParts) -> None:
    put(parts, "old.jsonl", b"1\n")
    with pytest.raises(StoreError, match="records: cannot be written: No such file"):
        parts.exchange("records")
    assert files(parts.out) == ["records/old.jsonl"]
