import bz2
import gzip
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.documents.archives import tar_members, zip_members
from flows.documents.limits import seekable
from flows.documents.loaded import Reason, SetAside, UnusableError

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


PACKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda members: gzip.compress(tarred(members)),
    "a.tgz": lambda members: gzip.compress(tarred(members)),
}
packed = pytest.mark.parametrize(("name", "pack"), PACKERS.items(), ids=list(PACKERS))
Pack = Callable[[dict[str, bytes]], bytes]


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("content", [b"no archive at all", b"PK\x03\x04", os.urandom(2000)])
def test_what_is_no_archive_is_set_aside(write: Write, read: Read, name: str, content: bytes) -> None:
    ((place, reason, line),) = read(write(name, content)).aside
    assert (place, line) == (name, None)
    assert reason in {Reason.BAD_ARCHIVE, Reason.BAD_COMPRESSION}


@packed
@pytest.mark.parametrize("members", [{}, {"a.pdf": b"x"}, {".hidden.txt": b"x", "__MACOSX/a.txt": b"x"}])
def test_an_archive_with_nothing_to_read_is_empty_input(
    write: Write, read: Read, name: str, pack: Pack, members: dict[str, bytes]
) -> None:
    assert read(write(name, pack(members))).aside == [(name, Reason.EMPTY_INPUT, None)]


@packed
def test_each_member_is_read_by_its_ending_and_bad_ones_are_set_aside(
    write: Write, read: Read, name: str, pack: Pack
) -> None:
    members = {
        "news/a.txt": b"Rain.",
        "empty.txt": b"",
        "news/rows.jsonl": b'{"text": "one"}\nnonsense\n{"text": "three"}\n',
        "rows.csv.gz": gzip.compress(b"text\nfour\n"),
        "array.json": b'[{"text": "five"}]',
        "photo.txt": b"\xff\xd8\xff\xe0",
        "more.zip": zipped({"b.txt": b"Sun."}),
        "more.tgz": gzip.compress(tarred({"b.txt": b"Sun."})),
        "cut.txt.gz": gzip.compress(b"x" * 99)[:-9],
        "image.png": b"\x89PNG",
        "last.txt": b"Sun.",
    }
    items = read(write(name, pack(members)))
    assert items.texts == {
        f"{name}#news/a.txt": "Rain.",
        f"{name}#news/rows.jsonl#1": "one",
        f"{name}#news/rows.jsonl#3": "three",
        f"{name}#rows.csv.gz#2": "four",
        f"{name}#array.json#1": "five",
        f"{name}#last.txt": "Sun.",
    }
    assert items.aside == [
        (f"{name}#empty.txt", Reason.EMPTY_INPUT, None),
        (f"{name}#news/rows.jsonl", Reason.BAD_JSON, 2),
        (f"{name}#photo.txt", Reason.BINARY, None),
        (f"{name}#more.zip", Reason.NESTED_ARCHIVE, None),
        (f"{name}#more.tgz", Reason.NESTED_ARCHIVE, None),
        (f"{name}#cut.txt.gz", Reason.BAD_COMPRESSION, None),
    ]


@packed
def test_what_is_set_aside_names_the_archive_as_input(write: Write, read: Read, name: str, pack: Pack) -> None:
    path = write(name, pack({"a.txt": b""}))
    (item,) = read(path)
    assert isinstance(item, SetAside)
    assert (item.input, item.document) == (str(path), f"{name}#a.txt")


@packed
def test_a_members_path_is_a_name_and_nothing_is_written(
    write: Write, read: Read, name: str, pack: Pack, tmp_path: Path
) -> None:
    path = write(f"in/{name}", pack({"../up.txt": b"a", "/etc/top.txt": b"b", "x\ny\x1b[2J.txt": b""}))
    items = read(path)
    assert sorted(items.texts.values()) in (["a", "b"], ["b"])
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]
    assert all(str(item).isprintable() for item in items if isinstance(item, SetAside))


