import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.store.errors import StoreError
from flows.store.parts import Part, open_folder, part_lines, sync_folder, write_part


@pytest.fixture
def forbidden(tmp_path: Path) -> Iterator[Path]:
    """A folder that cannot be made: root is refused by /sys alone."""
    if os.geteuid() == 0:
        yield Path("/sys/cleancopy-test")
        return
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    yield locked / "out"
    locked.chmod(0o700)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_below_a_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file/records: cannot be written: Not a directory") as refused:
        open_folder(tmp_path / "file" / "records")
    assert not refused.value.started


def test_a_folder_that_is_a_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(StoreError, match="file: cannot be written"):
        open_folder(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "kept"


def test_a_folder_that_may_not_be_made_cannot_be_opened(forbidden: Path) -> None:
    with pytest.raises(StoreError, match=f"{forbidden}: cannot be written") as refused:
        open_folder(forbidden)
    assert not refused.value.started


def test_opening_makes_the_folder_and_leaves_it_empty(tmp_path: Path) -> None:
    open_folder(tmp_path / "a" / "b")
    assert names(tmp_path / "a" / "b") == []


def test_opening_removes_what_a_dead_run_staged_and_nothing_else(tmp_path: Path) -> None:
    for name in (".staged-a.jsonl", ".staged-probe", "b.jsonl", ".other"):
        (tmp_path / name).write_text("x\n")
    open_folder(tmp_path)
    assert names(tmp_path) == [".other", "b.jsonl"]


def test_nothing_is_left_when_the_block_raises(tmp_path: Path) -> None:
    part = Part(tmp_path, "a.jsonl")
    part.write(b"1\n")
    part.__exit__(KeyError, KeyError(), None)
    assert names(tmp_path) == []


def test_a_part_in_a_folder_that_is_gone_is_a_store_error_of_a_started_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"gone/a\.jsonl: cannot be written: No such file") as refused:
        write_part(tmp_path / "gone", "a.jsonl", [b"1\n"])
    assert refused.value.started


def test_a_rename_that_fails_is_a_store_error_and_leaves_nothing_staged(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(StoreError) as refused:
        write_part(tmp_path, "a.jsonl", [b"1\n"])
    assert refused.value.started
    assert names(tmp_path) == ["a.jsonl"]


def test_a_part_staged_by_another_is_not_overwritten(tmp_path: Path) -> None:
    with Part(tmp_path, "a.jsonl") as part:
        part.write(b"1\n")
        with pytest.raises(StoreError, match="File exists"):
            Part(tmp_path, "a.jsonl").write(b"2\n")
    assert (tmp_path / "a.jsonl").read_bytes() == b"1\n"


_WRITES_TOO_MUCH = """
import resource, signal, sys
from pathlib import Path
from flows.store.errors import StoreError
from flows.store.parts import write_part
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
write_part(Path(sys.argv[1]), "a.jsonl", [b"1\\n"] * 1000)
try:
    write_part(Path(sys.argv[1]), "b.jsonl", [b"2\\n"] * int(sys.argv[2]))
except StoreError as error:
    print(error.started, error)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit of file sizes here")
@pytest.mark.parametrize("lines", [2100, 50_000], ids=["on the last flush", "amid the writing"])
def test_a_full_disk_is_a_store_error_and_earlier_parts_stay_whole(tmp_path: Path, lines: int) -> None:
    command = [sys.executable, "-c", _WRITES_TOO_MUCH, str(tmp_path), str(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == f"True {tmp_path}/b.jsonl: cannot be written: File too large\n"
    assert names(tmp_path) == ["a.jsonl"]
    assert (tmp_path / "a.jsonl").read_bytes() == b"1\n" * 1000


def test_nothing_is_visible_before_the_block_ends(tmp_path: Path) -> None:
    with Part(tmp_path, "a.jsonl") as part:
        part.write(b"1\n" * 100_000)
        assert list(tmp_path.glob("[!.]*")) == []
    assert names(tmp_path) == ["a.jsonl"]


@pytest.mark.xfail(strict=True, reason="pathlib's glob finds hidden files too: `.staged-a.jsonl` is a `*.jsonl`")
def test_a_reader_sees_no_line_of_a_part_before_its_block_ends(tmp_path: Path) -> None:
    with Part(tmp_path, "a.jsonl") as part:
        part.write(b"1\n" * 100_000)
        assert list(part_lines(tmp_path)) == []


def test_a_part_without_a_line_is_not_made(tmp_path: Path) -> None:
    write_part(tmp_path, "a.jsonl", [])
    assert names(tmp_path) == []


def test_lines_of_parts_are_read_back_in_order_with_their_places(tmp_path: Path) -> None:
    write_part(tmp_path, "b.jsonl", [b"3\n"])
    write_part(tmp_path, "a.jsonl", [b"1\n", b"2\n"])
    (tmp_path / "notes.txt").write_bytes(b"5\n")
    assert list(part_lines(tmp_path)) == [
        (tmp_path / "a.jsonl", 1, b"1\n"),
        (tmp_path / "a.jsonl", 2, b"2\n"),
        (tmp_path / "b.jsonl", 1, b"3\n"),
    ]


def test_a_part_is_synced_before_it_is_renamed_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    write_part(tmp_path, "a.jsonl", [b"1\n"])
    assert happened == ["sync file", "rename", "sync folder"]


def test_syncing_a_missing_folder_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "gone")
