"""The list of feeds as its TOML file says it, checked before any request is sent; editing.py changes such files."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleaners.errors import CleancopyError
from flows.fetching.configuring import configured
from flows.fetching.faults import FaultError
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import site_of
from flows.fetching.urls import checked_url
from flows.identity import name_space

FullText = Literal["auto", "always", "never"]

HEADER = re.compile(r"""[ \t]*\[\[[ \t]*(?:feeds|"feeds"|'feeds')[ \t]*\]\]""")
"""The line that a feed's table begins with."""
_NEVER = "\ufffe\uffff"  # no characters at all, says Unicode; no XML may have them
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_PATH = re.compile(r" - at `\$\.?(.*)`$")


class Subscription(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed that is read; a table `[[feeds]]` of a subscriptions file.

    Attributes:
        url: as the file has it.
        publisher: whose articles these are, a domain; else each article's own URL says it.
        full_text: whether articles are fetched from their pages: where evidence speaks for it, always, or never.
        title: for those who read the list.
        enabled: whether it is asked for at all.
    """

    url: str
    title: str | None = None
    publisher: str | None = None
    full_text: FullText = "auto"
    enabled: bool = True


class Subscriptions(msgspec.Struct, frozen=True, kw_only=True):
    """A subscriptions file as it was read."""

    fetch: FetchSettings = FetchSettings()
    feeds: tuple[Subscription, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fetch: dict[str, Any] = {}
    feeds: list[dict[str, Any]] = []


def read_subscriptions(path: Path) -> Subscriptions:
    """The subscriptions of a file.

    Raises:
        CleancopyError: it cannot be read, or something in it is wrong.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise missing(path) from None
    except OSError as error:
        raise CleancopyError(f"{path}: cannot be read: {error.strerror or error}") from error
    return parse_subscriptions(content, path)


def usual_path() -> Path:
    """Where the subscriptions are if nobody says: `feeds.toml`, or `seeds/feeds.toml` where only that is there."""
    own, seeds = Path("feeds.toml"), Path("seeds", "feeds.toml")
    return seeds if seeds.exists() and not own.exists() else own


def missing(path: Path) -> CleancopyError:
    """What is said of a file that is not there."""
    return CleancopyError(f"{path}: there is no such file; `cleancopy feeds add URL` makes one")


def parse_subscriptions(content: bytes, path: Path) -> Subscriptions:
    """The subscriptions of a file's content.

    Raises:
        CleancopyError: something in it is wrong; the message names the file and, where there is one, the line.
    """
    text, table = _parsed(content, path)
    try:
        file = msgspec.convert(table, _File)
    except msgspec.ValidationError as error:
        raise CleancopyError(f"{path}: {_plain(error)}") from None
    lines = _lines_of_feeds(text)
    # A feed that is written in another way than under its own header has no line that could be named.
    places = [f"{path}:{line}" for line in lines] if len(lines) == len(file.feeds) else [str(path)] * len(file.feeds)
    feeds: list[Subscription] = []
    numbers: dict[str, int] = {}
    for number, (place, values) in enumerate(zip(places, file.feeds, strict=True), 1):
        try:
            feed = checked_feed(values)
        except CleancopyError as error:
            raise CleancopyError(f"{place}: feed {number}: {error}") from None
        first = numbers.setdefault(identity(feed.url), number)
        if first != number:
            raise CleancopyError(f"{place}: feed {number}: {feed.url}: is feed {first} already")
        feeds.append(feed)
    return Subscriptions(fetch=_settings(file.fetch, path), feeds=tuple(feeds))


def checked_feed(values: dict[str, Any]) -> Subscription:
    """A subscription of what a file says, its title and publisher on one line each.

    Raises:
        CleancopyError: a value cannot be used.
    """
    try:
        feed = msgspec.convert(values, Subscription)
    except msgspec.ValidationError as error:
        url = values.get("url")
        raise CleancopyError(f"{url + ': ' if isinstance(url, str) else ''}{_plain(error)}") from None
    identity(feed.url)
    url = feed.url.strip()
    if url != one_line(url):
        raise CleancopyError(f"url: {url!r}: control characters or white space")
    return msgspec.structs.replace(
        feed, url=url, title=one_line(feed.title) or None, publisher=one_line(feed.publisher) or None
    )


def identity(url: str) -> str:
    """What two URLs share if they are of one feed: `HTTPS://Example.org:443` and `https://example.org/`.

    Raises:
        CleancopyError: it is no URL that may be asked.
    """
    try:
        checked = checked_url(url)
    except FaultError as fault:
        raise CleancopyError(f"url: {fault.detail}") from None
    site = site_of(str(checked))
    return f"{checked.scheme}://{site.host}{site.path}"


def publisher_of(feed: Subscription) -> str:
    """A feed's publisher by its domain: as the file has it, or the feed's own, or its host where that has none."""
    return feed.publisher or name_space(feed.url) or ""


def one_line(text: str | None) -> str:
    """A text without control characters, its white space folded: as TOML, XML and a terminal can have it."""
    chars = (" " if unicodedata.category(char) in {"Cc", "Cs"} or char in _NEVER else char for char in text or "")
    return " ".join("".join(chars).split())


def _parsed(content: bytes, path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CleancopyError(f"{path}:{line}: is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        last = text.count("\n") + 1
        where = f"{path}:{place[1] or last}" if place else str(path)
        raise CleancopyError(f"{where}: is not TOML: {_PLACE.sub('', str(error))}") from None


def _lines_of_feeds(text: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if HEADER.match(line)]


def _settings(values: dict[str, Any], path: Path) -> FetchSettings:
    try:
        settings = msgspec.convert(values, FetchSettings)
        configured(settings)
    except msgspec.ValidationError as error:
        raise CleancopyError(f"{path}: [fetch]: {_plain(error)}") from None
    except CleancopyError as error:
        raise CleancopyError(f"{path}: [fetch]: {str(error).removeprefix('fetch settings: ')}") from None
    return settings


def _plain(error: msgspec.ValidationError) -> str:
    """What is wrong in a file's own words: its keys, not our types."""
    where = _PATH.search(str(error))
    said = _PATH.sub("", str(error)).replace("Object contains unknown field", "there is no setting")
    said = said.replace("Object missing required field `url`", "it has no `url`").replace(" | null`", "`")
    return f"{where[1]}: {said}" if where and where[1] else said
