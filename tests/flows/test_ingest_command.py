"""`cleancopy ingest` against a publisher of its own: what tests/publisher/contract.py says of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.publisher import contract
from tests.publisher.site import Publisher

pytestmark = pytest.mark.slow

CHECKS = (
    contract.an_article_of_two_feeds_is_one_record,
    contract.a_forbidden_page_is_left_alone,
    contract.moved_feeds_are_rewritten,
    contract.a_feed_that_is_gone_is_switched_off,
    contract.a_page_that_fails_for_now_comes_later,
    contract.limited_runs_lose_nothing,
    contract.without_a_network_every_feed_is_reported,
)


@pytest.fixture
def small() -> Iterator[Publisher]:
    """Every style of feed once."""
    with Publisher(feeds=13, articles=78) as publisher:
        yield publisher


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_a_publisher_may_expect(
    check: Callable[[Publisher, contract.Ingest, Path], None], small: Publisher, tmp_path: Path
) -> None:
    check(small, contract.run_command, tmp_path)


def test_two_hundred_feeds_bring_two_thousand_articles_once(tmp_path: Path) -> None:
    with Publisher() as publisher:
        contract.each_article_comes_once(publisher, contract.run_command, tmp_path)
