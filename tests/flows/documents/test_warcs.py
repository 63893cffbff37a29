import gzip
import io
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.documents import warcs
from flows.documents.loaded import Loaded, Reason, Source
from flows.recording import clean_document

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]
Make = Callable[..., bytes]
TEXT = "The council said that the bridge would stay shut until the summer, as the repairs will take that long."


@pytest.mark.parametrize("content", [b"no web archive\n\n", b"WARC/9.9\r\n\r\n", b"WARC/1.0\r\n"])
def test_what_is_no_web_archive_is_set_aside(write: Write, read: Read, content: bytes) -> None:
    ((place, reason, _),) = read(write("a.warc", content)).aside
    assert place == "a.warc"
    assert reason in {Reason.BAD_ARCHIVE, Reason.EMPTY_INPUT}


def test_what_is_no_page_is_passed_over(write: Write, read: Read, page: Make, warc_record: Make) -> None:
    records = [
        warc_record(page(), record_type="request"),
        warc_record(b"\x89PNG", content_type="image/png"),
        warc_record(page(), status="404 Not Found"),
        warc_record(page(), status="301 Moved"),
    ]
    assert read(write("a.warc", b"".join(records))).aside == [("a.warc", Reason.EMPTY_INPUT, None)]


def test_a_page_that_cannot_be_used_is_set_aside_with_its_record_and_the_rest_goes_on(
    write: Write, read: Read, page: Make, warc_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warcs, "MAX_PAGE", 5000)
    bomb = gzip.compress(b"<p>" + b"x" * 1_000_000)
    records = [
        warc_record(page(TEXT)),
        warc_record(b"%PDF-1.4"),
        warc_record(b""),
        warc_record(page(""), content_type="text/html; charset=utf-8"),
        warc_record(page(TEXT), coding="Content-Encoding: gzip\r\n"),
        warc_record(bomb, coding="Content-Encoding: gzip\r\n"),
        warc_record(page("x" * 6000)),
        warc_record(page(TEXT)),
    ]
    items = read(write("a.warc", b"".join(records)))
    assert items.texts == {"a.warc#1": TEXT, "a.warc#8": TEXT}
    assert items.aside == [
        ("a.warc", Reason.BINARY, 2),
        ("a.warc", Reason.EMPTY_INPUT, 3),
        ("a.warc", Reason.NO_TEXT, 4),
        ("a.warc", Reason.BAD_COMPRESSION, 5),
        ("a.warc", Reason.TOO_LARGE, 6),
        ("a.warc", Reason.TOO_LARGE, 7),
    ]


@pytest.mark.parametrize("cut", [3, 60, 300, 400])
def test_of_a_web_archive_that_is_cut_off_the_pages_before_are_kept(
    write: Write, read: Read, page: Make, warc_record: Make, cut: int
) -> None:
    items = read(write("a.warc", warc_record(page(TEXT)) + warc_record(page(TEXT))[:-cut]))
    assert set(items.texts) in ({"a.warc#1"}, {"a.warc#1", "a.warc#2"})
    assert len(items) == 2
    if cut > 3:
        assert items.aside == [("a.warc", Reason.BAD_ARCHIVE, None)]


def test_of_a_packed_web_archive_that_is_cut_off_the_pages_before_are_kept(
    write: Write, read: Read, page: Make, warc_record: Make
) -> None:
    packed = gzip.compress(warc_record(page(TEXT)))
    items = read(write("a.warc.gz", packed + packed[:-20]))
    assert items.texts == {"a.warc.gz#1": TEXT}
    assert items.aside == [("a.warc.gz", Reason.BAD_COMPRESSION, None)]


def test_a_page_has_its_address_and_the_day_it_was_fetched_but_no_date_of_publication(
    write: Write, read: Read, page: Make, warc_record: Make
) -> None:
    (item,) = read(write("a.warc", warc_record(page(TEXT), url="https://news.example.co.uk/a?b=1")))
    assert isinstance(item, Loaded)
    assert item.document.url == "https://news.example.co.uk/a?b=1"
    assert (item.document.publisher, item.document.publisher_source) == ("example.co.uk", "url")
    assert (item.document.date_published, item.date_fetched) == (None, "2020-01-02T03:04:05Z")
    assert (item.line, item.extractor and item.extractor.name) == (1, "trafilatura")


def test_a_record_says_what_drew_its_text_and_when_it_was_fetched(
    write: Write, read: Read, page: Make, warc_record: Make, library: Library
) -> None:
    (item,) = read(write("a.warc", warc_record(page(TEXT))))
    record = clean_document(item, library)
    assert record.extractor is not None
    assert (record.extractor.name, record.extractor.version) == ("trafilatura", version("trafilatura"))
    assert (record.document, record.date_fetched, record.date_published) == ("a.warc#1", "2020-01-02T03:04:05Z", None)


def test_a_page_is_read_however_it_was_sent(write: Write, read: Read, page: Make, warc_record: Make) -> None:
    content = page(TEXT)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
    squeezed = gzip.compress(content)
    both = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    records = [
        warc_record(squeezed, coding="Content-Encoding: GZIP\r\n"),
        warc_record(zlib.compress(content), coding="Content-Encoding: deflate\r\n"),
        warc_record(chunked, coding="Transfer-Encoding: chunked\r\n"),
        warc_record(both, coding="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        warc_record(page("Café über, " + TEXT).decode().encode("cp1252"), content_type="text/html; charset=latin-1"),
    ]
    kept = read(write("a.warc", b"".join(records))).texts
    assert list(kept.values()) == [TEXT] * 4 + ["Café über, " + TEXT]


def test_records_after_a_page_that_was_not_read_to_its_end_are_found(
    write: Write, read: Read, page: Make, warc_record: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warcs, "MAX_PAGE", 1000)
    items = read(write("a.warc", warc_record(page("x" * 500_000)) + warc_record(page(TEXT))))
    assert items.texts == {"a.warc#2": TEXT}


def test_the_first_page_is_there_before_the_archive_is_read_to_its_end(page: Make, warc_record: Make) -> None:
    stream = io.BufferedReader(io.BytesIO(warc_record(page(TEXT)) * 3000))  # type: ignore[arg-type]
    next(warcs.read_warc(stream, Source(Path("a.warc"), "a.warc", 0), {}))
    assert stream.tell() < 400_000
