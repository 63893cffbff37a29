"""A feed's bytes to its values: one test for each feed in `fixtures`, whose expectation lies beside it."""

import json
import pickle
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.feeds.feed import Feed
from flows.feeds.parsing import parse_feed
from flows.feeds.refusals import NotAFeedError, Refusal

FIXTURES = Path(__file__).parent / "fixtures"
FEEDS = sorted(path for path in FIXTURES.rglob("*") if path.is_file() and not path.name.endswith(".expected.json"))


def expectation(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_feed_gives_what_is_written_beside_it(path: Path) -> None:
    expected = json.loads(expectation(path).read_text(encoding="utf-8"))
    given_with = {name: expected[name] for name in ("url", "charset") if name in expected}
    if "refused" in expected:
        with pytest.raises(NotAFeedError) as caught:
            parse_feed(path.read_bytes(), **given_with)
        assert caught.value.reason == expected["refused"]
        return
    feed = json.loads(msgspec.json.encode(parse_feed(path.read_bytes(), **given_with), order="sorted"))
    wanted = {
        "unusable": [],
        **expected.get("feed", {}),
        **{name: expected[name] for name in expected if name in feed},
    }
    assert picked(feed, wanted) == wanted


def picked(found: object, wanted: object) -> object:
    """What was found of what is wanted; lists in their whole length, and an empty object if it is empty."""
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [picked(one, other) for one, other in zip(found, wanted, strict=True)]
    if isinstance(found, dict) and isinstance(wanted, dict) and wanted:
        return {key: picked(found.get(key), wanted[key]) for key in wanted}
    return found


def test_every_feed_has_an_expectation_and_every_expectation_a_feed() -> None:
    assert len(FEEDS) >= 60
    assert {expectation(path) for path in FEEDS} == set(FIXTURES.rglob("*.expected.json"))
    assert len({expectation(path) for path in FEEDS}) == len(FEEDS)


@given(path=st.sampled_from(FEEDS), data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_feed_that_was_changed_or_cut_gives_values_or_is_refused(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes()[:20_000])
    for place in data.draw(st.lists(st.integers(0, max(0, len(content) - 1)), max_size=8)):
        content[place : place + 1] = data.draw(st.binary(max_size=3))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    with suppress(NotAFeedError):
        feed = parse_feed(bytes(content[:cut]), url="https://feeds.example/a.xml")
        assert msgspec.json.decode(msgspec.json.encode(feed), type=Feed) == feed


def test_the_error_survives_the_way_between_two_processes() -> None:
    error = pickle.loads(pickle.dumps(NotAFeedError(Refusal.HTML, "a page\nin HTML")))  # noqa: S301
    assert (error.reason, str(error)) == (Refusal.HTML, "a page in HTML")
