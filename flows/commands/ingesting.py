"""`cleancopy ingest`: feeds become records."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import (
    Direct,
    Disable,
    Feeds,
    KeepRaw,
    LogJson,
    Out,
    Phrases,
    Quiet,
    State,
    StripDatelines,
    Updates,
    Wait,
)
from flows.commands.subscribing import list_path
from flows.commands.terminal import SET_ASIDE

if TYPE_CHECKING:
    from rich.console import Console

    from flows.ingesting.job import IngestJob
    from flows.ingesting.tally import Tally

EXAMPLES = """\b
Examples:
  cleancopy ingest --out out
  cleancopy ingest --feeds feeds.toml --out out --direct --limit 100 --since 2026-11-01
"""


def ingest(
    out: Out = None,
    feeds: Feeds = None,
    direct: Direct = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Bring N articles at most; the next run brings the rest.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave alone what is dated before this day, as 2026-11-01.")
    ] = None,
    keep_raw: KeepRaw = False,
    force: Annotated[bool, typer.Option("--force", help="Ask every feed now, due or not.")] = False,
    phrases: Phrases = None,
    disable: Disable = None,
    strip_datelines: StripDatelines = False,
    updates: Updates = "append",
    wait: Wait = False,
    state: State = None,
    quiet: Quiet = False,
    as_json: LogJson = False,
) -> int:
    """Bring what feeds have that is new: as full text where the publisher allows it.

    Feeds that are due are asked politely; each new or corrected article becomes a record. A second run brings nothing
    twice, and goes on where one was killed.
    """
    if out is None:
        raise typer.BadParameter("where to? say --out DIR")
    from flows.commands.running import Work, run_watched  # noqa: PLC0415 - a start of `clean -` does without
    from flows.ingesting.job import IngestJob  # noqa: PLC0415
    from flows.ingesting.running import run_all  # noqa: PLC0415

    job = IngestJob(
        feeds=str(list_path(feeds)),
        out=out,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
        state=state,
        limit=limit,
        since=_day(since) if since else None,
        keep_raw=keep_raw,
        force=force,
    )
    work = Work(
        run=job.run,
        inputs=(job.feeds,),
        out=out,
        size=len(job.subscriptions().feeds),
        check=job.check,
        directly=lambda stop: run_all(job, stop),
        as_flow=lambda: _as_flow(job),
        counts=lambda tally: tally.counts,
        exit_code=_exit_code,
        print_summary=_print_summary,
    )
    return run_watched(work, direct=direct, quiet=quiet, as_json=as_json)


def _print_summary(tally: "Tally", out: str, console: "Console") -> None:
    from flows.inspection.summary import print_ingested  # noqa: PLC0415 - rich is a fifth of a short run

    print_ingested(tally, out, console)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--since {text}: not a day of the form 2026-11-01") from None


def _exit_code(tally: "Tally") -> int:
    from flows.commands.running import exit_code  # noqa: PLC0415

    return exit_code(tally.counts) or (SET_ASIDE if tally.feeds["failed"] else 0)


def _as_flow(job: "IngestJob") -> "Tally":
    from flows.ingest import ingest as ingest_flow  # noqa: PLC0415 - Prefect takes most of a second to import
    from flows.orchestration.embedding import keep_server_from_ctrl_c  # noqa: PLC0415
    from flows.orchestration.ending import result  # noqa: PLC0415
    from flows.orchestration.parameters import Rules  # noqa: PLC0415

    keep_server_from_ctrl_c()
    state = ingest_flow(
        job.feeds,
        job.out,
        limit=job.limit,
        since=job.since,
        keep_raw=job.keep_raw,
        force=job.force,
        rules=Rules(phrases=job.phrases, disable=job.disable),
        strip_datelines=job.strip_datelines,
        updates=job.updates,
        wait=job.wait,
        state=job.state,
        return_state=True,
    )
    return result(state)
