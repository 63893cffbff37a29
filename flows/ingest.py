"""The flow `ingest`: feeds become records in a store, again and again."""

from datetime import date
from typing import Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.ingesting.answered import Answered
from flows.ingesting.due import Due
from flows.ingesting.job import IngestJob
from flows.ingesting.run import Run
from flows.ingesting.running import run_all
from flows.ingesting.tally import Tally
from flows.stopping import stop_on_signals


@flow(name="ingest")
def ingest(
    feeds: str = "seeds/feeds.toml",
    out: str = "out",
    *,
    limit: int | None = None,
    since: date | None = None,
    keep_raw: bool = False,
    force: bool = False,
    phrases: str | None = None,
    disable: list[str] | None = None,
    strip_datelines: bool = False,
    updates: Literal["append", "ignore"] = "append",
    wait: bool = False,
) -> Tally:
    """Bring what feeds have that is new.

    Args:
        feeds: the subscriptions file.
        out: the store's folder; records go to its `records/`.
        limit: how many articles to bring at most; the rest is left for the next run.
        since: entries dated before this day are left alone.
        keep_raw: keep pages as they came, as WARC in the store's `raw/`.
        force: also ask feeds that are not due, and for pages that articles wait for.
        phrases: a folder of phrase files of your own, added to the built-in library.
        disable: ids of phrases to leave out, as `mid-day.com/app-promo`.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether a corrected article becomes a further version of its record.
        wait: wait for another run on this store to end, instead of failing.

    Returns:
        What was done, in numbers.
    """
    job = IngestJob(
        feeds=feeds,
        out=out,
        limit=limit,
        since=since,
        keep_raw=keep_raw,
        force=force,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
    )
    with stop_on_signals() as stop:
        tally = run_all(job, stop, ask=ask_feeds, bring=bring_articles)
    get_run_logger().info(
        "%d feeds with news, %d without, %d failed; %d new, %d updated records, %d items set aside",
        tally.feeds["new"],
        tally.feeds["nothing_new"] + tally.feeds["unchanged"],
        tally.feeds["failed"],
        tally.counts.new,
        tally.counts.updated,
        tally.counts.set_aside.total(),
    )
    return tally


@task(task_run_name="feeds-{number}", cache_policy=NO_CACHE)
def ask_feeds(run: Run, number: int, group: list[Due]) -> Answered:
    """Ask a group of feeds: all of a publisher's, many publishers at once."""
    return run.ask(number, group)


@task(task_run_name="articles-{number}", cache_policy=NO_CACHE)
def bring_articles(run: Run, number: int, answered: Answered) -> None:
    """Fetch what those feeds have that is new, clean it and commit it."""
    run.bring(number, answered)
