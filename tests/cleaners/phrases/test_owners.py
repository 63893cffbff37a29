from pathlib import Path

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.phrases.library import Library
from cleaners.phrases.owners import Owners

PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "hill.org.yaml").write_text(
        "publisher: hill.org\nnames: [Hill Gazette]\nphrases:\n"
        "  - {id: app, kind: app_promo, text: Get it all, matches: [Get it all], keeps: [Get it]}\n",
        encoding="utf-8",
    )
    return load_phrases(folder)


@pytest.mark.parametrize(
    ("said", "publisher", "url"),
    [
        ("Example News", None, None),
        ("Example News", "example.org", None),
        ("Example News", "Example News", None),
        ("The Example", "Example News", None),
        ("Notes from a Kitchen", "janedoe.example", None),
        ("Hill Gazette", "hill.org", None),
        ("Hill Gazette", "other.org", "https://www.hill.org/ferry"),
        ("hill.org", "Hill Gazette", None),
        ("news.example.org", "example.org", None),
        ("on example.co.uk", "example.com", None),
        ("on 3 May 2024", "Hill Gazette", None),
        ("in our May issue", "Harbour Times", None),
    ],
)
def test_a_site_that_may_be_the_articles_own_is_none_other(
    library: Library, said: str, publisher: str | None, url: str | None
) -> None:
    assert not Owners(Document(text="", url=url), publisher, library).exclude(said)


@pytest.mark.parametrize(
    ("said", "publisher", "url"),
    [
        ("Hill Gazette.", "example.org", None),
        ("by the Hill Gazette. Read the original article.", "example.org", None),
        ("example.com.", "other.org", None),
        ("on www.example.com on 3 May 2024", "other.org", "https://other.org/ferry"),
        ("by Harbour Times", "Example News", None),
    ],
)
def test_a_site_of_another_name_or_domain_is_another(
    library: Library, said: str, publisher: str | None, url: str | None
) -> None:
    assert Owners(Document(text="", url=url), publisher, library).exclude(said)


APPEARED = "The post Ferry stops appeared first on {}."
PUBLISHED = "This article was originally published {}."


@pytest.mark.parametrize(
    ("notice", "publisher", "syndicated"),
    [
        (APPEARED.format("Example News"), "example.org", None),
        (APPEARED.format("Example News"), None, None),
        (APPEARED.format("Hill Gazette"), "hill.org", None),
        (APPEARED.format("Hill Gazette"), "example.org", True),
        (PUBLISHED.format("on 3 May 2024"), "example.org", None),
        (PUBLISHED.format("by the Hill Gazette"), "hill.org", None),
        (PUBLISHED.format("by the Hill Gazette"), "example.org", True),
        ("Republish this article", "example.org", None),
        ("This article is republished from The Example.", "example.org", True),
    ],
)
def test_a_publishers_own_article_is_not_syndicated_copy(
    library: Library, notice: str, publisher: str | None, *, syndicated: bool | None
) -> None:
    """WordPress ends each article of a publisher's own feed with such a line."""
    cleaned = clean(Document(text=f"{PROSE}\n{notice}", publisher=publisher), library)
    assert (cleaned.text, cleaned.syndicated) == (PROSE, syndicated)


def test_only_syndication_notices_name_a_first_site() -> None:
    """The slot decides whether copy counts as syndicated; in a phrase of another kind it would do nothing."""
    named = [p for p in load_phrases().phrases if "first_site" in dict(p.pattern.slots)]
    assert len(named) > 1
    assert {phrase.kind for phrase in named} == {"syndication_notice"}
    assert {Path(phrase.place.partition(":")[0]).parent.name for phrase in named} == {"common"}
