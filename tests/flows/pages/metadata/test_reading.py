"""What all of a page says, and that no page can make it say nothing, or take long to say it."""

import time
from copy import deepcopy

import pytest
from lxml import etree

from cleaners.document import DateSource
from flows.pages.metadata.reading import read_metadata
from flows.pages.page import Metadata
from flows.pages.parsing import parse

PAGE = """<html lang="en"><head><title>Rain at last | Hill Herald</title>
<meta property="og:title" content="You won't believe this rain"><meta property="og:site_name" content="Hill Herald">
<meta property="article:published_time" content="2019-03-10T10:50:00Z">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Rain falls at last",
"datePublished": "2019-03-10T10:50:00+05:30", "dateModified": "2019-03-11", "articleSection": "Weather",
"isAccessibleForFree": "False", "author": {"@type": "Person", "name": "Jane Doe"}, "keywords": ["rain"],}]}</script>
</head><body><h1>Rain falls at last</h1><p>By Tom Brill</p><p>It rained.</p></body></html>"""


def read(html: str) -> Metadata:
    tree = parse(html)
    assert tree is not None
    return read_metadata(tree, "https://www.hillherald.example/rain")


def test_a_page_says_it_all_and_stays_as_it_is() -> None:
    tree = parse(PAGE)
    before = etree.tostring(deepcopy(tree))
    found = read_metadata(tree, None)
    assert etree.tostring(tree) == before
    assert (found.title, found.authors, found.language) == ("Rain falls at last", ("Jane Doe",), "en")
    assert (found.date_published, found.date_modified) == ("2019-03-10T10:50:00+05:30", "2019-03-11")
    assert (found.section, found.tags, found.paywalled, found.date_source) == ("Weather", ("rain",), True, "jsonld")


def test_where_a_value_stands_and_what_contradicts_it_is_told() -> None:
    told = read(PAGE).explained()
    assert told["title"] == {
        "source": "h1",
        "others": [
            {"source": "meta", "value": "You won't believe this rain"},
            {"source": "title", "value": "Rain at last"},
        ],
    }
    assert told["date_published"] == {
        "source": "json-ld",
        "others": [{"source": "meta", "value": "2019-03-10T10:50:00Z"}],
    }
    assert told["authors"] == {"source": "json-ld"}


def test_a_page_that_says_nothing_gives_nothing() -> None:
    assert read("<p>Rain.</p>") == Metadata()


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ('<meta name="date" content="2019-03-10">', "meta"),
        ('<time datetime="2019-03-10">today</time>', "time"),
        ('<p class="date">10 March 2019</p>', "dateline"),
        ("<p>10 March 2019</p>", None),
    ],
)
def test_a_record_s_word_for_where_the_date_stands(html: str, source: DateSource | None) -> None:
    assert read(html).date_source == source


MANY = 20_000
HOSTILE = {
    "headings": "<h1>Rain at last in the hills</h1>" * MANY,
    "pieces": f"<h1>{'<b>a</b>' * MANY}</h1>",
    "times": '<time datetime="2019-03-10T10:50:00Z">' * MANY,
    "dates": '<p class="date">10 March 2019</p>' * MANY,
    "bylines": '<p class="byline">By Jane Doe</p>' * MANY,
    "marks": '<i itemprop="author">' * 500 + "<i itemprop=name></i>" * MANY,
    "metas": '<meta name="date" content="10 March 2019"><meta name="author" content="Jane Doe, Tom Brill">' * MANY,
    "title": f"<title>{'Rain | ' * MANY}</title><h1>Rain</h1>",
    "headline": f'<meta property="og:title" content="{"Rain - " * MANY}"><h1>Rain</h1>',
    "name": f'<meta name="author" content="{"Jane Doe, " * MANY}">',
    "classes": f'<p class="{"date author " * MANY}">Rain</p>',
    "tags": f'<meta name="keywords" content="{"rain, " * MANY}">',
    "links": f'<link rel="canonical" href="https://example.org/{"a" * MANY}">',
    "boxes": "<div class=author>" * 1900 + "Jane Doe",
    "articles": f'<script type="application/ld+json">[{",".join(["{}"] * MANY)}]</script>'.replace(
        "{}", '{"@type": "Article", "headline": "a", "author": {"@id": "a"}, "@id": "a"}'
    ),
    "nested": f'<script type="application/ld+json">{"[" * MANY}{"]" * MANY}</script>',
    "broken": f'<script type="application/ld+json">{{{"a: " * MANY}</script>' * 20,
    "quotes": f"""<script type="application/ld+json">{{{'"' * MANY}{"':'" * MANY}</script>""" * 20,
    "halves": r'<script type="application/ld+json">{"@type": "Report", "headline": "\ud800 \u0000 Rain"}</script>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_takes_long_or_gives_without_end(name: str) -> None:
    tree = parse(f"<html><body>{HOSTILE[name]}</body></html>")
    assert tree is not None
    start = time.process_time()
    found = read_metadata(tree, "https://example.org/a")
    assert time.process_time() - start < 3
    assert len(str(found)) < 100_000
