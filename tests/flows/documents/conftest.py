"""What the tests of the readers share: files, pages and web archives, made as they are needed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.documents.loaded import Loaded, Reason, SetAside
from flows.documents.opening import find_sources, read_documents

Item = Loaded | SetAside
PARAGRAPH = (
    "The bridge over the old canal was closed for repairs on Monday, and the town's council said it would stay shut."
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write a file below the test's folder."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


class Reading(list[Item]):
    """Every item of some inputs."""

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the documents, by place."""
        return {item.place: item.document.text for item in self if isinstance(item, Loaded)}

    @property
    def aside(self) -> list[tuple[str, Reason, int | None]]:
        """Where and why the others were set aside."""
        return [(item.document, item.reason, item.line) for item in self if isinstance(item, SetAside)]


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read some inputs, with our field names and theirs."""

    def read(*inputs: Path | str, **fields: str) -> Reading:
        return Reading(read_documents(find_sources(inputs), fields=fields))

    return read


@pytest.fixture(scope="session")
def page() -> Callable[..., bytes]:
    """A page with a paragraph that an extractor takes for an article."""

    def page(text: str = PARAGRAPH, head: str = "") -> bytes:
        return f"<!doctype html><html><head>{head}</head><body><p>{text}</p></body></html>".encode()

    return page


@pytest.fixture(scope="session")
def warc_record() -> Callable[..., bytes]:
    """One record of a WARC."""

    def warc_record(
        body: bytes,
        *,
        url: str = "https://www.example.org/a",
        record_type: str = "response",
        status: str = "200 OK",
        content_type: str = "text/html",
        coding: str = "",
    ) -> bytes:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{coding}\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: {record_type}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
            "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        return head.encode() + http + b"\r\n\r\n"

    return warc_record
