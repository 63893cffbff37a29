"""Documents and lines in small groups, so that a store is asked for many ids at once."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from flows.documents.loaded import Item, Loaded, Mark, SetAside
from flows.drafting import Draft

T = TypeVar("T")

CHUNK_DOCUMENTS = 500
CHUNK_CHARACTERS = 4_000_000
CHUNK_SECONDS = 2.0


def in_chunks(items: Iterable[Item | Draft], stop: Callable[[], bool]) -> Iterator[list[Item | Draft]]:
    """The items in order, as lists of 500, less where they are long or slow to come.

    Ends early, with what it has, when `stop` says so.
    """
    chunk: list[Item | Draft] = []
    characters = 0
    began = time.monotonic()
    for item in items:
        chunk.append(item)
        characters += _size(item)
        if stop():
            break
        if (
            len(chunk) >= CHUNK_DOCUMENTS
            or characters >= CHUNK_CHARACTERS
            or time.monotonic() - began >= CHUNK_SECONDS
        ):
            yield chunk
            chunk, characters, began = [], 0, time.monotonic()
    if chunk:
        yield chunk


def _size(item: Item | Draft) -> int:
    """In characters of text and bytes of a page that is kept."""
    if isinstance(item, Draft):
        return item.record.original.length
    text = len(item.document.text) if isinstance(item, Loaded) else 0
    raw = None if isinstance(item, SetAside | Mark) else item.raw
    return text + (len(raw.content) if raw else 0)


def lists_of(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in order, as lists of 500."""
    left = iter(items)
    while chunk := list(islice(left, CHUNK_DOCUMENTS)):
        yield chunk
