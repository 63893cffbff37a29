"""The text of a subscriptions file, changed one feed at a time; all else in it stays as its writer laid it out.

A feed's comments are those that people see as its own: directly above its header, or within its table. For tomlkit
all that follows a table is that table's, so each feed is handed to it alone.
"""

import io
from collections.abc import Iterable, Mapping

import tomlkit
from tomlkit.items import Item

from flows.feeds.subscriptions import HEADER

Value = str | bool


def with_feeds(text: str, feeds: Iterable[Mapping[str, Value]]) -> str:
    """The text with more feeds at its end, an empty line before each."""
    before = text if not text or text.endswith("\n") else text + "\n"
    gap = "\n" if before and not before.endswith("\n\n") else ""
    added = "\n".join(map(_table, feeds))
    return before + gap + added if added else text


def without_feed(text: str, number: int) -> str:
    """The text less a feed, counted from 0, the comments directly above it, and the empty lines on one side of it.

    Raises:
        LookupError: no header is that feed's.
    """
    lines = _lines(text)
    header, end = _extent(lines, number)
    start = header
    while start and _is_comment(lines[start - 1]):
        start -= 1
    start = start or header  # what a file begins with is about the file
    if start == 0 or not lines[start - 1].strip():
        while end < len(lines) and not lines[end].strip():
            end += 1
    kept = lines[:start] + lines[end:]
    if end == len(lines):
        while kept and not kept[-1].strip():
            kept.pop()
    return "".join(kept)


def with_values(text: str, number: int, values: Mapping[str, Value], why: str = "") -> str:
    """The text with other values for a feed, counted from 0, and a comment behind them that says why.

    Raises:
        LookupError: no header is that feed's.
    """
    lines = _lines(text)
    header, end = _extent(lines, number)
    document = tomlkit.parse("".join(lines[header:end]))
    feed = document["feeds"][0]
    for name, value in values.items():
        feed[name] = _item(value, why)
    return "".join([*lines[:header], document.as_string(), *lines[end:]])


def _table(values: Mapping[str, Value]) -> str:
    table = tomlkit.table()
    for name, value in values.items():
        table[name] = value
    feeds = tomlkit.aot()
    feeds.append(table)
    document = tomlkit.document()
    document.append("feeds", feeds)
    return document.as_string()


def _item(value: Value, why: str) -> Item:
    item = tomlkit.item(value)
    if why:
        item.comment(why)
    return item


def _lines(text: str) -> list[str]:
    # Not `splitlines`: U+2028 and the like end no line of TOML.
    return list(io.StringIO(text, newline="\n"))


def _extent(lines: list[str], number: int) -> tuple[int, int]:
    """Where a feed's header stands, and where its table ends, without what is between it and the next header."""
    headers = [place for place, line in enumerate(lines) if HEADER.match(line)]
    header = headers[number]
    following = (place for place in range(header + 1, len(lines)) if lines[place].lstrip().startswith("["))
    limit = next(following, len(lines))
    end = limit
    if limit < len(lines):
        while end > header + 1 and _is_comment(lines[end - 1]):
            end -= 1
    # Comments that stand alone, with empty lines around them, are nobody's: a heading of what follows.
    last = max(place for place in range(header, end) if not _is_comment(lines[place]) and lines[place].strip())
    while last + 1 < end and _is_comment(lines[last + 1]):
        last += 1
    return header, last + 1


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
