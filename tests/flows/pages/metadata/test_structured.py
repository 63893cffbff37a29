from typing import Any

import pytest

from flows.pages.metadata.structured import Structured, first_text, one_line, texts, values

URL = "https://example.org/news/rain?utm_source=a"
OWN = {"@type": "NewsArticle", "headline": "Rain at last", "url": "https://www.example.org/news/rain/"}
OTHER = {"@type": "NewsArticle", "headline": "Ferry stops", "url": "https://example.org/news/ferry"}


def structured(*blocks: Any) -> Structured:  # noqa: ANN401 - JSON
    return Structured(blocks, [URL], ["Rain at last!"])


def headlines(*blocks: Any) -> list[str]:  # noqa: ANN401 - JSON
    return list(structured(*blocks).said("headline"))


@pytest.mark.parametrize(
    "block",
    [
        OWN,
        [OWN],
        [[{"@type": "Organization"}, OWN]],
        {"@graph": [{"@type": "WebSite"}, OWN]},
        {"@type": "WebPage", "mainEntity": OWN},
        {"@type": "WebPage", "mainEntityOfPage": {"@graph": [OWN]}},
        OWN | {"@type": ["Thing", "https://schema.org/BlogPosting"]},
    ],
)
def test_the_article_is_found_wherever_it_stands(block: Any) -> None:  # noqa: ANN401 - JSON
    assert headlines(block) == ["Rain at last"]


@pytest.mark.parametrize(
    "blocks",
    [
        [OTHER, OWN],
        [[OTHER, OWN, OTHER]],
        [{"@type": "ItemList", "itemListElement": [OTHER]}, OWN],
        [OWN | {"hasPart": [OTHER]}],
        [OTHER, {"@type": "Article", "headline": "RAIN, at last"}],
    ],
)
def test_of_several_articles_the_page_s_own_is_taken(blocks: list[Any]) -> None:
    assert [headline.casefold().replace(",", "") for headline in headlines(*blocks)] == ["rain at last"]


def test_of_several_others_none_is_taken() -> None:
    assert headlines(OTHER, OTHER | {"headline": "Goal", "url": "https://example.org/goal"}) == []


def test_a_page_without_an_article_speaks_of_itself() -> None:
    page = {"@type": "WebPage", "datePublished": "2019-03-10"}
    assert list(structured({"@graph": [page, {"@type": "WebSite"}]}).said("datePublished")) == ["2019-03-10"]


def test_a_reference_is_followed_within_the_page() -> None:
    person = {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}
    found = structured({"@graph": [OWN | {"author": [{"@id": "#jane"}, {"@id": "#nobody"}]}, person]}).said("author")
    assert list(found) == [person, {"@id": "#nobody"}]


def test_two_that_refer_to_each_other_end() -> None:
    assert list(structured(OWN | {"@id": "#a", "author": {"@id": "#a"}}).said("author")) == [
        OWN | {"@id": "#a", "author": {"@id": "#a"}}
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Rain &amp; more", ["Rain & more"]),
        ("Rain &amp;#8211; more", ["Rain – more"]),
        (["a", ["b", None, ""], {"@value": "c"}, 4], ["a", "b", "c"]),
        (None, []),
        ({"name": "a"}, []),
    ],
)
def test_texts_are_on_one_line_with_their_references_resolved(given: Any, said: list[str]) -> None:  # noqa: ANN401
    assert list(texts(given)) == said
    assert first_text(given) == (said[0] if said else "")


def test_what_is_nested_without_end_is_read_to_a_bound() -> None:
    deep: Any = OWN
    for _ in range(10_000):
        deep = [deep]
    assert len(list(values(deep))) <= 1
    assert len(list(values(["a"] * 100_000))) <= 100
    assert headlines(*[[OTHER] * 100_000] * 3) == []
    assert len(one_line("a " * 100_000)) <= 20_000


@pytest.mark.parametrize(
    "odd", [1, "a", None, True, {"@type": 3}, {"@type": {"a": 1}}, {"@graph": "a"}, {"@type": []}]
)
def test_what_is_no_node_is_passed_over(odd: Any) -> None:  # noqa: ANN401 - JSON
    assert headlines(odd, [odd], {"@graph": [odd]}, OWN) == ["Rain at last"]


def test_the_names_of_a_site_are_had() -> None:
    found = structured({"@type": "WebSite", "name": "Example", "alternateName": ["Ex", "example.org"]}, OWN)
    assert list(found.named("website")) == ["Example", "Ex", "example.org"]
