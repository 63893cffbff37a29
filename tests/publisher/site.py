"""A publisher of many papers, on loopback: what it serves, what it was asked, and what can happen to it."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from tests.publisher.editions import FORBIDDEN, Article, Feed, Paper, shares
from tests.publisher.feeds import render
from tests.publisher.pages import page
from tests.publisher.serving import Answer, Request, Server
from tests.publisher.stamps import mime, stamped, unchanged
from tests.publisher.stories import corrected, story

FEEDS_A_PAPER = 4
NAMES = ("harbour-herald", "valley-courier", "hill-observer", "river-gazette", "border-post", "island-mirror")
LANGUAGES = ("en", "de", "fr", "es", "en", "de", "fr", "es", "en", "ru", "en", "ja")
ALLOWED = ["127.0.0.0/8"]
COMMENT = "# The feeds of a publisher who lives on this machine."


@dataclass(frozen=True)
class Logged:
    """A request as it came, and the status it got."""

    url: str
    method: str
    etag: str | None
    since: str | None
    status: int

    @property
    def conditional(self) -> bool:
        return self.etag is not None or self.since is not None


class Publisher:
    """Serves from its making until `close`, or for a `with`.

    Attributes:
        papers: each a host of its own; the first one's robots.txt forbids the pages of some articles.
        feeds: four a paper, in all styles by turns.
        articles: as they are now, in the order in which they appeared.
        log: all requests in the order of their answers.
    """

    def __init__(self, feeds: int = 200, articles: int = 2_000) -> None:
        self.log: list[Logged] = []
        self._lock = threading.Lock()
        self._changes: Counter[int] = Counter()
        self._rules: dict[str, Answer] = {}
        self._moved: dict[str, Feed] = {}
        self._rendered: dict[str, bytes] = {}
        self._server = Server(self._answer, -(-feeds // FEEDS_A_PAPER))
        self.papers = [
            Paper(number, _name(number), LANGUAGES[number % len(LANGUAGES)], origin)
            for number, origin in enumerate(self._server.origins)
        ]
        self.feeds = [Feed(number, self.papers[number // FEEDS_A_PAPER]) for number in range(feeds)]
        self.articles = [self._article(number) for number in range(articles)]
        # A paper without robots.txt forbids nothing.
        self._ruled = {paper.origin for paper in self.papers if paper.number % 3 != 2}
        self._index()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.close()

    def publish(self, number: int) -> list[Article]:
        """So many new articles, the newest of their feeds."""
        with self._lock:
            new = [self._article(len(self.articles) + count) for count in range(number)]
            self.articles += new
            self._change(new)
        return new

    def correct(self, number: int) -> list[Article]:
        """The next revision of so many articles (their square no more than there are), spread over all of them."""
        with self._lock:
            # One further for each, so that not all of them are in the same feed.
            places = [len(self.articles) * count // number + count for count in range(number)]
            changed = [replace(self.articles[at], story=corrected(self.articles[at].story)) for at in places]
            for at, article in zip(places, changed, strict=True):
                self.articles[at] = article
            self._change(changed)
        return changed

    def fail(self, url: str, how: int | Literal["cut", "reset"]) -> None:
        """From now on a status; or a body that breaks off in the middle; or a reset without a word."""
        self._rules[url] = Answer(how) if isinstance(how, int) else Answer(200, how=how)

    def slow(self, url: str, seconds: float) -> None:
        """Answer only after so long."""
        self._rules[url] = Answer(200, after=seconds)

    def gone(self, feed: Feed) -> None:
        self.fail(feed.url, 410)

    def move(self, feed: Feed, *, permanent: bool) -> str:
        """Redirect a feed to another URL, which is given; for good by 301 and 308 in turns, else by 302 and 307."""
        path = f"/moved{feed.path}"
        status = ((302, 307), (301, 308))[permanent][len(self._moved) % 2]
        self._moved[feed.paper.origin + path] = feed
        self._rules[feed.url] = Answer(status, headers={"Location": path})  # relative, as servers may
        return feed.paper.origin + path

    def mend(self, url: str) -> None:
        """Take back what was said of it."""
        self._rules.pop(url, None)

    def entries(self, feed: Feed) -> list[Article]:
        """What stands in a feed, the newest first."""
        return self._entries[feed.number][::-1]

    def asked(self, urls: Sequence[str], start: int = 0) -> list[Logged]:
        """The requests for these URLs since the log had that length."""
        wanted = set(urls)
        return [logged for logged in self.log[start:] if logged.url in wanted]

    def _article(self, number: int) -> Article:
        home = self.feeds[number % len(self.feeds)]
        turn = number // len(self.feeds)
        first = home.paper.number * FEEDS_A_PAPER
        others = [other for other in self.feeds[first : first + FEEDS_A_PAPER] if other != home]
        both = [home, *(other for other in others if turn % 5 == 1 and shares(home, other))]
        # Only where the feed says which its whole text is can there be a record without the page.
        forbidden = home.paper.number == 0 and home.style.whole and turn % 5 == 2
        return Article(story(number, home.paper.language), tuple(both[:2]), forbidden)

    def _change(self, articles: Sequence[Article]) -> None:
        """Their feeds and pages are others now."""
        self._changes.update({feed.number for article in articles for feed in article.feeds})
        self._rendered.clear()
        self._index()

    def _index(self) -> None:
        self._pages = {article.url: article for article in self.articles}
        self._entries: list[list[Article]] = [[] for _ in self.feeds]
        for article in self.articles:
            for feed in article.feeds:
                self._entries[feed.number].append(article)
        self._by_url = {feed.url: feed for feed in self.feeds}

    def _answer(self, request: Request) -> Answer:
        url = request.origin + request.target.partition("?")[0]
        with self._lock:
            rule = self._rules.get(url, Answer(200))
            answer = self._found(url, request) if rule.status == 200 else rule
        self.log.append(
            Logged(
                request.origin + request.target,
                request.method,
                request.headers.get("if-none-match"),
                request.headers.get("if-modified-since"),
                answer.status,
            )
        )
        return replace(answer, after=rule.after, how=rule.how)

    def _found(self, url: str, request: Request) -> Answer:
        if request.method not in {"GET", "HEAD"}:
            return Answer(405)
        if feed := self._by_url.get(url) or self._moved.get(url):
            return self._feed(feed, request)
        if article := self._pages.get(url):
            body = self._body(url, lambda: page(article).encode())
            return Answer(200, body, {"Content-Type": "text/html; charset=utf-8"})
        if request.target == "/robots.txt" and request.origin in self._ruled:
            return Answer(200, f"User-agent: *\nDisallow: {FORBIDDEN}\n".encode(), {"Content-Type": "text/plain"})
        return Answer(404)

    def _feed(self, feed: Feed, request: Request) -> Answer:
        stamps = stamped(feed, self._changes[feed.number])
        if unchanged(request.headers, stamps):
            return Answer(304, headers=stamps)
        body = self._body(feed.url, lambda: render(feed, self.entries(feed)))
        return Answer(200, body, stamps | {"Content-Type": mime(feed)})

    def _body(self, url: str, make: Callable[[], bytes]) -> bytes:
        if url not in self._rendered:
            self._rendered[url] = make()
        return self._rendered[url]


def subscriptions_toml(publisher: Publisher) -> str:
    """A subscription for each feed, with a comment that has to live through every change of the file."""
    fetch = f"[fetch]\ndelay = 0.0\nallow_private = {json.dumps(ALLOWED)}\n"
    feeds = "".join(
        f"\n[[feeds]]\nurl = {json.dumps(feed.url)}\npublisher = {json.dumps(feed.paper.name)}\n"
        for feed in publisher.feeds
    )
    return f"{COMMENT}\n{fetch}{feeds}"


def _name(number: int) -> str:
    turn, which = divmod(number, len(NAMES))
    return f"{NAMES[which]}{f'-{turn + 1}' if turn else ''}.example"
