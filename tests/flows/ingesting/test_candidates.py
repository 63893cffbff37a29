"""Which entries bring something, by what the store knows of them."""

import pytest

from flows.feeds.feed import Entry
from flows.feeds.sighting import Held, Sighted, TextSource
from flows.feeds.subscriptions import FullText
from flows.ingesting.candidates import Candidate, Known, Shown, find_candidates
from flows.ingesting.naming import Naming

NOTHING = Known({}, {})
WORLD, SPORT = "https://harbour.example/world.xml", "https://harbour.example/sport.xml"


def shown(
    feed: str = WORLD,
    *names: str,
    says: bytes = b"first",
    content: str = "It sails.",
    full_text: FullText = "auto",
    link: str | None = "https://harbour.example/ferry",
) -> Shown:
    names = names or ("guid-1",)
    return Shown(
        feed_url=feed,
        publisher=None,
        full_text=full_text,
        language=None,
        faulty=False,
        entry=Entry(number=1, content=content, link=link),
        naming=Naming(names[0], names, says, has_page=True),
    )


def known(*, text: TextSource | None = "page") -> Known:
    """The store has the article that `guid-1` leads to, as the first feed showed it."""
    texts = {"article-1": Held(source=text, words=40, cut=False, feed=WORLD)} if text else {}
    return Known({"guid-1": "article-1"}, {"article-1": {WORLD: Sighted(b"first")}}, texts)


def one(*those: Shown, known: Known = NOTHING) -> Candidate | None:
    found = find_candidates(those, known)
    assert len(found) <= 1
    return found[0] if found else None


def test_what_no_name_leads_to_is_new() -> None:
    candidate = one(shown())
    assert candidate is not None
    assert (candidate.verdict, candidate.article) == ("new", "guid-1")


def test_what_the_feed_showed_before_brings_nothing() -> None:
    assert one(shown(), known=known()) is None


def test_40_a_changed_guid_with_the_same_link_brings_nothing_but_a_name() -> None:
    before = Known({"link:ferry": "article-1"}, {"article-1": {WORLD: Sighted(b"first")}})
    candidate = one(shown(WORLD, "guid-2", "link:ferry"), known=before)
    assert candidate is not None
    assert (candidate.verdict, candidate.article) == ("note", "article-1")
    after = Known({**before.articles, "guid-2": "article-1"}, before.sightings)
    assert one(shown(WORLD, "guid-2", "link:ferry"), known=after) is None


def test_what_the_feed_says_otherwise_now_comes_again_under_its_id() -> None:
    candidate = one(shown(says=b"corrected"), known=known())
    assert candidate is not None
    assert (candidate.verdict, candidate.article, candidate.feeds) == ("again", "article-1", (WORLD,))


def test_another_feed_is_noted_and_brings_a_record_only_if_its_text_may_be_fuller() -> None:
    noted = one(shown(SPORT), known=known())
    assert noted is not None
    assert noted.verdict == "note"
    fuller = one(shown(SPORT), known=known(text="feed_summary"))
    assert fuller is not None
    assert fuller.verdict == "again"


@pytest.mark.parametrize(
    ("content", "full_text", "verdict"),
    [("It sails.", "never", "again"), ("", "never", "note"), ("", "auto", "again")],
)
def test_what_a_feed_may_bring_depends_on_its_subscription_and_on_what_it_holds(
    content: str, full_text: FullText, verdict: str
) -> None:
    candidate = one(shown(SPORT, content=content, full_text=full_text), known=known(text="feed_summary"))
    assert candidate is not None
    assert candidate.verdict == verdict


def test_an_article_that_is_known_by_its_record_alone_comes_again() -> None:
    candidate = one(shown(), known=Known({"guid-1": "article-1"}, {}))
    assert candidate is not None
    assert (candidate.verdict, candidate.article) == ("again", "article-1")


def test_the_same_article_in_two_feeds_is_one_candidate_the_fuller_first() -> None:
    candidate = one(
        shown(WORLD, "guid-1", "link:ferry"), shown(SPORT, "guid-2", "link:ferry", content="It sails on.")
    )
    assert candidate is not None
    assert [each.feed_url for each in candidate.shown] == [SPORT, WORLD]


def test_two_names_that_lead_to_one_article_make_one_candidate() -> None:
    both = Known({"guid-1": "article-1", "guid-2": "article-1"}, {"article-1": {}})
    assert one(shown(WORLD, "guid-1"), shown(SPORT, "guid-2"), known=both) is not None


def test_an_article_twice_in_one_feed_is_noted_once() -> None:
    candidate = one(
        shown(WORLD, "guid-1", "link:ferry"), shown(WORLD, "guid-2", "link:ferry", content="It sails on.")
    )
    assert candidate is not None
    assert [each.entry.content for each in candidate.shown] == ["It sails on."]
