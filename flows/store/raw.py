"""Pages as they came, in `OUT/raw`: WARC files that `cleancopy clean` reads again."""

import gzip
import io
import os
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.documents.warcs import ARTICLE_ID, PAYLOAD_TYPE
from flows.pages.page import RawPage
from flows.store.disk import sync_folder, writing

# What the body is not any more: it is kept unpacked and whole.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}


class RawFile:
    """One WARC file in the making, out of sight; `reveal` shows it.

    It is shown before the records of its pages are committed: killed in between, the next run fetches them anew, and
    they are in `raw/` twice. No state tells of it: whoever needs the room may delete it.
    """

    def __init__(self, out: Path, name: str) -> None:
        self._staged = out / "staging" / f"{name}.warc.gz"
        self._place = out / "raw" / f"{name}.warc.gz"
        with writing(self._staged):
            self._stream: IO[bytes] = self._staged.open("wb")

    def keep(self, page: RawPage, article: str) -> None:
        """Add the page of an article, by its id, as a response in a member of its own."""
        with writing(self._staged):
            self._stream.write(gzip.compress(_record(page, article)))

    def reveal(self) -> None:
        """Show the file, complete and synced."""
        with writing(self._place):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._place.parent.mkdir(exist_ok=True)
            self._staged.rename(self._place)
            sync_folder(self._place.parent)

    def discard(self) -> None:
        """Forget it; a full disk complains once more on closing, which is known."""
        with suppress(OSError):
            self._stream.close()
        self._staged.unlink(missing_ok=True)


def _record(page: RawPage, article: str) -> bytes:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Date"] = page.date_fetched
    record.headers["WARC-Target-URI"] = page.url
    record.headers["Content-Type"] = "application/http; msgtype=response"
    if page.is_page:  # some servers name no Content-Type, or a wrong one
        record.headers[PAYLOAD_TYPE] = "text/html"
    record.headers[ARTICLE_ID] = quote(article)
    headers = [(name, value) for name, value in page.headers if name not in _OF_THE_WIRE]
    head = [f"HTTP/1.1 {page.status} OK", *(f"{name}: {value}" for name, value in headers)]
    head.append(f"content-length: {len(page.content)}")
    record.set_bytes_content("\r\n".join(head).encode("latin-1", "replace") + b"\r\n\r\n" + page.content)
    written = io.BytesIO()
    record.write(written)
    return written.getvalue()
