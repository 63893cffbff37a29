"""What `cleancopy ingest` has to do with a publisher's feeds, said of the command line alone.

Each check takes a publisher of its own, `ingest(feeds, out, *options)`, and an empty folder:

    def test_a_moved_feed_is_rewritten(small: Publisher, tmp_path: Path) -> None:
        contract.moved_feeds_are_rewritten(small, contract.run_command, tmp_path)
"""

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from tests.publisher.editions import Article, Feed
from tests.publisher.expected import compare, expected
from tests.publisher.site import COMMENT, Publisher, subscriptions_toml

AGAIN = ("--force",)  # ask feeds that were asked a moment ago and are not due
SOME_SECONDS = 30.0  # what fails is tried again, with pauses of seconds
DONE, FAILED = 0, 1


class Ran(NamedTuple):
    """How a run ended, and all that it said on standard output and standard error."""

    code: int
    output: str


class Ingest(Protocol):
    """Runs the command with a subscriptions file and a store."""

    def __call__(self, feeds: Path, out: Path, *options: str) -> Ran: ...


def run_command(feeds: Path, out: Path, *options: str) -> Ran:
    """The installed command in a process of its own, on a terminal that breaks no URL."""
    cleancopy = shutil.which("cleancopy", path=Path(sys.executable).parent)
    assert cleancopy
    command = [cleancopy, "ingest", "--feeds", str(feeds), "--out", str(out), "--direct", *options]
    environment = os.environ | {"COLUMNS": "200"}
    run = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    return Ran(run.returncode, run.stdout + run.stderr)


