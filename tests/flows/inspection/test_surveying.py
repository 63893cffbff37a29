"""What a person who looks after a store sees."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.feeds.feed_state import FeedState
from flows.inspection.firing import Stopped
from flows.inspection.surveying import Survey, markdown, survey
from flows.store.sightings import put_feed_states
from flows.store.store import open_store

Cli = Callable[..., tuple[int, str, str]]


def test_a_store_is_read_with_what_it_knows_of_feeds(tmp_path: Path, run_cli: Cli, rows: Callable[..., Path]) -> None:
    text = "Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."
    source = rows(*({"id": str(number), "text": f"{number} {text}"} for number in range(3)))
    assert run_cli("clean", source, "--out", tmp_path / "out", "--direct", "--quiet")[0] == 0
    with open_store(tmp_path / "out", "run-2") as store:
        with store.state.begin() as connection:
            states = [FeedState(url=f"https://a.example/{count}", failures=count) for count in (0, 1, 7)]
            put_feed_states(connection, {each.url: each for each in states})
        seen = survey(store)
    assert seen.records == 3
    assert [feed.failures for feed in seen.feeds] == [7, 1]
    assert seen.most == (("en/advertisement", 3),)
    assert seen.stopped == ()


def a_survey(**fields: Any) -> Survey:  # noqa: ANN401 - any field
    return Survey(**{"records": 1_000, "feeds": (), "most": (), "stopped": (), **fields})


def test_the_page_has_a_table_of_each_thing() -> None:
    came = datetime(2026, 11, 27, 9, 5, tzinfo=UTC)
    feeds = (FeedState(url="https://a.example/rss", failures=12, reason="gone", succeeded=came),)
    page = markdown(a_survey(feeds=feeds, most=(("en/app", 1234),), stopped=(Stopped("en/ad", None, 3, 50),)))
    assert "| `https://a.example/rss` | 12 | `gone` | `2026-11-27 09:05` |" in page
    assert "| `en/app` | 1,234 |" in page
    assert "| `en/ad` |  | 3 | 50 |" in page


def test_what_is_not_there_is_said() -> None:
    assert markdown(a_survey()).count("\n\nNone.") == 3


def test_a_feeds_address_cannot_break_out_of_its_cell() -> None:
    page = markdown(a_survey(feeds=(FeedState(url="https://a.example/|`<b>\n", failures=1),)))
    assert "| `https://a.example/%7C'<b>` | 1 |  | `never` |" in page
