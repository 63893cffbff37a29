"""Text files, `.txt` and `.md`: one document a file, its text as it is."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from cleaners.document import Document, Flag
from flows.documents.decoding import decode
from flows.documents.limits import MAX_TEXT, read_whole
from flows.documents.loaded import Loaded, Reason, Source, UnusableError
from flows.documents.sniffing import is_binary


def read_text(stream: BinaryIO, source: Source, _fields: Mapping[str, str]) -> Iterator[Loaded]:
    """The file's one document.

    Raises:
        UnusableError: the file is empty, too large, or no text.
    """
    content = read_whole(stream, MAX_TEXT)
    if is_binary(content):
        raise UnusableError(Reason.BINARY, "the file is no text")
    decoded = decode(content)
    if not decoded.text:
        raise UnusableError(Reason.EMPTY_INPUT, "the file is empty")
    flags = (Flag.DECODED_WITH_ERRORS,) if decoded.faulty else ()
    yield Loaded(document=Document(text=decoded.text, flags=flags), source=source, origin=decoded.origin)
