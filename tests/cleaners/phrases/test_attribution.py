from pathlib import Path

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.document import Cleaned
from cleaners.phrases.library import Library

PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)

OWN_FILE = """\
publisher: NAME.org
names: [NAME Post]
phrases:
  - {id: named, kind: app_promo, text: Get the NAME Post app, matches: [Get the NAME Post app], keeps: [Get it]}
  - {id: plain, kind: app_promo, text: Get it all, matches: [Get it all], keeps: [Get it]}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("phrases")
    for name in ("alpha", "beta"):
        text = OWN_FILE.replace("NAME", name)
        (folder / f"{name}.org.yaml").write_text(text, encoding="utf-8")
    return load_phrases(folder)


def cleaned(library: Library, *lines: str, publisher: str | None = None) -> Cleaned:
    return clean(Document(text="\n".join([PROSE, *lines]), publisher=publisher), library)


def test_a_publishers_phrase_works_on_its_own_text(library: Library) -> None:
    result = cleaned(library, "Get it all", publisher="alpha.org")
    assert (result.text, result.publisher, result.publisher_source) == (PROSE, "alpha.org", "input")


def test_a_publisher_may_be_given_by_name(library: Library) -> None:
    assert cleaned(library, "Get it all", publisher="Alpha Post").publisher == "alpha.org"


def test_a_phrase_without_a_name_leaves_other_texts_alone(library: Library) -> None:
    assert cleaned(library, "Get it all").removed == ()
    assert cleaned(library, "Get it all", publisher="example.org").removed == ()


def test_a_phrase_that_names_its_publisher_names_an_unknown_texts(library: Library) -> None:
    result = cleaned(library, "Get the alpha Post app", "Get it all")
    assert (result.publisher, result.publisher_source, result.syndicated_from) == ("alpha.org", "rule", None)
    assert [removal.rule for removal in result.removed] == ["alpha.org/named", "alpha.org/plain"]


def test_it_names_the_source_of_another_publishers_text(library: Library) -> None:
    result = cleaned(library, "Get the alpha Post app", "Get it all", publisher="example.org")
    assert (result.publisher, result.publisher_source, result.syndicated_from) == (
        "example.org",
        "input",
        "alpha.org",
    )
    assert [removal.rule for removal in result.removed] == ["alpha.org/named"]


def test_of_two_names_the_more_frequent_is_the_publisher(library: Library) -> None:
    lines = ("Get the alpha Post app", "Get the beta Post app", "Get the beta Post app")
    result = cleaned(library, *lines)
    assert (result.publisher, result.syndicated_from) == ("beta.org", "alpha.org")
    assert result.text == PROSE


def test_every_built_in_publisher_file_is_named_by_its_domain() -> None:
    folder = Path(__file__).parents[3] / "cleaners" / "phrases" / "publishers"
    assert {path.stem for path in folder.glob("*.yaml")} == set(load_phrases().publishers)


@pytest.mark.parametrize(("links", "left"), [(1, 0), (2, 2)])
def test_a_link_in_every_part_of_a_guide_stays(links: int, left: int) -> None:
    lines = [line for number in range(links) for line in (PROSE, f"Read more: Ferries of the north, part {number}")]
    assert clean(Document(text="\n".join([*lines, PROSE])), load_phrases()).text.count("Read more:") == left
