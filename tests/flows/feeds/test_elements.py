import pytest

from flows.feeds.elements import elements_of
from flows.feeds.refusals import NotAFeedError, Refusal

PLAYER = "</media:player>"
RSS = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:gml="http://www.opengis.net/gml"><channel><title>T</title>{}</channel></rss>'


def test_what_the_parser_stumbles_over_costs_one_entry() -> None:
    elements = elements_of(RSS.format(f"<item><title>a</title>{PLAYER}</item><item><title>b</title></item>"))
    assert [(number, entry["title"]) for number, entry in elements.entries] == [(2, "b")]
    assert [(entry.number, entry.reason) for entry in elements.unusable] == [(1, "bad_entry")]
    assert (elements.version, elements.channel["title"]) == ("rss20", "T")


def test_a_place_on_the_map_costs_nothing() -> None:
    elements = elements_of(RSS.format("<item><title>a</title><gml:pos>1</gml:pos></item>"))
    assert [entry["title"] for _, entry in elements.entries] == ["a"]


def test_outside_of_the_entries_it_costs_the_feed() -> None:
    with pytest.raises(NotAFeedError) as caught:
        elements_of(RSS.format(PLAYER + "<item><title>a</title></item>"))
    assert caught.value.reason is Refusal.UNREADABLE
