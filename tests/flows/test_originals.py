import gzip
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cleaners.errors import CleancopyError
from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded
from flows.documents.opening import find_sources, read_documents
from flows.originals import OriginalError, original_bytes, original_text, write_originals
from flows.record import Record
from flows.recording import clean_document

RecordOf = Callable[..., Record]

FILES = {
    "plain.txt": b"Rain fell.\nAdvertisement\nSun came.\n",
    "deep/windows.txt": "\ufeffRain fell.\r\nAdvertisement\r\nSun came.".encode(),
    "latin.txt": "Café à Zürich, où l'été dure.\nAdvertisement\n".encode("cp1252"),
    "wide.md": "\ufeffRain fell.\nAdvertisement\n".encode("utf-16-le"),
    "mixed.txt": b"Rain\x00less\x01 fell.\r\nSun\ncame.\r".replace(b"\x00", b""),
}


@pytest.fixture
def records(tmp_path: Path, library: Library) -> list[Record]:
    """The records of some files in several encodings."""
    for name, content in FILES.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    items = read_documents(find_sources([tmp_path / "in"]))
    return [clean_document(item, library) for item in items if isinstance(item, Loaded)]


def test_every_file_comes_back_byte_for_byte_at_its_place(records: list[Record], tmp_path: Path) -> None:
    assert list(write_originals(records, tmp_path / "back")) == []
    back = {
        path.relative_to(tmp_path / "back").as_posix(): path.read_bytes()
        for path in (tmp_path / "back").rglob("*")
        if path.is_file()
    }
    assert back == FILES


def test_a_row_has_no_file_of_its_own(record_of: RecordOf) -> None:
    with pytest.raises(OriginalError, match=r"record 1: rows\.jsonl#1 was a row or a page"):
        original_bytes(record_of("Rain.", id="1"))


def test_bytes_that_were_replaced_cannot_be_had_again(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.txt").write_bytes("Zürich, Genève, Málaga \u2026 ".encode() * 5 + b"\xff")
    (item,) = read_documents(find_sources([tmp_path / "a.txt"]))
    assert isinstance(item, Loaded)
    with pytest.raises(OriginalError, match="had bytes that are no utf-8"):
        original_bytes(clean_document(item, library))


def test_a_record_that_contradicts_itself_is_named(record_of: RecordOf) -> None:
    record = record_of("Rain fell on Friday.\nAdvertisement\nSun.", id="1")
    with pytest.raises(OriginalError, match="record 1: the removal at"):
        original_text(msgspec.structs.replace(record, text=""))


@pytest.mark.parametrize("place", ["../up.txt", "/etc/up.txt", "a/../../up.txt", "", "a\0b"])
def test_no_file_is_written_outside_of_the_folder(records: list[Record], tmp_path: Path, place: str) -> None:
    stray = msgspec.structs.replace(records[0], document=place)
    (error,) = write_originals([stray], tmp_path / "back" / "deep")
    assert "is no place inside a folder" in str(error)
    assert list((tmp_path / "back").rglob("*.*")) == []


def test_a_folder_with_files_is_left_alone(records: list[Record], tmp_path: Path) -> None:
    with pytest.raises(CleancopyError, match="is not empty"):
        list(write_originals(records, tmp_path / "in"))


def test_the_text_inside_a_packed_file_comes_back_under_its_own_name(tmp_path: Path, library: Library) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "A.TXT.gz").write_bytes(gzip.compress(b"Rain fell."))
    items = read_documents(find_sources([tmp_path / "in"]))
    records = [clean_document(item, library) for item in items if isinstance(item, Loaded)]
    assert list(write_originals(records, tmp_path / "back")) == []
    assert (tmp_path / "back" / "A.TXT").read_bytes() == b"Rain fell."


def test_of_documents_of_one_place_the_last_stays_and_the_others_are_named(
    records: list[Record], tmp_path: Path
) -> None:
    """Of two inputs with a `story.txt` each, one was written, and nothing said of the other."""
    one, other = (msgspec.structs.replace(record, document="story.txt") for record in records[:2])
    (left,) = write_originals([one, other], tmp_path / "back")
    assert str(left) == f"record {one.id}: the file of {other.id} stands in the place of its own"
    assert (tmp_path / "back" / "story.txt").read_bytes() == original_bytes(other)


def test_the_last_version_of_a_document_stays_whatever_the_order(records: list[Record], tmp_path: Path) -> None:
    old, new = (
        msgspec.structs.replace(record, document="story.txt", id="1", version=version)
        for version, record in enumerate(records[:2], 1)
    )
    for number, order in enumerate(([old, new], [new, old])):
        assert list(write_originals(order, tmp_path / f"{number}")) == []
        assert (tmp_path / f"{number}" / "story.txt").read_bytes() == original_bytes(new)


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(records: list[Record], tmp_path: Path) -> None:
    (tmp_path / "back").write_text("")
    with pytest.raises(CleancopyError, match="back: cannot be written"):
        list(write_originals(records, tmp_path / "back"))
