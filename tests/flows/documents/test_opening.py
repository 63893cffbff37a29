import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from cleaners.document import Flag
from flows.documents import rows as row_reader
from flows.documents import texts as text_reader
from flows.documents.loaded import Loaded, Reason, SetAside
from flows.documents.opening import InputError, find_sources, read_documents


def texts(items: list[Loaded | SetAside]) -> list[str]:
    return [item.document.text for item in items if isinstance(item, Loaded)]


def aside(items: list[Loaded | SetAside]) -> list[tuple[str, Reason, int | None]]:
    return [(item.document, item.reason, item.line) for item in items if isinstance(item, SetAside)]


def read(*inputs: Path) -> list[Loaded | SetAside]:
    return list(read_documents(find_sources(inputs)))


def many_rows(count: int) -> bytes:
    """Rows that compression cannot make much smaller, so that a cut falls among them."""
    return b"".join(json.dumps({"text": f"{n} {os.urandom(200).hex()}"}).encode() + b"\n" for n in range(count))


def test_a_missing_path_is_refused_by_name(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    with pytest.raises(InputError, match=r"missing\.txt: no such file or folder"):
        find_sources([missing])


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.gz", "a.txt.bz2"])
def test_a_file_of_no_known_ending_is_refused_and_the_known_are_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Rain.")
    with pytest.raises(InputError, match=rf"{name}: .*\.txt, .*\.jsonl, .*\.zst"):
        find_sources([tmp_path / name])


def test_a_folder_with_nothing_to_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("Rain.")
    (tmp_path / ".hidden.txt").write_text("Rain.")
    with pytest.raises(InputError, match=f"{tmp_path}: no "):
        find_sources([tmp_path])


def test_one_wrong_input_among_right_ones_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    with pytest.raises(InputError):
        find_sources([tmp_path / "a.txt", tmp_path / "b.txt"])


def test_hidden_files_folders_and_other_formats_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    for name in (".a.txt", ".git/b.txt", "c.pdf", "d.txt/e.jsonl", "f/.g/h.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Rain.")
    assert [source.place for source in find_sources([tmp_path])] == ["d.txt/e.jsonl"]


def test_a_hidden_folder_that_is_given_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / ".in").mkdir()
    (tmp_path / ".in" / "a.txt").write_text("Rain.")
    assert texts(read(tmp_path / ".in")) == ["Rain."]


def test_files_of_a_folder_come_in_one_order_whatever_the_disks(tmp_path: Path) -> None:
    names = ["b/a.txt", "a.txt", "c.jsonl", "b/c/d.txt", "a/z.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Rain.")
    assert [s.place for s in find_sources([tmp_path])] == ["a/z.txt", "a.txt", "b/a.txt", "b/c/d.txt", "c.jsonl"]


