"""Who wrote an article: people, or who stands for them where none are named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from cleaners.document import Agency
from flows.pages.metadata import bylines
from flows.pages.metadata.head import Head
from flows.pages.metadata.people import in_order, names_in, outlet_in
from flows.pages.metadata.sites import Site
from flows.pages.metadata.stated import Choice, Source, Stated
from flows.pages.metadata.structured import Structured, texts, types_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = (
    "author", "article:author", "byl", "sailthru.author", "article:author_name", "cxenseparse:author",
    "articleauthor", "article_author", "article:byline", "dcsext.author", "dc.creator", "dcterms.creator",
    "parsely-author", "citation_author", "citation_authors",
)  # fmt: skip
_LABELS = frozenset(
    {"written by", "verfasst von", "écrit par", "escrito por", "scritto da", "geschreven door", "author"}
)
_GROUPS = frozenset({"organization", "newsmediaorganization", "website", "corporation", "brand"})

Statement = tuple[Source, Sequence[str]]
"""Where something stands, and the texts that stand there."""


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed an article.

    Attributes:
        authors: people; where none are named, the outlet, desk or agency that is.
        agencies: named among them.
        choice: where the authors stand, and whom else the page names for them; None where nobody is named.
    """

    authors: tuple[str, ...] = ()
    agencies: tuple[Agency, ...] = ()
    choice: Choice | None = None


def choose_authors(
    tree: "HtmlElement", heading: "HtmlElement | None", structured: Structured, head: Head, site: Site
) -> Signed:
    """The authors: of the first that names people, of JSON-LD, head, marks and lines of the page.

    The site itself is nobody, and neither is an agency, as long as a person is named anywhere.
    """
    groups: list[str] = []
    stated = [*_in_structured(structured, groups), *_in_head(head)]
    agencies: dict[str, Agency] = {}
    seen: list[Statement] = []
    for source, said in chain(stated, _in_text(tree, heading)):
        seen.append((source, said))
        people, credited = _people(said, site)
        agencies = {agency.name: agency for agency in credited} | agencies
        if people:
            return _signed(people, agencies, source, stated, site)
    outlet = next(
        ((name, source) for source, said in (*seen, ("json-ld", groups)) if (name := outlet_in(said))), None
    )
    if outlet is None:
        return Signed(agencies=tuple(agencies.values()))
    return _signed((outlet[0],), agencies, outlet[1], stated, site)


def _signed(
    authors: tuple[str, ...], agencies: Mapping[str, Agency], source: Source, stated: Iterable[Statement], site: Site
) -> Signed:
    chosen = Stated(source, "; ".join(authors))
    others = [Stated(other, "; ".join(_people(said, site)[0])) for other, said in stated]
    choice = Choice.of(chosen, others, differ=lambda one, other: bool(other) and one.casefold() != other.casefold())
    return Signed(authors=authors, agencies=tuple(agencies.values()), choice=choice)


def _people(said: Iterable[str], site: Site) -> tuple[tuple[str, ...], tuple[Agency, ...]]:
    people, agencies = names_in(said)
    return tuple(name for name in people if not site.is_name(name)), agencies


def _in_head(head: Head) -> Iterator[Statement]:
    for name in _NAMES:
        if said := tuple(head.all(name)):
            yield "meta", tuple(map(in_order, said)) if name.startswith("citation_") else said
    if (head.first("twitter:label1") or "").casefold() in _LABELS:
        yield "meta", tuple(head.all("twitter:data1"))


def _in_text(tree: "HtmlElement", heading: "HtmlElement | None") -> Iterator[Statement]:
    yield "text", bylines.marked(tree, heading)
    yield "text", bylines.signed(heading)
    yield "text", bylines.named(tree, heading)


def _in_structured(structured: Structured, groups: list[str]) -> Iterator[Statement]:
    """The names of people; those of groups are put aside."""
    for name in ("author", "creator"):
        said: list[str] = []
        for value in structured.said(name):
            is_group = isinstance(value, Mapping) and not _GROUPS.isdisjoint(types_of(value))
            (groups if is_group else said).extend(texts(value.get("name") if isinstance(value, Mapping) else value))
        if said:
            yield "json-ld", tuple(said)
