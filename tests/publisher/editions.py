"""Where stories appear: the papers of a publisher, their feeds, and the articles in them."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tests.publisher.stories import Story

FORBIDDEN = "/members/"


@dataclass(frozen=True)
class Paper:
    """A newspaper with a host of its own: its name is what its subscriptions say as `publisher`."""

    number: int
    name: str
    language: str
    origin: str


@dataclass(frozen=True)
class Style:
    """How a feed is written.

    Attributes:
        form: which of the writers in `feeds.py`.
        guid: of which kind its entries' ids are; None where the format has none.
        whole: whether it gives the whole text in an element that is for that.
        described: whether its description is the whole text, which nothing but the page can tell.
        dated: whether it says when an entry was published.
        modified: whether it says when an entry was changed.
        relative: whether its links are relative to an `xml:base`.
        signed, tagged: whether it names authors and topics.
    """

    form: str
    guid: Literal["url", "tag", "number", "urn"] | None
    whole: bool = False
    described: bool = False
    dated: bool = True
    modified: bool = False
    relative: bool = False
    signed: bool = True
    tagged: bool = True


STYLES = (
    Style("rss20_content", "url", whole=True),
    Style("atom10_html", "tag", whole=True, modified=True, relative=True),
    Style("rss20_plain", "number", described=True),
    Style("json11", "number", whole=True, modified=True),
    Style("rss091", None, dated=False, signed=False, tagged=False),
    Style("atom10_text", "urn", modified=True),
    Style("rss20_teaser", "tag", relative=True),
    Style("rss10", "url", whole=True),
    Style("atom03", "tag", whole=True, modified=True, tagged=False),
    Style("json10", "url", whole=True, modified=True),
    Style("cdf", None, dated=False, signed=False, tagged=False),
    Style("atom10_xhtml", "urn", whole=True, modified=True, relative=True),
    Style("rss092", None, described=True, dated=False, signed=False),
)


@dataclass(frozen=True)
class Feed:
    """A feed: the encoding follows from its paper's language and its own number."""

    number: int
    paper: Paper

    @property
    def style(self) -> Style:
        return STYLES[self.number % len(STYLES)]

    @property
    def path(self) -> str:
        return f"/feeds/{self.number}.{'json' if self.style.form.startswith('json') else 'xml'}"

    @property
    def url(self) -> str:
        return self.paper.origin + self.path

    @cached_property
    def encoding(self) -> str:
        if self.style.form.startswith("json"):
            return "utf-8"
        if self.number % 17 == 5:
            return "utf-16"
        if self.paper.language == "ja":
            return "shift_jis"
        if self.paper.language == "ru":
            return "windows-1251"
        if self.paper.language != "en" and self.number % 3 == 0:
            return "iso-8859-1"
        return "utf-8"


@dataclass(frozen=True)
class Article:
    """A story in its paper.

    Attributes:
        feeds: its own first; then another of the paper that has it too.
        forbidden: whether robots.txt forbids its page.
    """

    story: Story
    feeds: tuple[Feed, ...]
    forbidden: bool = False

    @property
    def home(self) -> Feed:
        return self.feeds[0]

    @property
    def path(self) -> str:
        folder = FORBIDDEN if self.forbidden else f"/news/{self.story.published:%Y/%m}/"
        return f"{folder}story-{self.story.number}"

    @property
    def url(self) -> str:
        """The page's canonical URL."""
        return self.home.paper.origin + self.path

    @property
    def link(self) -> str:
        """The link in its feed: some count who came from there."""
        return self.url + "?utm_source=rss&utm_medium=feed" * (self.home.style.form == "rss092")

    @property
    def guid(self) -> str | None:
        number, paper = self.story.number, self.home.paper.name
        guids = {
            "url": self.url,
            "tag": f"tag:{paper},2024:{number}",
            "number": str(100_000 + number),
            "urn": uuid.uuid5(uuid.NAMESPACE_DNS, f"{number}.{paper}").urn,
        }
        return guids[self.home.style.guid] if self.home.style.guid else None


def shares(home: Feed, other: Feed) -> bool:
    """Whether an article of one feed can stand in another of the same paper under the same id."""
    if home.style.guid is None or other.style.guid is None:
        return False
    if "rss10" in {home.style.form, other.style.form}:  # its id is its link
        return home.style.guid == other.style.guid
    return home.style.guid != "number" or not other.style.form.startswith("atom")  # Atom's ids are URIs
