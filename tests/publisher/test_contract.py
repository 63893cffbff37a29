"""The contract of ingesting accepts what is right and refuses what is wrong."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publisher import contract
from tests.publisher.cheating import Cheat
from tests.publisher.site import Publisher

Check = Callable[[Publisher, contract.Ingest, Path], None]
CHECKS: dict[Check, tuple[str, ...]] = {
    contract.each_article_comes_once: ("unconditional", "repeating", "wrong text"),
    contract.an_article_of_two_feeds_is_one_record: ("one feed", "repeating"),
    contract.a_forbidden_page_is_left_alone: ("trespassing", "wrong text"),
    contract.moved_feeds_are_rewritten: ("forgetful", "eager"),
    contract.a_feed_that_is_gone_is_switched_off: ("stubborn",),
    contract.a_page_that_fails_for_now_comes_later: ("failure loses",),
    contract.limited_runs_lose_nothing: ("limit loses",),
    contract.without_a_network_every_feed_is_reported: ("silent",),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_is_right_is_accepted(check: Check, small: Publisher, tmp_path: Path) -> None:
    check(small, Cheat(small), tmp_path)


@pytest.mark.parametrize(
    ("check", "flaw"),
    [pytest.param(check, flaw, id=f"{check.__name__} {flaw}") for check, flaws in CHECKS.items() for flaw in flaws],
)
def test_what_is_wrong_is_refused(check: Check, flaw: str, small: Publisher, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        check(small, Cheat(small, frozenset({flaw})), tmp_path)


@pytest.mark.slow
def test_the_full_size_leaves_the_time_to_the_reader(tmp_path: Path) -> None:
    with Publisher() as publisher:
        start = time.monotonic()
        contract.each_article_comes_once(publisher, Cheat(publisher), tmp_path)
        print(f"200 feeds, 2,000 articles, three runs: {time.monotonic() - start:.1f} s")  # noqa: T201 - a measurement
