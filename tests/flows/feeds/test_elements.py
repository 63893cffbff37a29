import pytest

from flows.feeds.elements import elements_of
from flows.feeds.refusals import NotAFeedError, Refusal

POS = "<gml:pos>1</gml:pos>"
RSS = '<rss version="2.0" xmlns:gml="http://www.opengis.net/gml"><channel><title>T</title>{}</channel></rss>'


def test_what_the_parser_stumbles_over_costs_one_entry() -> None:
    elements = elements_of(RSS.format(f"<item><title>a</title>{POS}</item><item><title>b</title></item>"))
    assert [(number, entry["title"]) for number, entry in elements.entries] == [(2, "b")]
    assert [(entry.number, entry.reason) for entry in elements.unusable] == [(1, "bad_entry")]
    assert (elements.version, elements.channel["title"]) == ("rss20", "T")


def test_outside_of_the_entries_it_costs_the_feed() -> None:
    with pytest.raises(NotAFeedError) as caught:
        elements_of(RSS.format(POS + "<item><title>a</title></item>"))
    assert caught.value.reason is Refusal.UNREADABLE
