"""The flow `ingest`: feeds become records in a store, again and again."""

from datetime import date
from typing import Annotated, Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from pydantic import Field

from cleaners.errors import CleancopyError
from flows.ingesting.answered import Answered
from flows.ingesting.due import Due
from flows.ingesting.job import IngestJob
from flows.ingesting.run import Run
from flows.ingesting.running import run_all
from flows.ingesting.tally import Tally
from flows.job import told_run
from flows.orchestration.ending import ended, failed
from flows.orchestration.naming import run_name
from flows.orchestration.parameters import ALL_RULES, Rules, Text
from flows.orchestration.showing import show_feeds, show_kinds, shown
from flows.orchestration.slots import store_slot
from flows.redacting import redacted
from flows.stopping import stop_on_signals


@flow(name="ingest", flow_run_name=run_name)
def ingest(
    feeds: Text = "seeds/feeds.toml",
    out: Text = "out",
    *,
    limit: Annotated[int, Field(ge=1)] | None = None,
    since: date | None = None,
    keep_raw: bool = False,
    force: bool = False,
    rules: Rules = ALL_RULES,
    strip_datelines: bool = False,
    updates: Literal["append", "ignore"] = "append",
    wait: bool = False,
    state: Text | None = None,
) -> State[Tally]:
    """Bring what feeds have that is new.

    Args:
        feeds: the subscriptions file.
        out: the store's folder; records go to its `records/`.
        limit: how many articles to bring at most; the rest is left for the next run.
        since: entries dated before this day are left alone.
        keep_raw: keep pages as they came, as WARC in the store's `raw/`.
        force: also ask feeds that are not due, and for pages that articles wait for.
        rules: which phrases are applied.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether a corrected article becomes a further version of its record.
        wait: wait for another run on this store to end, instead of failing.
        state: URL of the store's state, if that is not a file in its folder.

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
        phrases=rules.phrases,
        disable=rules.disable,
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
        state=state,
        run=told_run(),
    )
    get_run_logger().info("run %s asks the feeds of %s and writes to %s", job.run, feeds, redacted(out))
    try:
        feeds_on_list = len(job.subscriptions().feeds)
        with store_slot(out, wait=wait), shown(feeds_on_list) as seen, stop_on_signals() as stop:
            tally = run_all(job, stop, ask=ask_feeds, bring=bring_articles)
    except CleancopyError as error:
        return failed(error)
    seen.update(ended=not tally.counts.stopped)
    show_feeds(seen.feeds)
    show_kinds(tally.counts)
    is_part = bool(tally.counts.set_aside or tally.feeds["failed"])
    return ended(tally, said(tally), set_aside=is_part, stopped=bool(tally.counts.stopped))


@task(task_run_name="feeds-{number}", cache_policy=NO_CACHE)
def ask_feeds(run: Run, number: int, group: list[Due]) -> Answered:
    """Ask a group of feeds: all of a publisher's, many publishers at once.

    What may pass is tried again for each request by itself, with jitter: nobody is asked twice for another's sake.
    """
    return run.ask(number, group)


@task(task_run_name="articles-{number}", cache_policy=NO_CACHE)
def bring_articles(run: Run, number: int, answered: Answered) -> None:
    """Fetch what those feeds have that is new, clean it and commit it.

    Pages that fail in passing wait in the store for a later run.
    """
    run.bring(number, answered)


def said(tally: Tally) -> str:
    """What was done in one line."""
    feeds, counts = tally.feeds, tally.counts
    return (
        f"{feeds['new']} feeds with news, {feeds['nothing_new'] + feeds['unchanged']} without, "
        f"{feeds['failed']} failed; {counts.new} new, {counts.updated} updated records, "
        f"{counts.set_aside.total()} items set aside"
    )
