import json
from typing import Any

import pytest

from flows.pages.metadata import links, subjects
from flows.pages.metadata.head import Head
from flows.pages.metadata.structured import Structured
from flows.pages.parsing import parse


def page(head: str = "", **said: Any) -> tuple[Structured, Head]:  # noqa: ANN401 - JSON
    tree = parse(f"<html><head>{head}</head><body><p>Rain.</p></body></html>")
    assert tree is not None
    return Structured([{"@type": "Article"} | json.loads(json.dumps(said))], (), ()), Head(tree)


def test_the_section_is_structured_data_s_or_the_head_s() -> None:
    meta = '<meta property="article:section" content="Weather">'
    assert subjects.section(*page(meta, articleSection=["Hills", "Weather"])) == "Hills"
    assert subjects.section(*page(meta)) == "Weather"
    assert subjects.section(*page()) is None


def test_the_summary_is_the_one_for_sharing() -> None:
    meta = '<meta name="description" content="It rained.">'
    assert subjects.summary(*page(f'<meta property="og:description" content="Rain.">{meta}')) == "Rain."
    assert subjects.summary(*page(meta, description="Much rain.")) == "It rained."
    assert subjects.summary(*page(description="Much rain.")) == "Much rain."


@pytest.mark.parametrize(
    ("head", "keywords", "tags"),
    [
        (
            '<meta property="article:tag" content="rain"><meta property="article:tag" content="hills">',
            ["sun"],
            ["rain", "hills"],
        ),
        ('<meta name="keywords" content="sun">', ["rain", "hills"], ["rain", "hills"]),
        ("", "rain, hills; rain", ["rain", "hills"]),
        ("", [{"@type": "DefinedTerm", "name": "rain"}], ["rain"]),
        ('<meta name="keywords" content="rain,,hills,">', None, ["rain", "hills"]),
        ("", None, []),
        ("", "a" * 200, []),
    ],
)
def test_tags_are_those_of_the_first_that_lists_some(head: str, keywords: Any, tags: list[str]) -> None:  # noqa: ANN401
    assert list(subjects.tags(*page(head, keywords=keywords))) == tags


def test_agencies_are_named_as_the_source_and_nothing_else() -> None:
    assert [one.name for one in subjects.agencies(*page(sourceOrganization={"name": "AFP"}, creditText="Jane"))] == [
        "AFP"
    ]
    (agency,) = subjects.agencies(*page('<meta name="source" content="Associated Press">'))
    assert (agency.name, agency.evidence) == ("AP", "Associated Press")
    assert subjects.agencies(*page('<meta name="source" content="Photo: AP">', provider="Hill Herald")) == ()


@pytest.mark.parametrize("free", [False, "False", "false", "https://schema.org/False"])
def test_a_page_says_that_it_is_not_for_everybody(free: Any) -> None:  # noqa: ANN401 - JSON
    assert subjects.is_paywalled(*page(isAccessibleForFree=free))
    assert subjects.is_paywalled(*page(hasPart=[{"@type": "WebPageElement", "isAccessibleForFree": free}]))


def test_a_page_is_free_where_it_does_not_say_otherwise() -> None:
    assert not subjects.is_paywalled(*page())
    assert not subjects.is_paywalled(*page(isAccessibleForFree=True, hasPart=[{"isAccessibleForFree": "True"}, "a"]))
    assert not subjects.is_paywalled(*page('<meta property="article:content_tier" content="free">'))
    assert subjects.is_paywalled(*page('<meta property="article:content_tier" content="Locked">'))


@pytest.mark.parametrize(
    "image",
    ["/a.jpg", ["/a.jpg", "/b.jpg"], {"url": "/a.jpg"}, [{"contentUrl": "/a.jpg"}], ["", "javascript:a", "/a.jpg"]],
)
def test_a_picture_is_a_full_url(image: Any) -> None:  # noqa: ANN401 - JSON
    tree = parse("<p>Rain.</p>")
    assert tree is not None
    assert links.picture(tree, *page(image=image), "https://example.org/rain") == "https://example.org/a.jpg"
    assert links.picture(tree, *page(image=image), None) is None