def test_of_a_tar_that_is_cut_off_the_members_before_the_cut_are_kept(write: Write, read: Read) -> None:
    members = {f"{n}.txt": os.urandom(500).hex().encode() for n in range(100)}
    whole = gzip.compress(tarred(members))
    items = read(write("a.tar.gz", whole[: len(whole) // 2]), write("b.txt", "Rain."))
    kept = list(items.texts.values())
    assert kept[-1] == "Rain."
    assert 40 < len(kept) < 60
    assert {reason for _, reason, _ in items.aside} <= {Reason.BAD_COMPRESSION, Reason.BAD_ARCHIVE}
    assert "a.tar.gz" in {place for place, _, _ in items.aside}


def test_of_a_zip_one_broken_member_is_set_aside_and_the_others_read(write: Write, read: Read) -> None:
    content = zipped({"a.txt": b"Rain.", "b.txt": b"Wind.", "c.txt": b"Sun."}, zipfile.ZIP_STORED)
    items = read(write("a.zip", content.replace(b"Wind.", b"Hail.", 1)))
    assert items.texts == {"a.zip#a.txt": "Rain.", "a.zip#c.txt": "Sun."}
    assert items.aside == [("a.zip#b.txt", Reason.BAD_ARCHIVE, None)]


def test_an_encrypted_member_is_set_aside_and_the_others_read(write: Write, read: Read) -> None:
    content = bytearray(zipped({"a.txt": b"Rain.", "b.txt": b"Sun."}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    items = read(write("a.zip", bytes(content)))
    assert items.texts == {"a.zip#b.txt": "Sun."}
    assert items.aside == [("a.zip#a.txt", Reason.ENCRYPTED, None)]


def test_a_member_packed_in_an_unknown_way_is_set_aside(write: Write, read: Read) -> None:
    content = bytearray(zipped({"a.txt": b"Rain."}))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + offset] = 99
    assert read(write("a.zip", bytes(content))).aside == [("a.zip#a.txt", Reason.BAD_COMPRESSION, None)]


def test_a_zip_of_a_version_to_come_is_set_aside(write: Write, read: Read) -> None:
    content = bytearray(zipped({"a.txt": b"Rain."}))
    content[content.index(b"PK\x01\x02") + 6] = 200
    assert read(write("a.zip", bytes(content))).aside == [("a.zip", Reason.BAD_ARCHIVE, None)]


def test_a_member_that_lies_outside_of_its_zip_is_set_aside(write: Write, read: Read) -> None:
    content = bytearray(zipped({"a.txt": b"Rain."}))
    end = content.index(b"PK\x05\x06") + 16
    content[end : end + 4] = (int.from_bytes(content[end : end + 4], "little") + 20).to_bytes(4, "little")
    assert read(write("a.zip", bytes(content))).aside == [("a.zip#a.txt", Reason.BAD_ARCHIVE, None)]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_broken_members_of_other_methods_are_set_aside(write: Write, read: Read, method: int) -> None:
    content = bytearray(zipped({"a.txt": b"Rain." * 99}, method))
    content[50:60] = b"\xff" * 10
    ((place, _, _),) = read(write("a.zip", bytes(content))).aside
    assert place == "a.zip#a.txt"


def test_links_in_a_tar_are_passed_over(write: Write, read: Read) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        plain = tarfile.TarInfo("b.txt")
        plain.size = 1
        archive.addfile(plain, io.BytesIO(b"b"))
    assert read(write("a.tar", file.getvalue())).texts == {"a.tar#b.txt": "b"}


def test_an_archive_that_is_packed_itself_is_read(write: Write, read: Read) -> None:
    items = read(write("a.zip.gz", gzip.compress(zipped({"a.txt": b"Rain."}))))
    assert items.texts == {"a.zip.gz#a.txt": "Rain."}


def test_a_zip_in_a_stream_is_held_only_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.documents.limits.MAX_TEXT", 100)
    with pytest.raises(UnusableError):
        seekable(io.BytesIO(bz2.compress(os.urandom(200))))


@pytest.mark.parametrize(("members_of", "pack"), [(zip_members, zipped), (tar_members, tarred)])
def test_a_member_is_read_as_it_is_unpacked(members_of: Callable[..., Any], pack: Pack) -> None:
    lines = b"".join(json.dumps({"text": f"{n} words"}).encode() + b"\n" for n in range(50_000))
    file = io.BytesIO(pack({"rows.jsonl": lines}))
    for member in members_of(io.BufferedReader(file)):  # type: ignore[arg-type]
        with member.open() as stream:
            assert json.loads(stream.readline()) == {"text": "0 words"}
            assert stream.tell() < 1000