def each_article_comes_once(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """All articles; then nothing, and hardly anything asked; then the new and the corrected, and no others."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    assert _ended(ingest(feeds, out)) == DONE
    assert_right(records(out), publisher.articles)

    start = len(publisher.log)
    before = records(out)
    assert _ended(ingest(feeds, out, *AGAIN)) == DONE
    assert records(out) == before
    _assert_feeds_asked_for_news(publisher, start)
    assert _pages_asked(publisher, start) == []

    start = len(publisher.log)
    changed = publisher.correct(5) + publisher.publish(20)
    assert _ended(ingest(feeds, out, *AGAIN)) == DONE
    written = _without(records(out), before)
    assert sorted(record["version"] for record in written) == [1] * 20 + [2] * 5
    assert_right(written, changed)
    _assert_asked_once(_pages_asked(publisher, start), changed)


def an_article_of_two_feeds_is_one_record(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """Its record names both feeds, and its page is asked for once."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    shared = {expected(article).id: article for article in publisher.articles if len(article.feeds) == 2}
    assert shared, "the publisher is too small"
    assert _ended(ingest(feeds, out)) == DONE
    found = [record for record in records(out) if record["id"] in shared]
    assert sorted(record["id"] for record in found) == sorted(shared)
    for record in found:
        assert sorted(record["metadata"]["feeds"]) == sorted(feed.url for feed in shared[record["id"]].feeds)
    _assert_asked_once(_pages_asked(publisher, 0), publisher.articles)


def a_forbidden_page_is_left_alone(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """Its record has the text that the feed gives, and says so."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    forbidden = [article for article in publisher.articles if article.forbidden]
    assert forbidden, "the publisher is too small"
    assert _ended(ingest(feeds, out)) == DONE
    ids = {expected(article).id for article in forbidden}
    assert_right([record for record in records(out) if record["id"] in ids], forbidden)
    assert publisher.asked([article.link for article in forbidden]) == []


def moved_feeds_are_rewritten(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """301 and 308 change the subscription, once and for all; 302 does not; what a person wrote stays."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    moved = [publisher.move(feed, permanent=True) for feed in publisher.feeds[:2]]
    publisher.move(publisher.feeds[2], permanent=False)
    stay = [feed.url for feed in publisher.feeds[2:]]
    assert _ended(ingest(feeds, out)) == DONE
    written = feeds.read_text(encoding="utf-8")
    assert [feed["url"] for feed in tomllib.loads(written)["feeds"]] == moved + stay
    assert written.startswith(COMMENT)
    start = len(publisher.log)
    assert _ended(ingest(feeds, out, *AGAIN)) == DONE
    assert publisher.asked([feed.url for feed in publisher.feeds[:2]], start) == []
    assert [logged.status for logged in publisher.asked(moved, start)] == [304, 304]
    assert len(records(out)) == len(publisher.articles)


def a_feed_that_is_gone_is_switched_off(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """410 is said, the other feeds are read, and the next run does not ask again."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    gone, others = publisher.feeds[0], publisher.feeds[1:]
    publisher.gone(gone)
    assert gone.url in ingest(feeds, out).output
    ours = [article for article in publisher.articles if set(article.feeds) & set(others)]
    assert_right(records(out), ours)
    start = len(publisher.log)
    ingest(feeds, out, *AGAIN)
    assert publisher.asked([gone.url], start) == []
    assert len(publisher.asked([feed.url for feed in others], start)) == len(others)


def a_page_that_fails_for_now_comes_later(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """The next run gets it, though its feed has not changed, and nothing else anew."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    missing = next(article for article in publisher.articles if not article.home.style.whole)
    publisher.fail(missing.url, 503)
    ingest(feeds, out)
    before = records(out)
    assert_right(before, [article for article in publisher.articles if article != missing])
    publisher.mend(missing.url)
    assert _ended(ingest(feeds, out, *AGAIN)) == DONE
    assert_right(_without(records(out), before), [missing])


def limited_runs_lose_nothing(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """Each writes at most so many, and in the end all are there, once."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    third = len(publisher.articles) // 3
    ingest(feeds, out, "--limit", str(third))
    assert 0 < len(records(out)) <= third
    ingest(feeds, out, "--limit", str(third), *AGAIN)
    assert third < len(records(out)) <= 2 * third
    assert _ended(ingest(feeds, out, *AGAIN)) == DONE
    assert_right(records(out), publisher.articles)


def without_a_network_every_feed_is_reported(publisher: Publisher, ingest: Ingest, folder: Path) -> None:
    """The run ends in seconds, fails, names every feed, and leaves what it had."""
    feeds, out = _subscribed(publisher, folder), folder / "out"
    assert _ended(ingest(feeds, out)) == DONE
    before = records(out)
    publisher.close()
    start = time.monotonic()
    ran = ingest(feeds, out, *AGAIN)
    assert time.monotonic() - start < SOME_SECONDS
    assert ran.code == FAILED
    assert _unsaid(publisher.feeds, ran.output) == []
    assert records(out) == before


def _subscribed(publisher: Publisher, folder: Path) -> Path:
    path = folder / "feeds.toml"
    path.write_text(subscriptions_toml(publisher), encoding="utf-8")
    return path


def _ended(ran: Ran) -> int:
    if ran.code != DONE:
        sys.stderr.write(ran.output)  # pytest shows it with the failure
    return ran.code


def records(out: Path) -> list[dict[str, Any]]:
    """Every record of the store, in no order that means anything."""
    lines = [line for part in (out / "records").glob("*.jsonl") for line in part.read_bytes().splitlines()]
    return sorted((json.loads(line) for line in lines), key=lambda record: (record["id"], record["version"]))


def _without(records: Iterable[dict[str, Any]], before: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    had = {(record["id"], record["version"]) for record in before}
    return [record for record in records if (record["id"], record["version"]) not in had]


def assert_right(records: Sequence[dict[str, Any]], articles: Sequence[Article]) -> None:
    """The records of these articles as they are now, each once, and no others."""
    wanted = {expected(article).id: expected(article) for article in articles}
    found = {record["id"]: record for record in records}
    assert len(found) == len(records), "an id twice"
    assert sorted(found) == sorted(wanted)
    wrong = {id_: said for id_ in wanted if (said := compare(found[id_], wanted[id_]))}
    assert wrong == {}, f"{len(wrong)} of {len(wanted)} records are wrong: {list(wrong.items())[:5]}"


def _assert_feeds_asked_for_news(publisher: Publisher, start: int) -> None:
    asked = publisher.asked([feed.url for feed in publisher.feeds], start)
    assert sorted(logged.url for logged in asked) == sorted(feed.url for feed in publisher.feeds)
    assert [logged for logged in asked if not logged.conditional or logged.status != 304] == []


def _pages_asked(publisher: Publisher, start: int) -> list[str]:
    return [logged.url for logged in publisher.asked([article.link for article in publisher.articles], start)]


def _assert_asked_once(links: list[str], articles: Sequence[Article]) -> None:
    """No page but these articles', each at most once: what a feed gives whole may do without."""
    assert len(set(links)) == len(links)
    assert set(links) <= {article.link for article in articles if not article.forbidden}


def _unsaid(feeds: Iterable[Feed], output: str) -> list[str]:
    return [feed.url for feed in feeds if feed.url not in output]
