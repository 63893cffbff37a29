"""A web in memory: feeds, pages, and whoever asks for them; no network, no processes."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cleaners.errors import CleancopyError
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request, Unchanged

SITE = "https://harbour.example"
FEED = f"{SITE}/feed.xml"
CONTENT = "http://purl.org/rss/1.0/modules/content/"


def prose(subject: str, paragraphs: int = 4) -> list[str]:
    """Paragraphs of an article that no other subject shares."""
    return [
        f"The {subject} council met for the {ordinal} time on Monday, and its members agreed that the {subject} pier "
        f"would be mended before the {ordinal} storm of the winter reaches the coast."
        for ordinal in ("first", "second", "third", "fourth", "fifth", "sixth")[:paragraphs]
    ]


def page(subject: str, *, canonical: str | None = None, paragraphs: int = 4) -> bytes:
    """An article's page."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose(subject, paragraphs))
    return f"<html><head><title>{subject}</title>{link}</head><body><article>{body}</article></body></html>".encode()


def item(
    name: str, *, title: str = "", text: str = "", link: str | None = "", guid: str | None = "", more: str = ""
) -> str:
    """An item of RSS; its title, link and guid follow from its name unless they are given, or None."""
    link_tag = "" if link is None else f"<link>{link or f'{SITE}/{name}'}</link>"
    guid_tag = "" if guid is None else f'<guid isPermaLink="false">{guid or name}</guid>'
    title_tag = f"<title>{title or f'The {name} pier'}</title>"
    return f"<item>{title_tag}{link_tag}{guid_tag}<description>{text}</description>{more}</item>"


def whole(subject: str, *, changed: str = "first") -> str:
    """The whole article as a feed gives it: more than 250 words."""
    lines = [*prose(subject, 6), *prose(f"other {subject}", 6)]
    body = "".join(f"<p>{line}</p>".replace("first", changed) for line in lines)
    return f'<content:encoded xmlns:content="{CONTENT}"><![CDATA[{body}]]></content:encoded>'


def rss(*items: str, head: str = "") -> bytes:
    """A feed of items."""
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><link>{SITE}/</link>{head}'
        f"{''.join(items)}</channel></rss>"
    ).encode()


class Web:
    """What is to be had, by URL: bodies, or reasons or a status why not. Bodies have ETags, and are not sent twice.

    Attributes:
        asked: what was asked for, in order.
        moved: URLs that have moved for good.
        stop: asked before each request, as fetching does; once it says yes, there are no further outcomes.
        led: URLs that lead to others, for now.
    """

    def __init__(self) -> None:
        self.bodies: dict[str, bytes | Reason | int] = {}
        self.moved: dict[str, str] = {}
        self.led: dict[str, str] = {}
        self.asked: list[Request] = []
        self.stop: Callable[[], bool] = lambda: False

    def __call__(self, requests: Iterable[Request]) -> Iterator[Outcome]:
        for request in requests:
            if self.stop():
                return
            self.asked.append(request)
            yield self._outcome(request)

    def _outcome(self, request: Request) -> Outcome:
        moved_to = self.moved.get(request.url)
        url = moved_to or self.led.get(request.url, request.url)
        body = self.bodies.get(url, Reason.CLIENT_ERROR)
        if isinstance(body, int):
            return Failed(request=request, url=url, reason=Reason.CLIENT_ERROR, detail=f"it is {body}", status=body)
        if isinstance(body, Reason):
            return Failed(request=request, url=url, reason=body, detail=f"it is {body}")
        etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        if request.etag == etag:
            return Unchanged(request=request, url=url, moved_to=moved_to)
        return Fetched(request=request, url=url, moved_to=moved_to, status=200, headers=(), content=body, etag=etag)

    def urls(self) -> list[str]:
        """What was asked for since this was last called."""
        urls = [request.url for request in self.asked]
        self.asked.clear()
        return urls


class Here:
    """Calls in this process, with a sandbox's outcomes."""

    def run(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for one in items:
            try:
                yield function(one)
            except CleancopyError as error:
                yield error
