"""Changes to a subscriptions file: feeds added, removed, moved, switched off.

A change is tried on the file's text first: if what is then read is not what was meant, the file stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from cleaners.errors import CleancopyError
from flows.feeds.layout import Value, with_feeds, with_values, without_feed
from flows.feeds.rewriting import rewrite
from flows.feeds.subscriptions import Subscription, checked_feed, identity, missing, one_line, parse_subscriptions

Feeds = tuple[Subscription, ...]
_Change = Callable[[str, Feeds], tuple[str, Feeds] | None]

_NEW_FILE = """\
# Subscriptions of cleancopy.

[fetch]
# Where a publisher reaches you; it is sent with each request.
# contact = "https://example.org/about-our-reader"
"""


def add_feeds(path: Path, feeds: Iterable[Subscription]) -> Feeds:
    """Add feeds at the end of a file, which is made if it is not there.

    Returns:
        Those that were not in it before.

    Raises:
        CleancopyError: the file cannot be read or written; it is then as it was.
    """
    wanted: dict[str, Subscription] = {}
    for feed in feeds:
        wanted.setdefault(identity(feed.url), checked_feed(msgspec.to_builtins(feed)))
    if not wanted:
        return ()
    added: Feeds = ()

    def change(text: str, before: Feeds) -> tuple[str, Feeds]:
        nonlocal added
        known = {identity(feed.url) for feed in before}
        added = tuple(feed for key, feed in wanted.items() if key not in known)
        return with_feeds(text, map(_values, added)), before + added

    _edit(path, change, new=_NEW_FILE)
    return added


def remove_feed(path: Path, url: str) -> bool:
    """Take a feed off the list, with the comments that stand directly above it; whether it was there.

    Raises:
        CleancopyError: the file cannot be read or written; it is then as it was.
    """
    wanted = identity(url)

    def change(text: str, before: Feeds) -> tuple[str, Feeds] | None:
        number = _number(before, wanted)
        if number is None:
            return None
        return without_feed(text, number), before[:number] + before[number + 1 :]

    return _edit(path, change)


def move_feed(path: Path, old: str, new: str) -> bool:
    """Give a feed the URL that it has moved to for good; whether that changed the file.

    Where the new one is on the list already, the old one is switched off.

    Raises:
        CleancopyError: the file cannot be read or written; it is then as it was.
    """
    wanted, target = identity(old), identity(new)

    def change(text: str, before: Feeds) -> tuple[str, Feeds] | None:
        number = _number(before, wanted)
        if number is None:
            return None
        if _number(before, target) not in {None, number}:
            return _with(text, before, number, f"moved to {new}, which is on the list", enabled=False)
        return _with(text, before, number, url=new)

    return _edit(path, change)


def change_feed(path: Path, url: str, values: Mapping[str, str]) -> bool:
    """Say something else of a feed, by key; False if it is not on the list, or all of it is said already.

    Raises:
        CleancopyError: the file cannot be read or written; it is then as it was.
    """
    wanted = identity(url)

    def change(text: str, before: Feeds) -> tuple[str, Feeds] | None:
        number = _number(before, wanted)
        if number is None or all(getattr(before[number], key) == value for key, value in values.items()):
            return None
        return _with(text, before, number, **values)

    return _edit(path, change)


def switch_off(path: Path, url: str, why: str) -> bool:
    """Stop asking for a feed, and note why in a comment; False if it is not on the list, or off already.

    Raises:
        CleancopyError: the file cannot be read or written; it is then as it was.
    """
    wanted = identity(url)

    def change(text: str, before: Feeds) -> tuple[str, Feeds] | None:
        number = _number(before, wanted)
        if number is None or not before[number].enabled:
            return None
        return _with(text, before, number, why, enabled=False)

    return _edit(path, change)


def _with(text: str, before: Feeds, number: int, why: str = "", **values: Value) -> tuple[str, Feeds]:
    feed = msgspec.structs.replace(before[number], **values)
    return with_values(text, number, values, one_line(why)), (*before[:number], feed, *before[number + 1 :])


def _number(feeds: Feeds, wanted: str) -> int | None:
    return next((number for number, feed in enumerate(feeds) if identity(feed.url) == wanted), None)


def _values(feed: Subscription) -> dict[str, Value]:
    """What is said of a feed beyond what is so anyway."""
    values: dict[str, Value] = msgspec.to_builtins(feed)
    usual = msgspec.to_builtins(Subscription(url=""))
    return {name: value for name, value in values.items() if value != usual[name]}


def _edit(path: Path, change: _Change, *, new: str | None = None) -> bool:
    def renew(content: bytes | None) -> bytes | None:
        if content is None:
            if new is None:
                raise missing(path)
            content = new.encode()
        before = parse_subscriptions(content, path)
        text = content.decode("utf-8-sig")
        # An old Windows editor shows nothing but its own line ends as such.
        windows = 0 < content.count(b"\n") == content.count(b"\r\n")
        try:
            changed = change(text.replace("\r\n", "\n") if windows else text, before.feeds)
            if changed is None:
                return None
            text, feeds = changed
            after = (text.replace("\n", "\r\n") if windows else text).encode()
            as_meant = parse_subscriptions(after, path) == msgspec.structs.replace(before, feeds=feeds)
        # A header that is not there, what tomlkit cannot read alone, half a character, a file that would be wrong.
        except (LookupError, ValueError, CleancopyError):
            as_meant = False
        if not as_meant:
            raise CleancopyError(f"{path}: is not made of plain [[feeds]] tables; change it by hand")
        return after

    return rewrite(path, renew)
