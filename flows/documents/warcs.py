"""Web archives, `.warc`: one document a page."""

import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast
from urllib.parse import unquote

import msgspec
from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType
from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

from flows.documents.compression import Eager
from flows.documents.limits import MAX_PAGE
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.pages import load_page

PAYLOAD_TYPE = "WARC-Identified-Payload-Type"
"""What a body is, as who wrote the record found out (WARC 1.1, 5.17)."""
ARTICLE_ID = "Cleancopy-Article-ID"
"""The id of the article whose page it is, percent-encoded; the standard lets any field be added."""

_PAGES = ("text/html", "application/xhtml+xml")
_OK = range(200, 300)


def read_warc(stream: BinaryIO, source: Source, _fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """Each page of the archive; its `line` is the number of its record, of all records.

    Pages are HTTP responses with HTML whose status says that all is well; those that `ingest` kept have their
    articles' ids. Other records (requests, pictures, redirects) are passed over.

    Raises:
        UnusableError: the archive is cut off or broken.
    """
    for number, record in enumerate(_records(stream), 1):
        if number <= source.done or not _is_page(record):
            _check(record, record.reader.consume())
            continue
        body = _body(record)
        try:
            yield _load(record, body, source, number)
        except UnusableError as error:
            yield source.aside(error.reason, error, number)


def _records(stream: BinaryIO) -> Iterator[WarcRecord]:
    archive = iter(
        ArchiveIterator(
            cast("BinaryIO", Eager(stream)),
            record_types=WarcRecordType.any_type,
            stream_detect=False,
            fsspec_args=False,
        )
    )
    while True:
        try:
            record = next(archive)
        except StopIteration:
            return
        except OSError as error:
            # What a packed or unreadable file raises passes through; fastwarc's own has no number.
            if error.errno is not None or type(error) is not OSError:
                raise
            raise UnusableError(Reason.BAD_ARCHIVE, str(error)) from error
        if record.headers.get("Content-Length") is None:
            raise UnusableError(Reason.BAD_ARCHIVE, "a record's head is cut off")
        yield record


def _is_page(record: WarcRecord) -> bool:
    if record.record_type != WarcRecordType.response or not record.is_http_parsed:
        return False
    kinds = (record.http_content_type, record.headers.get(PAYLOAD_TYPE))
    return record.http_headers.status_code in _OK and any((kind or "").lower() in _PAGES for kind in kinds)


def _body(record: WarcRecord) -> bytes:
    """The response's body as it was sent, or its first `MAX_PAGE` bytes and one more."""
    body = record.reader.read(MAX_PAGE + 1)
    _check(record, len(body) + record.reader.consume())
    return body


def _check(record: WarcRecord, length: int) -> None:
    if length < record.content_length:
        raise UnusableError(Reason.BAD_ARCHIVE, "the last record is cut off")


def _load(record: WarcRecord, body: bytes, source: Source, number: int) -> Loaded:
    content = _decoded(record, body)
    if len(content) > MAX_PAGE:
        raise UnusableError(Reason.TOO_LARGE, f"the page is larger than {MAX_PAGE:,} bytes")
    article = record.headers.get(ARTICLE_ID)
    loaded = load_page(
        content,
        source,
        line=number,
        url=record.headers.get("WARC-Target-URI"),
        charset=record.http_charset,
        date_fetched=record.headers.get("WARC-Date"),
    )
    if article is None:
        return loaded
    return msgspec.structs.replace(loaded, document=msgspec.structs.replace(loaded.document, id=unquote(article)))


def _decoded(record: WarcRecord, body: bytes) -> bytes:
    """The page in a body that was sent in chunks or packed; no more of it than one byte past the limit.

    fastwarc can do that by itself, but then loses its place in the archive where a page is not read to its end.
    """
    codings = _names(record, "Content-Encoding") + _names(record, "Transfer-Encoding")
    for coding in reversed(codings):
        stream = io.BytesIO(body)
        try:
            match coding:
                case "chunked":
                    body = ChunkedReader(stream).read(MAX_PAGE + 1)
                case "gzip" | "x-gzip":
                    body = GzipReader(stream).read(MAX_PAGE + 1)
                case "deflate":
                    body = GzipReader(stream, zlib=True).read(MAX_PAGE + 1)
                case "br":
                    body = BrotliReader(stream).read(MAX_PAGE + 1)
                case "zstd":
                    body = ZstdReader(stream).read(MAX_PAGE + 1)
        except OSError as error:
            raise UnusableError(Reason.BAD_COMPRESSION, f"{coding}: {error}") from error
    return body


def _names(record: WarcRecord, header: str) -> list[str]:
    values = (record.http_headers.get(header) or "").lower().split(",")
    return [value.strip() for value in values if value.strip()]
