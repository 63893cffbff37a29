"""All that a page says of its article, from its tree."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from flows.pages.metadata import languages, links, subjects, titles
from flows.pages.metadata.authors import choose_authors
from flows.pages.metadata.dates import choose_dates
from flows.pages.metadata.head import Head
from flows.pages.metadata.scripts import blocks
from flows.pages.metadata.sites import Site
from flows.pages.metadata.stated import Stated
from flows.pages.metadata.structured import Structured, one_line, texts
from flows.pages.page import Metadata

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADLINES = ("headline", "og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_ORGANISATIONS = ("website", "organization", "newsmediaorganization")


def read_metadata(tree: "HtmlElement", url: str | None = None) -> Metadata:
    """What the page says of its article; the tree is left as it is.

    Args:
        tree: the page, as `flows.pages.parsing` gives it.
        url: where it was found; relative links are read from it.
    """
    head = Head(tree)
    own = links.canonical(tree, head, url)
    printed = titles.headings(tree)
    known = (*(heading.text for heading in printed), *head.all(*_HEADLINES))
    structured = Structured(blocks(tree), filter(None, (url, own)), known)
    site = Site((*head.all(*_SITES), *structured.named(*_ORGANISATIONS)), url or own)
    section = subjects.section(structured, head)
    title, heading = titles.choose_title(printed, tuple(_headlines(tree, structured, head)), site, section)
    published, modified = choose_dates(tree, structured, head)
    signed = choose_authors(tree, heading.element if heading else None, structured, head, site)
    summary = subjects.summary(structured, head)
    sample = languages.sample_of(tree, title.value if title else None, summary)
    chosen = {"title": title, "authors": signed.choice, "date_published": published, "date_modified": modified}
    return Metadata(
        url=own,
        amp=links.is_amp(tree),
        language=languages.choose_language(languages.declared(tree, structured, head), sample),
        title=title.value if title else None,
        summary=summary,
        authors=signed.authors,
        agencies=tuple({one.name: one for one in (*subjects.agencies(structured, head), *signed.agencies)}.values()),
        section=section,
        tags=subjects.tags(structured, head),
        image=links.picture(tree, structured, head, url),
        date_published=published.value if published else None,
        date_modified=modified.value if modified else None,
        paywalled=subjects.is_paywalled(structured, head),
        stated={name: choice for name, choice in chosen.items() if choice},
    )


def _headlines(tree: "HtmlElement", structured: Structured, head: Head) -> Iterator[Stated]:
    """What states the headline, the most trusted first: what is for programs, then what is for sharing."""
    for value in islice(structured.said("headline"), 1):
        yield from (Stated("json-ld", text) for text in islice(texts(value), 1))
    for name in _HEADLINES:
        if text := head.first(name):
            yield Stated("meta", text)
    for element in islice(tree.iter("title"), 1):
        if text := one_line("".join(element.itertext())):
            yield Stated("title", text)
