"""An `ingest` that reads no feed: it asks as the true one has to, and takes the articles from the publisher itself.

The contract is tested with it: it has to accept this one, and refuse each of its flaws.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.publisher.contract import DONE, FAILED, Ran
from tests.publisher.editions import Article, Feed
from tests.publisher.expected import expected
from tests.publisher.site import Publisher


def right_record(article: Article, feeds: list[str]) -> dict[str, Any]:
    """What the record of an article should hold, as far as it is compared."""
    right = expected(article)
    return {
        "id": right.id,
        "version": right.version,
        "url": right.url,
        "publisher": right.publisher,
        "feed_url": article.home.url,
        "title": right.title,
        "authors": right.authors,
        "tags": right.tags,
        "date_published": article.story.published.isoformat(),
        "date_modified": article.story.updated.isoformat() if article.story.updated else None,
        "text": right.text,
        "flags": ["from_feed_content"] if article.forbidden else [],
        "metadata": {"feeds": feeds},
    }


def conditions(answer: httpx2.Response) -> dict[str, str]:
    """The headers that ask whether there is anything newer than this."""
    given = {"If-None-Match": answer.headers.get("etag"), "If-Modified-Since": answer.headers.get("last-modified")}
    return {name: value for name, value in given.items() if value}


@dataclass
class Cheat:
    """Lives through several runs; `flaws` are what it does wrong."""

    publisher: Publisher
    flaws: frozenset[str] = frozenset()
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)

    def __call__(self, feeds: Path, out: Path, *options: str) -> Ran:
        limit = int(options[options.index("--limit") + 1]) if "--limit" in options else len(self.publisher.articles)
        run = _Run(self, feeds, limit)
        with httpx2.Client() as client:
            for feed in self.publisher.feeds:
                run.read(client, feed)
        (out / "records").mkdir(parents=True, exist_ok=True)
        part = out / "records" / f"{len(list((out / 'records').iterdir()))}.jsonl"
        part.write_text("".join(json.dumps(record) + "\n" for record in run.records), encoding="utf-8")
        return Ran(FAILED if run.said else DONE, "\n".join(run.said))


class _Run:
    def __init__(self, cheat: Cheat, subscriptions: Path, limit: int) -> None:
        self.cheat = cheat
        self.subscriptions = subscriptions
        self.left = limit
        self.said: list[str] = []
        self.records: list[dict[str, Any]] = []

    def read(self, client: httpx2.Client, feed: Feed) -> None:
        moved = f"{feed.paper.origin}/moved{feed.path}"
        url = moved if moved in self.subscriptions.read_text(encoding="utf-8") else feed.url
        if url in self.cheat.off:
            return
        known = {} if "unconditional" in self.cheat.flaws else self.cheat.known.get(feed.url, {})
        try:
            answer = client.get(url, headers=known)
        except httpx2.TransportError:
            self.said.append(url if "silent" not in self.cheat.flaws else "no network")
            return
        if answer.status_code in {301, 308} or (answer.has_redirect_location and "eager" in self.cheat.flaws):
            self._rewrite(url, moved)
        if answer.has_redirect_location:
            answer = client.get(moved)
        if answer.status_code == 410:
            self.said.append(url)
            self.cheat.off |= {url} if "stubborn" not in self.cheat.flaws else set()
        elif answer.status_code == 200 and self._take_all(client, feed):
            self.cheat.known[feed.url] = conditions(answer)

    def _rewrite(self, old: str, new: str) -> None:
        if "forgetful" not in self.cheat.flaws:
            text = self.subscriptions.read_text(encoding="utf-8")
            self.subscriptions.write_text(text.replace(f'"{old}"', f'"{new}"'), encoding="utf-8")

    def _take_all(self, client: httpx2.Client, feed: Feed) -> bool:
        """Whether nothing of the feed is left to do."""
        return not [article for article in self.cheat.publisher.entries(feed) if not self._take(client, article)]

    def _take(self, client: httpx2.Client, article: Article) -> bool:
        """Whether nothing of the article is left to do."""
        id_, revision = expected(article).id, article.story.revision
        if self.cheat.done.get(id_) == revision and "repeating" not in self.cheat.flaws:
            return True
        if self.left == 0:
            return "limit loses" in self.cheat.flaws
        if (not article.forbidden or "trespassing" in self.cheat.flaws) and client.get(article.link).is_error:
            self.said.append(article.link)
            return "failure loses" in self.cheat.flaws
        self.left -= 1
        self.cheat.done[id_] = revision
        feeds = [feed.url for feed in article.feeds[: 1 if "one feed" in self.cheat.flaws else 2]]
        record = right_record(article, feeds)
        self.records.append(record | ({"text": "other"} if "wrong text" in self.cheat.flaws else {}))
        return True
