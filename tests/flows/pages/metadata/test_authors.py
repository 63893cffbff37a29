import json
from typing import Any

import pytest

from flows.pages.metadata.authors import Signed, choose_authors
from flows.pages.metadata.head import Head
from flows.pages.metadata.scripts import blocks
from flows.pages.metadata.sites import Site
from flows.pages.metadata.stated import Stated
from flows.pages.metadata.structured import Structured
from flows.pages.parsing import parse

PERSON = {"@type": "Person", "name": "Jane Doe"}
OUTLET = {"@type": "Organization", "name": "Hill Herald"}


def signed(author: Any = None, head: str = "", body: str = "") -> Signed:  # noqa: ANN401 - JSON
    script = json.dumps({"@type": "Article", "author": author})
    html = f'<html><head>{head}<script type="application/ld+json">{script}</script></head><body><h1>Rain</h1>{body}'
    tree = parse(html)
    assert tree is not None
    structured = Structured(blocks(tree), (), ())
    return choose_authors(tree, next(tree.iter("h1")), structured, Head(tree), Site(["Hill Herald"], None))


@pytest.mark.parametrize(
    "author",
    [PERSON, [PERSON], "Jane Doe", {"name": ["Jane Doe"]}, PERSON | {"name": "By Jane Doe"}, [OUTLET, PERSON]],
)
def test_structured_data_names_people(author: Any) -> None:  # noqa: ANN401 - JSON
    found = signed(author, '<meta name="author" content="Tom Brill">')
    assert found.authors == ("Jane Doe",)
    assert found.choice is not None
    assert (found.choice.source, found.choice.others) == ("json-ld", (Stated("meta", "Tom Brill"),))


@pytest.mark.parametrize("author", [None, OUTLET, "Hill Herald", {"@type": "Person", "name": "hill herald"}, "admin"])
def test_people_come_before_outlets_wherever_they_are_named(author: Any) -> None:  # noqa: ANN401 - JSON
    assert signed(author, '<meta name="author" content="Jane Doe">').authors == ("Jane Doe",)
    assert signed(author, body='<p class="byline">By Jane Doe</p>').authors == ("Jane Doe",)


def test_an_outlet_stands_for_its_people_where_none_is_named() -> None:
    assert signed(OUTLET).authors == ("Hill Herald",)
    assert signed(OUTLET, body='<p class="byline">Web Desk</p>').authors == ("Web Desk",)
    assert signed() == Signed()


def test_an_agency_is_one_beside_a_person_and_stands_for_its_people_where_none_is_named() -> None:
    beside, alone = signed("Jane Doe, Reuters"), signed("Reuters")
    assert (beside.authors, [agency.name for agency in beside.agencies]) == (("Jane Doe",), ["Reuters"])
    assert (alone.authors, [agency.name for agency in alone.agencies]) == (("Reuters",), ["Reuters"])
