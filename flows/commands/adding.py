"""`cleancopy feeds add`: an address is asked, and what feeds it leads to go on the list."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cleaners.errors import CleancopyError
from flows.commands.options import FullText
from flows.commands.terminal import DONE, SET_ASIDE, complain, say
from flows.documents.confined import sandbox
from flows.feeds.discovery import FeedLink, Fetch, Found, UnreachableError, confirmed, find_feeds
from flows.feeds.editing import add_feeds, change_feed
from flows.feeds.feed import Feed
from flows.feeds.rewriting import check_writable
from flows.feeds.subscriptions import Subscription, Subscriptions, identity, read_subscriptions
from flows.fetching.one_by_one import fetch_one_by_one
from flows.fetching.results import Fetched, Reason
from flows.ingesting.polling import feed_of

# What another scheme does not help against.
_OF_THE_HOST = {Reason.FORBIDDEN_ADDRESS, Reason.DNS, Reason.BAD_URL}


def add_feed(
    urls: Sequence[str], path: Path, *, publisher: str | None, full_text: FullText | None, every: bool
) -> int:
    """Put a feed on the list, or the feeds of a page; say what was done, and what else the page names.

    Args:
        urls: of a feed or a page; of one typed without its scheme all that may be meant, the likeliest first.
        path: the list's file, which is made if it is not there.
        publisher: whose articles these are, if that is said.
        full_text: whether articles are fetched from their pages, if that is said.
        every: all feeds of a page, but those of comments; else the first.

    Raises:
        CleancopyError: as the file's reading and writing does, or there is no feed.
    """
    said = {"publisher": publisher, "full_text": full_text}
    values = {key: value for key, value in said.items() if value is not None}
    before = read_subscriptions(path) if path.exists() else Subscriptions()
    listed = {identity(feed.url): feed for feed in before.feeds}
    for url in urls:
        known = listed.get(identity(url))
        if known is not None:
            off = "" if known.enabled else ", switched off"
            say(f"{path}: {url} is on the list already{off}{_changed(path, url, values)}")
            return DONE
    check_writable(path)
    with fetch_one_by_one(before.fetch) as fetch:
        found = _find(urls, fetch, path)
        feeds, unusable = _confirmed(found, fetch) if every else ([found.feed], [])
    wanted = [Subscription(url=each.url, title=each.title, **values) for each in feeds]  # type: ignore[arg-type]
    added = {feed.url for feed in add_feeds(path, wanted)}
    for each in feeds:
        if each.url in added:
            say(f"{path}: added {_named(each)}")
        else:
            say(f"{path}: on the list already: {_named(each)}{_changed(path, each.url, values)}")
    for each in unusable:
        complain(f"{each.url}: is no feed, or cannot be fetched")
    _tell_of([other for other in found.others if other.is_of_comments or not every], every=every)
    return SET_ASIDE if unusable else DONE


def _find(urls: Sequence[str], fetch: Fetch, path: Path) -> Found:
    """What is at the first of these addresses that can be fetched."""
    complaints = []
    for url in urls:
        try:
            return find_feeds(url, fetch, _read)
        except UnreachableError as error:
            complaints.append(str(error))
            if error.reason is Reason.FORBIDDEN_ADDRESS:
                complaints[-1] += f" in {path}"
            if error.reason in _OF_THE_HOST:
                break
    raise CleancopyError("; ".join(complaints))


def _changed(path: Path, url: str, values: Mapping[str, str]) -> str:
    """Apply what was said of a feed that is on the list; what to tell of it."""
    return f"; changed {' and '.join(values)}" if values and change_feed(path, url, values) else ""


def _confirmed(found: Found, fetch: Fetch) -> tuple[list[FeedLink], list[FeedLink]]:
    """The feeds of a page but those of comments, each once, and what it names that is none."""
    feeds, unusable = {identity(found.feed.url): found.feed}, []
    for candidate in found.others:
        if candidate.is_of_comments:
            continue
        sure = confirmed(candidate, fetch, _read)
        if sure is None:
            unusable.append(candidate)
        else:
            feeds.setdefault(identity(sure.url), sure)
    return list(feeds.values()), unusable


def _read(fetched: Fetched) -> Feed | None:
    read = sandbox().call(feed_of, fetched)
    return read if isinstance(read, Feed) else None


def _tell_of(others: Iterable[FeedLink], *, every: bool) -> None:
    for number, each in enumerate(others):
        if number == 0:
            say("the page names more; add one by its address" + (":" if every else ", or all with --all:"))
        say(f"  {_named(each)}")


def _named(feed: FeedLink) -> str:
    return f"{feed.url} ({feed.title})" if feed.title else feed.url
