"""The article among what a page's JSON-LD describes, and what is said of it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

Node = Mapping[str, Any]

# https://schema.org/Article and what is under it; recipes and guides are articles of their own kind.
_ARTICLES = frozenset([
    "advertisercontentarticle", "analysisnewsarticle", "article", "askpublicnewsarticle", "backgroundnewsarticle",
    "blogposting", "criticreview", "discussionforumposting", "howto", "liveblogposting", "newsarticle",
    "opinionnewsarticle", "recipe", "report", "reportagenewsarticle", "review", "reviewnewsarticle",
    "satiricalarticle", "scholarlyarticle", "socialmediaposting", "techarticle",
])  # fmt: skip
_PAGES = frozenset({"webpage", "itempage", "medicalwebpage", "qapage", "creativework"})
# Where an article is the subject of another node; elsewhere (`hasPart`, `itemListElement`) stand other articles.
_WAYS = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST_NODES = 2000
_MOST_VALUES = 100
_LONGEST_TEXT = 20_000


class Structured:
    """What the JSON-LD of one page says of its article.

    Args:
        blocks: the values of its scripts.
        urls: by which the page is known: where it was found, its canonical link.
        headlines: what else of the page calls itself the headline.
    """

    def __init__(self, blocks: Iterable[object], urls: Iterable[str], headlines: Iterable[str]) -> None:
        self._nodes = tuple(_nodes(blocks))
        self._by_id = {id_: node for node in reversed(self._nodes) if isinstance(id_ := node.get("@id"), str)}
        self.articles = self._articles(frozenset(map(_place, urls)), frozenset(map(_said, headlines)))

    def _articles(self, places: frozenset[str], headlines: frozenset[str]) -> tuple[Node, ...]:
        """The nodes of this article: of several those that name its URL or its headline; else of its page."""
        nodes = [node for node in self._nodes if types_of(node) & _ARTICLES]
        nodes = nodes or [node for node in self._nodes if types_of(node) & _PAGES]
        if len(nodes) <= 1:
            return tuple(nodes)
        here = [node for node in nodes if places & set(map(_place, self.links(node)))]
        alike = [node for node in here or nodes if _said(first_text(node.get("headline"))) in headlines]
        return tuple(alike or here)

    def links(self, node: Node) -> Iterator[str]:
        """The URLs by which a node names itself or its page."""
        for name in ("@id", "url", "mainEntityOfPage"):
            for value in values(node.get(name)):
                found = value if isinstance(value, str) else value.get("@id") or value.get("url")
                if isinstance(found, str):
                    yield found

    def said(self, name: str) -> Iterator[Any]:
        """The values of a property of the article, in order; references are followed, within the page."""
        for node in self.articles:
            for value in values(node.get(name)):
                yield self.resolve(value)

    def resolve(self, value: object) -> Any:  # noqa: ANN401 - JSON
        """What a reference (`{"@id": ...}`) stands for; anything else stays what it is."""
        if isinstance(value, dict) and "name" not in value and isinstance(id_ := value.get("@id"), str):
            return self._by_id.get(id_, value)
        return value

    def named(self, *types: str) -> Iterator[str]:
        """The names of the nodes of a type, as `website`."""
        for node in self._nodes:
            if types_of(node) & set(types):
                yield from texts(node.get("name"))
                yield from texts(node.get("alternateName"))


def values(value: object) -> Iterator[Any]:
    """A property's values: one or a list of them, lists in lists included."""
    pending = deque([value])
    found = 0
    while pending and found < _MOST_VALUES:
        found += 1
        current = pending.popleft()
        if isinstance(current, list):
            pending.extendleft(reversed(current[:_MOST_VALUES]))
        elif current is not None and current != "":
            yield current


def texts(value: object) -> Iterator[str]:
    """The texts among a property's values, on one line, character references resolved."""
    for one in values(value):
        text = one.get("@value") if isinstance(one, dict) else one
        if isinstance(text, str) and (line := one_line(text)):
            yield line


def first_text(value: object) -> str:
    """The first of the texts; empty where there is none."""
    return next(texts(value), "")


def one_line(text: str) -> str:
    """A text's words; what a template escaped once or twice too often is resolved."""
    text = text[:_LONGEST_TEXT]
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    return " ".join(text.split())


def _nodes(blocks: Iterable[object]) -> Iterator[Node]:
    pending = deque(blocks)
    for _ in range(_MOST_NODES):
        if not pending:
            return
        current = pending.popleft()
        if isinstance(current, list):
            pending.extendleft(reversed(current[:_MOST_NODES]))
        elif isinstance(current, dict):
            yield current
            pending.extend(current[way] for way in _WAYS if isinstance(current.get(way), dict | list))


def types_of(node: Node) -> frozenset[str]:
    """The types of a node, in small letters, without their vocabulary."""
    given = islice(values(node.get("@type")), 10)
    return frozenset(one.rsplit("/", 1)[-1].lower() for one in given if isinstance(one, str))


def _place(url: str) -> str:
    """A URL as far as it tells pages of one site apart: its path, whatever host and scheme it is seen under."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return unquote(parts.path).rstrip("/").casefold() or "/"


def _said(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
