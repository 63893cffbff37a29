"""Which text may take the place of which."""

from typing import Any

import pytest

from flows.feeds.sighting import Held
from flows.ingesting.replacing import replaces

WORLD, SPORT = "https://harbour.example/world.xml", "https://harbour.example/sport.xml"


def text(**fields: Any) -> Held:  # noqa: ANN401 - any field
    given = {"source": "page", "words": 300, "cut": False, "feed": WORLD, "link": "link:ferry", **fields}
    return Held(**given if given["source"] == "page" else {**given, "link": None})


FULL, SUMMARY = text(source="feed_content"), text(source="feed_summary", words=30, cut=True)


@pytest.mark.parametrize(
    ("new", "held"),
    [
        (SUMMARY, None),
        (text(), SUMMARY),
        (FULL, SUMMARY),
        (text(words=290), text()),
        (text(words=160), text()),
        (text(feed=SPORT), text()),
        (text(feed=SPORT, link="link:amp/ferry", words=331), text()),
        (text(), FULL),
        (FULL, text(words=350)),
        (text(cut=True, words=80), SUMMARY),
        (text(words=200), text(source="feed_content", feed=SPORT, cut=True)),
        (text(source="feed_summary", words=28, cut=True), SUMMARY),
    ],
)
def test_the_first_a_correction_and_a_fuller_text_are_taken(new: Held, held: Held | None) -> None:
    assert replaces(new, held)


@pytest.mark.parametrize(
    ("new", "held"),
    [
        (SUMMARY, text()),
        (SUMMARY, FULL),
        (text(cut=True, words=400), text()),
        (text(words=140), text()),
        (text(source="feed_content", feed=SPORT), FULL),
        (text(source="feed_content", feed=SPORT), text()),
        (text(feed=SPORT, link="link:amp/ferry"), text()),
        (FULL, text(words=400)),
        (text(source="feed_summary", feed=SPORT, words=32, cut=True), SUMMARY),
        (text(source="feed_summary", words=25, cut=True), text(cut=True, words=30)),
        (text(source="feed_summary", words=10, cut=True), SUMMARY),
        (text(source="feed_summary", words=0, cut=True), SUMMARY),
    ],
)
def test_a_lesser_text_and_another_feeds_wording_are_not(new: Held, held: Held) -> None:
    assert not replaces(new, held)
