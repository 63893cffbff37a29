"""`cleancopy clean`: articles become records."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from flows.commands.configuring import is_given
from flows.commands.options import (
    Direct,
    Disable,
    Engine,
    LogJson,
    Mapping,
    Out,
    Phrases,
    Quiet,
    Scheduler,
    State,
    StripDatelines,
    Updates,
    Wait,
    Workers,
)
from flows.commands.terminal import DONE, SET_ASIDE, complain, until_nobody_reads

if TYPE_CHECKING:
    import io

    from rich.console import Console

    from flows.counts import Counts
    from flows.job import Job

_ALLOCATIONS = 50_000

EXAMPLES = """\b
Examples:
  cleancopy clean articles/ --out out
  cleancopy clean story.txt rows.jsonl.gz --out out --direct
  cat rows.jsonl | cleancopy clean - > records.jsonl
"""


def clean(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files, folders of them, patterns, or - for rows on standard input."),
    ],
    out: Out = None,
    direct: Direct = False,
    mapping: Mapping = None,
    phrases: Phrases = None,
    disable: Disable = None,
    strip_datelines: StripDatelines = False,
    updates: Updates = "append",
    wait: Wait = False,
    state: State = None,
    engine: Engine = "processes",
    workers: Workers = None,
    scheduler: Scheduler = None,
    quiet: Quiet = False,
    as_json: LogJson = False,
) -> int:
    """Clean articles into records.

    Text, Markdown, HTML, JSON Lines, JSON, CSV, TSV, feeds (RSS, Atom, JSON Feed), WARC and Parquet are read, each
    also packed (.gz, .zst, .zip, .tar). Rows have a `text` or, as `html`, a page, and may have `id`, `url`,
    `publisher`, `language`, `title`, `date_published` and the other fields of a record.
    """
    from flows.documents.mapping import parse_mapping  # noqa: PLC0415

    fields = parse_mapping(mapping) if mapping else {}
    if "-" in inputs:
        if inputs != ["-"] or is_given(context, "out"):
            raise typer.BadParameter("- reads rows and writes records by itself: no other input, no --out")
        return _clean_stdin(fields, phrases, tuple(disable or ()), strip_datelines=strip_datelines)
    if out is None:
        raise typer.BadParameter("where to? say --out DIR")
    from flows.commands.running import Work, exit_code, run_watched  # noqa: PLC0415 - `clean -` does without
    from flows.engines import choosing  # noqa: PLC0415
    from flows.job import Job  # noqa: PLC0415

    job = Job(
        inputs=tuple(inputs),
        out=out,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
        state=state,
        fields=fields,
        engine=choosing.Engine(name=engine, workers=workers, scheduler=scheduler),
    )
    sources = job.sources()
    work = Work(
        run=job.run,
        inputs=job.inputs,
        out=job.out,
        size=sum(source.size for source in sources),
        check=job.check,
        directly=lambda stop: job.run_all(stop, sources=sources),
        as_flow=lambda: _as_flow(job),
        counts=lambda counts: counts,
        exit_code=exit_code,
        print_summary=_print_summary,
    )
    return run_watched(work, direct=direct, quiet=quiet, as_json=as_json)


def _print_summary(counts: "Counts", out: str, console: "Console") -> None:
    from flows.inspection.summary import print_summary  # noqa: PLC0415 - rich is a fifth of a short run

    print_summary(counts, out, console)


def _as_flow(job: "Job") -> "Counts":
    from flows.clean import clean as clean_flow  # noqa: PLC0415 - Prefect takes most of a second to import
    from flows.orchestration.embedding import keep_server_from_ctrl_c  # noqa: PLC0415
    from flows.orchestration.ending import result  # noqa: PLC0415
    from flows.orchestration.parameters import Rules  # noqa: PLC0415

    keep_server_from_ctrl_c()
    state = clean_flow(
        inputs=list(job.inputs),
        out=job.out,
        rules=Rules(phrases=job.phrases, disable=job.disable),
        strip_datelines=job.strip_datelines,
        updates=job.updates,
        wait=job.wait,
        state=job.state,
        fields=job.fields,
        engine=job.engine.name,
        workers=job.engine.workers,
        scheduler=job.engine.scheduler,
        return_state=True,
    )
    return result(state)


def _clean_stdin(
    fields: dict[str, str], phrases: str | None, disable: tuple[str, ...], *, strip_datelines: bool
) -> int:
    """Rows in, records out, as they come; without Prefect and without a store."""
    from cleaners import load_model, load_phrases  # noqa: PLC0415
    from flows.documents.limits import MAX_LINE, lines_at_hand  # noqa: PLC0415
    from flows.documents.loaded import Source  # noqa: PLC0415
    from flows.documents.rows import read_batches  # noqa: PLC0415
    from flows.recording import clean_stream  # noqa: PLC0415

    library = load_phrases(phrases, disable)
    load_model()
    # What is loaded stays, and cleaning leaves no cycles behind: to look for them takes a thirtieth of the time.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    stream = cast("io.BufferedIOBase", sys.stdin.buffer)
    rows = read_batches(lines_at_hand(stream, MAX_LINE), Source(Path("-"), "-", 0), fields)
    code = DONE
    with until_nobody_reads():
        for item in clean_stream(rows, sys.stdout.buffer, library, strip_datelines=strip_datelines):
            complain(item)
            code = SET_ASIDE
    return code
