"""Whether bytes are text at all."""

import re
from typing import TYPE_CHECKING, BinaryIO, cast

from flows.documents.detection import wide_encoding
from flows.documents.loaded import Reason, UnusableError

if TYPE_CHECKING:
    import io

# How the files begin that are most often found under a wrong name.
_MAGIC = re.compile(
    rb"%PDF-|\xff\xd8\xff|\x89PNG\r|GIF8[79]a|PK\x03\x04|PK\x05\x06|\x7fELF|\x1f\x8b\x08|\x28\xb5\x2f\xfd|BZh[1-9]"
    rb"|\xfd7zXZ\0|7z\xbc\xaf|Rar!\x1a|\xd0\xcf\x11\xe0|MZ.\0|RIFF....(?:WEBP|WAVE|AVI )|ID3[\x02-\x04]|OggS\0"
    rb"|....ftyp|PAR1\x15|SQLite format 3\0|wOF[F2]|\0asm",
    re.DOTALL,
)
_SAMPLE = 65536
# Tab, line feed, form feed, carriage return, and the escape that switches character sets.
_CONTROLS = bytes(set(range(32)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})


def is_binary(content: bytes) -> bool:
    """Whether the bytes are no text: a known kind of file, or NUL where no UTF-16 or UTF-32 explains it, or noise.

    Noise: more than one byte in twenty of the first 64 KB is a control character.
    """
    if _MAGIC.match(content):
        return True
    if wide_encoding(content):
        return False
    sample = content[:_SAMPLE]
    return b"\0" in content or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 20


def refuse_binary(stream: BinaryIO) -> None:
    """Look at how a file of rows begins, and leave it unread.

    Raises:
        UnusableError: it is no text.
    """
    beginning = cast("io.BufferedReader", stream).peek(1)
    if is_binary(beginning):
        raise UnusableError(Reason.BINARY, "the file is no text")
