import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from fsspec import AbstractFileSystem, filesystem, register_implementation
from fsspec.implementations.memory import MemoryFileSystem

from flows.documents.opening import InputError, find_sources, read_documents
from flows.job import Job
from flows.remote import PlaceError, fingerprint
from flows.retrying import retry
from flows.store.store import open_store

Read = Callable[..., Any]
Put = Callable[[str, bytes], str]


def putting(system: AbstractFileSystem, place: str) -> Iterator[Put]:
    """What puts files there and gives their URLs; in the end they are gone."""

    def put(name: str, content: bytes) -> str:
        system.pipe_file(f"/in/{name}", content)
        return f"{place}in/{name}"

    yield put
    system.rm("/in", recursive=True)


@pytest.fixture
def memory() -> Iterator[Put]:
    """Put a file into fsspec's memory; its URL."""
    yield from putting(filesystem("memory"), "memory://")


def test_files_of_a_folder_elsewhere_are_read_in_the_order_of_their_names(memory: Put, read: Read) -> None:
    memory("b/rows.jsonl", b'{"text": "two"}\n{"text": "three"}')
    memory("a.txt", b"one")
    memory(".hidden.txt", b"none")
    memory("picture.png", b"none")
    assert read("memory://in").texts == {"a.txt": "one", "b/rows.jsonl#1": "two", "b/rows.jsonl#2": "three"}
    assert read("memory://in/b/rows.jsonl").texts == {"rows.jsonl#1": "two", "rows.jsonl#2": "three"}
    assert read("memory://in/**/*.jsonl").texts == {"b/rows.jsonl#1": "two", "b/rows.jsonl#2": "three"}


def test_a_local_folder_by_its_url_is_the_same_as_by_its_path(tmp_path: Path, read: Read) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("one")
    assert read(f"file://{tmp_path}/in").texts == read(tmp_path / "in").texts == {"a.txt": "one"}


def test_formats_that_are_read_from_their_end_are_read_there_too(memory: Put, read: Read) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "one")
    assert read(memory("a.zip", packed.getvalue())).texts == {"a.zip#a.txt": "one"}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("memory://in/none.txt", "no such file or folder"),
        ("memory://in/*.csv", "no such file or folder"),
        ("nosuchkind://bucket/a.txt", "nosuchkind"),
        ("https://example.org/a.txt", "is no place for files; `cleancopy feeds add`"),
    ],
)
def test_a_url_that_names_nothing_is_refused(memory: Put, given: str, complaint: str) -> None:
    memory("a.png", b"")
    with pytest.raises(PlaceError, match=complaint):
        find_sources([given])
    with pytest.raises(InputError, match="file there"):
        find_sources(["memory://in"])


def test_a_file_that_has_gone_since_is_set_aside_by_its_url(memory: Put) -> None:
    sources = find_sources([memory("a.txt", b"one")])
    filesystem("memory").rm_file("/in/a.txt")
    memory("b.txt", b"two")
    (item,) = read_documents(sources)
    assert (item.input, item.document, item.reason) == ("memory:///in/a.txt", "a.txt", "unreadable")  # type: ignore[union-attr]


class Hosted(MemoryFileSystem):
    """Files on a host that its URLs name, as those of SFTP do; without one there is nothing to connect to."""

    protocol = "hosted"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    def __init__(self, host: str, **options: Any) -> None:  # noqa: ANN401 - whatever fsspec takes
        if host == "nowhere":
            raise ConnectionRefusedError(111, "Connection refused")
        super().__init__(**options)
        self.host = host

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        name = path.removeprefix("hosted://").partition("/")[2] if "://" in path else path
        return f"/{name.strip('/')}".rstrip("/")

    @staticmethod
    def _get_kwargs_from_urls(path: str) -> dict[str, str]:
        host = path.removeprefix("hosted://").partition("/")[0]
        return {"host": host} if host else {}


@pytest.fixture
def hosted() -> Iterator[Put]:
    """Put a file on the host; its URL."""
    register_implementation("hosted", Hosted, clobber=True)
    yield from putting(Hosted("me@host:22"), "hosted://me@host:22/")


@pytest.mark.parametrize("given", ["in", "in/", "in/b", "in/**/*.jsonl", "in/b/rows.jsonl", ""])
def test_files_on_a_host_that_the_url_names_are_read_from_there(hosted: Put, tmp_path: Path, given: str) -> None:
    url = hosted("b/rows.jsonl", b'{"text": "one"}')
    (source,) = find_sources([f"hosted://me@host:22/{given}"])
    assert source.url == url == "hosted://me@host:22/in/b/rows.jsonl"
    job = {"inputs": (f"hosted://me@host:22/{given}",), "out": str(tmp_path / "out")}
    assert Job(**job).run_all().new == 1  # type: ignore[arg-type]
    assert Job(**job).run_all().finished == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(("url", "complaint"), [("hosted:///in", "host"), ("hosted://nowhere/in", "refused")])
def test_a_url_whose_host_is_missing_or_does_not_answer_is_refused(hosted: Put, url: str, complaint: str) -> None:
    hosted("a.txt", b"one")
    with pytest.raises(PlaceError, match=f"^{url}: .*{complaint}"):
        find_sources([url])
    assert fingerprint(url) is None


def test_an_archive_that_is_opened_as_a_folder_elsewhere_is_read_from_there(memory: Put, read: Read) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b/a.txt", "one")
    assert read(f"zip://b::{memory('a.zip', packed.getvalue())}").texts == {"a.txt": "one"}


def test_bytes_are_told_as_they_are_read(memory: Put) -> None:
    told: list[int] = []
    list(read_documents(find_sources([memory("a.txt", b"x" * 1000)]), advance=told.append))
    assert sum(told) == 1000


def test_a_job_reads_finished_files_elsewhere_once_and_retries_what_was_mended(memory: Put, tmp_path: Path) -> None:
    memory("rows.jsonl", b'{"id": "1", "text": "one"}\n{')
    job = {"inputs": ("memory://in",), "out": str(tmp_path / "out")}
    assert Job(**job).run_all().new == 1  # type: ignore[arg-type]
    again = Job(**job).run_all()  # type: ignore[arg-type]
    assert (again.finished, again.unchanged, again.set_aside) == (1, 1, {"bad_json": 1})
    memory("rows.jsonl", b'{"id": "1", "text": "one"}\n{"id": "2", "text": "two"}')
    with open_store(tmp_path / "out", "run-3") as store:
        done = retry(store, Job(**job).library())  # type: ignore[arg-type]
    assert (done.resolved, done.counts.new, done.missing) == (1, 1, ())
