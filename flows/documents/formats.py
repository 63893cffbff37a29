"""The formats that are read, each by its ending.

To add one, write a module with a reader and enter it here.
"""

import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import BinaryIO, NamedTuple

from flows.documents import parquet
from flows.documents.archives import Member, tar_members, zip_members
from flows.documents.arrays import read_json
from flows.documents.compression import BROKEN, UNPACKERS
from flows.documents.feeds import read_feed
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.pages import read_page
from flows.documents.rows import read_lines
from flows.documents.tables import read_csv, read_tsv
from flows.documents.texts import read_text
from flows.documents.warcs import read_warc

Reader = Callable[[BinaryIO, Source, Mapping[str, str]], Iterator[Loaded | SetAside]]
"""Takes a file, unpacked; what it is called; and the names of its fields. Raises UnusableError for the rest of it."""

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".warc": read_warc,
    ".parquet": parquet.read_parquet,
}
# Their readers pass over what is done (`Source.done`) at far less than its cost.
_RESUMABLE = {".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".warc", ".parquet"}
EXTRAS = {".parquet": parquet.EXTRA}
"""What must be installed besides for a format."""
ARCHIVES: dict[str, Callable[[BinaryIO], Iterator[Member]]] = {".zip": zip_members, ".tar": tar_members}
ENDINGS = (*READERS, *ARCHIVES, ".tgz")
NAMES = f"{', '.join(ENDINGS)} (also {', '.join(UNPACKERS)})"


class Format(NamedTuple):
    """A format, and what the file is packed with, if it is."""

    ending: str
    packing: str | None


def is_resumable(name: str) -> bool:
    """Whether a file of this name can be read on from a line in its middle."""
    known = format_of(name)
    return known is not None and known.ending in _RESUMABLE


def is_archive(name: str) -> bool:
    """Whether a file of this name holds others."""
    known = format_of(name)
    return known is not None and known.ending in ARCHIVES


def format_of(name: str) -> Format | None:
    """What a file's name says, in small letters or capitals; None where it is nothing that is read."""
    name = name.lower()
    name = f"{name.removesuffix('.tgz')}.tar.gz" if name.endswith(".tgz") else name
    packing = next((ending for ending in UNPACKERS if name.endswith(ending)), None)
    bare = name.removesuffix(packing or "")
    ending = next((ending for ending in (*READERS, *ARCHIVES) if bare.endswith(ending)), None)
    return Format(ending, packing) if ending else None


def read_opened(
    opened: Callable[[], AbstractContextManager[BinaryIO]], source: Source, fields: Mapping[str, str]
) -> Iterator[Loaded | SetAside]:
    """Every document of a file of a known format; where it cannot be read on, its rest is set aside."""
    some = False
    try:
        with opened() as stream:
            for item in _items(stream, source, fields):
                some = True
                yield item
        if not some and not source.done:
            yield source.aside(Reason.EMPTY_INPUT, "the file holds nothing to read")
    except UnusableError as error:
        yield source.aside(error.reason, error)
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        yield source.aside(Reason.BAD_ARCHIVE, error)
    except (*BROKEN, lzma.LZMAError) as error:
        yield source.aside(Reason.BAD_COMPRESSION, error)
    except OSError as error:
        yield source.aside(Reason.UNREADABLE, error.strerror or error)
    except Exception as error:  # noqa: BLE001 - each format's reader stumbles over some broken file in a way of its own
        yield source.aside(Reason.UNREADABLE, repr(error))


def _items(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    known = format_of(source.place)
    if known is None:
        raise UnusableError(Reason.UNREADABLE, f"not one of the formats that are read: {NAMES}")
    if known.packing:
        stream = UNPACKERS[known.packing](stream)
    if known.ending in READERS:
        yield from READERS[known.ending](stream, source, fields)
        return
    for member in ARCHIVES[known.ending](stream):
        if not member.is_hidden():
            yield from _member(member, source.member(member.name), fields)


def _member(member: Member, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """The documents of a file in an archive; none where it is of no known format."""
    known = format_of(member.name)
    if known and known.ending in ARCHIVES:
        yield source.aside(Reason.NESTED_ARCHIVE, "archives in archives are not read")
    elif known:
        yield from read_opened(member.open, source, fields)
