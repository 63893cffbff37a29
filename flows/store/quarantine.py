"""Lines of the quarantine, and the keys under which the state knows them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from flows.documents.loaded import Reason, SetAside
from flows.store.parts import Line

_decode = msgspec.json.Decoder(SetAside).decode


def encode_aside(item: SetAside) -> bytes:
    """One line of JSON Lines, its break included."""
    return msgspec.json.encode(item) + b"\n"


def key_of(item: SetAside) -> bytes:
    """Sixteen bytes that tell the item from any other: each is kept once in a store."""
    return hashlib.sha256(encode_aside(item)).digest()[:16]


def read_asides(lines: Iterable[Line]) -> Iterator[SetAside]:
    """The items of a quarantine's parts; a line that is none is one itself, with its text."""
    for path, number, line in lines:
        try:
            yield _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield damaged(path, number, line, error)


def damaged(path: PurePath, number: int, line: bytes, complaint: object) -> SetAside:
    """A line of a part that cannot be used, as an item of the quarantine; nowhere else is its text."""
    text = line.decode("utf-8", "backslashreplace").rstrip("\n")
    return SetAside(
        reason=Reason.DAMAGED_RECORD,
        input=path.name,
        document=path.name,
        line=number,
        detail=f"{complaint}: {text}",
    )