def test_several_inputs_come_in_the_order_given(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Rain.")
    assert [s.place for s in find_sources([tmp_path / "b.txt", tmp_path / "a.txt"])] == ["b.txt", "a.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "in" / "a.txt"
    file.parent.mkdir()
    file.write_text("Rain.")
    monkeypatch.chdir(tmp_path)
    given = [file, tmp_path / "in", tmp_path / "in" / ".." / "in" / "a.txt", Path("in/a.txt"), "in"]
    assert [(s.path, s.place) for s in find_sources(given)] == [(file, "a.txt")]


def test_a_source_knows_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert find_sources([tmp_path])[0].size == 5


def test_a_dangling_link_in_a_folder_is_set_aside_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "b.txt").write_text("Rain.")
    items = read(tmp_path)
    assert aside(items) == [("a.txt", Reason.UNREADABLE, None)]
    assert texts(items) == ["Rain."]


def test_a_dangling_link_that_is_given_itself_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    (item,) = read(tmp_path / "a.txt")
    assert isinstance(item, SetAside)
    assert (item.reason, item.detail) == (Reason.UNREADABLE, "No such file or directory")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.txt.gz", "a.jsonl.gz"])
def test_an_empty_file_is_set_aside_as_empty_input(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith(".gz") else b"")
    assert aside(read(tmp_path)) == [(name, Reason.EMPTY_INPUT, None)]


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", b"\n \n"), ("a.txt", b"\xef\xbb\xbf")])
def test_a_file_of_blank_lines_or_a_mark_alone_is_empty_input(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert aside(read(tmp_path)) == [(name, Reason.EMPTY_INPUT, None)]


def test_a_file_of_bad_rows_alone_is_not_called_empty(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{\n")
    assert aside(read(tmp_path)) == [("a.jsonl", Reason.BAD_JSON, 1)]


def test_of_a_truncated_gzip_the_rows_before_the_cut_are_kept(tmp_path: Path) -> None:
    content = many_rows(200)
    whole = gzip.compress(content)
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.txt").write_text("Rain.")
    items = read(tmp_path)
    kept = texts(items)
    expected = [json.loads(line)["text"] for line in content.splitlines()]
    assert kept[-1] == "Rain."
    assert kept[:-1] == expected[: len(kept) - 1]
    assert 50 < len(kept) < 150
    assert aside(items) == [("a.jsonl.gz", Reason.BAD_COMPRESSION, None)]


def test_of_a_gzip_with_a_wrong_checksum_the_rows_are_kept_and_the_fault_is_told(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(b'{"text": "a"}\n'))
    whole[-8] ^= 1
    (tmp_path / "a.jsonl.gz").write_bytes(whole)
    items = read(tmp_path)
    assert texts(items) == ["a"]
    assert aside(items) == [("a.jsonl.gz", Reason.BAD_COMPRESSION, None)]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
@pytest.mark.parametrize(
    "content",
    [
        b"plain text, not gzip at all",
        b"\x1f\x8b",
        gzip.compress(b"x" * 99)[:-9],
        b"\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff",
    ],
    ids=["plain", "two bytes", "cut", "broken inside"],
)
def test_a_broken_gzip_is_set_aside_whole(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    items = read(tmp_path)
    assert aside(items) == [(name, Reason.BAD_COMPRESSION, None)]
    assert texts(items) == []


def test_text_and_rows_are_read_from_gzip_as_from_plain_files(tmp_path: Path, rows: Callable[..., Path]) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Rain.\r\nSun.\r\n"))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "one"}\n{"text": "two"}\n'))
    rows({"text": "three"}, name="c.jsonl")
    items = read(tmp_path)
    assert texts(items) == ["Rain.\nSun.\n", "one", "two", "three"]
    assert [i.place for i in items if isinstance(i, Loaded)] == [
        "a.txt.gz",
        "b.jsonl.gz#1",
        "b.jsonl.gz#2",
        "c.jsonl#1",
    ]


def test_a_text_file_keeps_how_its_bytes_were_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfcaf\xe9\r\n")
    (item,) = read(tmp_path)
    assert isinstance(item, Loaded)
    assert (item.origin.encoding, item.origin.newline, item.origin.bom) == ("utf-8", "crlf", True)
    assert item.document.flags == (Flag.DECODED_WITH_ERRORS,)
    assert (item.line, item.place) == (None, "a.txt")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    for name in ("in/a.txt", "in/b.pdf", "in/.c.txt", "in/d/e.txt", "in/d/f.jsonl", "in/.g/h.txt", "in/i[1].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"text": "Rain."}')
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        ("*.txt", ["a.txt", "i[1].txt"]),
        ("**/*.txt", ["a.txt", "d/e.txt", "i[1].txt"]),
        ("**/*", ["a.txt", "d/e.txt", "d/f.jsonl", "i[1].txt"]),
        ("d/*", ["e.txt", "f.jsonl"]),
        ("?/e.txt", ["d/e.txt"]),
        ("i[1].txt", ["i[1].txt"]),
        ("[ab].*", ["a.txt"]),
    ],
)
def test_a_pattern_means_the_readable_files_that_match(articles: Path, pattern: str, places: list[str]) -> None:
    assert [source.place for source in find_sources([f"{articles}/{pattern}"])] == places


@pytest.mark.parametrize("pattern", ["*.md", "*.pdf", "none/*.txt", ".c.*"])
def test_a_pattern_that_nothing_readable_matches_is_refused(articles: Path, pattern: str) -> None:
    with pytest.raises(InputError, match="matches this pattern") as caught:
        find_sources([f"{articles}/{pattern}"])
    assert pattern in str(caught.value)


def test_a_pattern_may_be_relative(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles)
    assert [source.place for source in find_sources(["*.txt"])] == ["a.txt", "i[1].txt"]


def test_below_the_excluded_folder_nothing_is_read(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles)
    assert [source.place for source in find_sources([".", "**/*.txt"], exclude="d")] == ["a.txt", "i[1].txt"]


@pytest.mark.parametrize("given", ["d", "d/e.txt", "d/*.txt", "d/../d"])
def test_an_input_that_is_all_excluded_is_refused(articles: Path, given: str) -> None:
    with pytest.raises(InputError, match="nothing to read outside of"):
        find_sources([f"{articles}/{given}"], exclude=articles / "d")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [1, 20])
def test_every_packed_file_that_is_cut_off_is_set_aside(tmp_path: Path, suffix: str, cut: int) -> None:
    pack = gzip.compress if suffix == ".gz" else zstd.compress
    for name in ("a.txt", "b.html", "c.json", "d.csv", "e.warc", "f.tar"):
        (tmp_path / (name + suffix)).write_bytes(pack(os.urandom(99).hex().encode())[:-cut])
    (tmp_path / "z.txt").write_text("Rain.")
    items = read(tmp_path)
    assert texts(items) == ["Rain."]
    assert len(aside(items)) == 6
    assert {reason for _, reason, _ in aside(items)} <= {Reason.BAD_COMPRESSION, Reason.BAD_ARCHIVE}


def test_of_a_truncated_zst_the_rows_before_the_cut_are_kept(tmp_path: Path) -> None:
    whole = zstd.compress(many_rows(3000))
    (tmp_path / "a.jsonl.zst").write_bytes(whole[: len(whole) // 2])
    items = read(tmp_path)
    assert 500 < len(texts(items)) < 2000
    assert aside(items) == [("a.jsonl.zst", Reason.BAD_COMPRESSION, None)]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv"])
@pytest.mark.parametrize("content", [b"%PDF-1.4\n1 0 obj", b"PK\x03\x04\x14\0", b"a\0b\0c\1d", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_text_is_set_aside_whatever_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert aside(read(tmp_path)) == [(name, Reason.BINARY, None)]


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.txt.zst"])
def test_a_text_that_is_too_large_unpacked_is_set_aside(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_reader, "MAX_TEXT", 1000)
    packed = {"a.txt": bytes, "a.txt.gz": gzip.compress, "a.txt.zst": zstd.compress}
    (tmp_path / name).write_bytes(packed[name](b"x" * 1001))
    assert aside(read(tmp_path)) == [(name, Reason.TOO_LARGE, None)]


def test_a_line_that_is_too_long_is_set_aside_and_the_rest_goes_on(
    rows: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_reader, "MAX_LINE", 100)
    items = read(rows({"text": "a"}, {"text": "b" * 500}, {"text": "c"}))
    assert texts(items) == ["a", "c"]
    assert aside(items) == [("rows.jsonl", Reason.TOO_LARGE, 2)]


def test_rows_in_utf_16_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "Žluť"}\r\n{"text": "😀"}\r\n'.encode("utf-16"))
    assert texts(read(tmp_path)) == ["Žluť", "😀"]


def test_rows_may_name_their_fields_otherwise(rows: Callable[..., Path]) -> None:
    sources = find_sources([rows({"article": {"body": "Rain."}, "headline": "Wet", "n": 1}, {"text": "a"})])
    first, second = read_documents(sources, fields={"text": "article.body", "title": "headline"})
    assert isinstance(first, Loaded)
    assert (first.document.text, first.document.title, first.metadata) == ("Rain.", "Wet", {"article": {}, "n": 1})
    assert isinstance(second, SetAside)


def test_reading_is_heard_of_as_it_goes_and_comes_to_the_files_sizes(tmp_path: Path) -> None:
    content = many_rows(2000)
    (tmp_path / "a.jsonl").write_bytes(content)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Rain."))
    (tmp_path / "c.zip").write_bytes(b"no zip")
    (tmp_path / "d.txt").write_bytes(b"")
    sources, steps = find_sources([tmp_path]), list[int]()
    documents = read_documents(sources, advance=steps.append)
    next(documents)
    assert 0 < sum(steps) < len(content) / 2
    list(documents)
    assert sum(steps) == sum(source.size for source in sources)
    assert all(step > 0 for step in steps)


def test_the_first_row_is_there_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    for name, row in (("a.jsonl", b'{"text": "a"}\n'), ("b.csv", b"text\n"), ("c.json", b'[{"text": "a"},')):
        (tmp_path / name).write_bytes(row + row[-15:] * 100_000)
        steps = list[int]()
        documents = read_documents(find_sources([tmp_path / name]), advance=steps.append)
        next(documents)
        assert sum(steps) < 300_000


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_bomb_takes_little_memory(tmp_path: Path, suffix: str) -> None:
    """200 MB in one line and 200 MB in 2,000 rows, in files of some kilobytes."""
    path = tmp_path / f"a.jsonl{suffix}"
    opened = gzip.open if suffix == ".gz" else zstd.open
    with opened(path, "wb") as file:
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        for n in range(2000):
            file.write(b'\n{"id": %d, "text": "%s"}' % (n, b"y" * 100_000))
    script = (
        "import re, sys\n"
        "from flows.documents.opening import find_sources, read_documents\n"
        "count = sum(1 for _ in read_documents(find_sources(sys.argv[1:])))\n"
        # Not `getrusage`: a child's peak begins with what its parent had.
        "peak = re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(count, int(peak) // 1024)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, path], check=True, capture_output=True, text=True)
    count, megabytes = map(int, run.stdout.split())
    assert count == 2001
    assert megabytes < 300
