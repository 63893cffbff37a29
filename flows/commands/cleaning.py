"""`cleancopy clean`: articles become records."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import Disable, Phrases, StripDatelines, Updates, Wait
from flows.commands.terminal import DONE, SET_ASIDE, STOPPED, complain, console, until_nobody_reads

if TYPE_CHECKING:
    from flows.counts import Counts
    from flows.job import Job

EXAMPLES = """\b
Examples:
  cleancopy clean articles/ --out out
  cleancopy clean story.txt rows.jsonl.gz --out out --direct
  cat rows.jsonl | cleancopy clean - > records.jsonl
"""

# A cold start of the embedded server took 16 s; nothing is reported home; the summary says what a run did.
_PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}


def clean(
    inputs: Annotated[
        list[str],
        typer.Argument(help="Files (.txt, .jsonl, also .gz), folders of them, or - for rows on standard input."),
    ],
    out: Annotated[
        str | None,
        typer.Option(help="The store's folder: records go to OUT/records. Needed unless input is -."),
    ] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Run without Prefect, in this process.")] = False,
    phrases: Phrases = None,
    disable: Disable = None,
    strip_datelines: StripDatelines = False,
    updates: Annotated[
        Updates, typer.Option(help="Corrected articles become further versions of their records, or are left alone.")
    ] = "append",
    wait: Wait = False,
) -> int:
    """Clean articles into records.

    Rows of JSON Lines have a `text`, and may have `id`, `url`, `publisher`, `language`, `title`, `date_published` and
    the other fields of a record.
    """
    if "-" in inputs:
        if inputs != ["-"] or out is not None:
            raise typer.BadParameter("- reads rows and writes records by itself: no other input, no --out")
        return _clean_stdin(phrases, tuple(disable or ()), strip_datelines=strip_datelines)
    if out is None:
        raise typer.BadParameter("where to? say --out DIR")
    from flows.inspection.summary import print_summary  # noqa: PLC0415 - `clean -` does without
    from flows.job import Job  # noqa: PLC0415

    job = Job(
        inputs=tuple(inputs),
        out=out,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
    )
    job.check()
    counts = _run_directly(job) if direct else _run_flow(job)
    for item in counts.first_aside:
        complain(item)
    with until_nobody_reads():
        print_summary(counts, out, console())
    if counts.stopped:
        complain("stopped; what was committed stays, and the next run goes on from there")
        return STOPPED
    return SET_ASIDE if counts.set_aside else DONE


def _clean_stdin(phrases: str | None, disable: tuple[str, ...], *, strip_datelines: bool) -> int:
    """Rows in, records out, one by one; without Prefect and without a store."""
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.documents.loaded import Source  # noqa: PLC0415
    from flows.documents.rows import read_rows  # noqa: PLC0415
    from flows.shard import clean_stream  # noqa: PLC0415

    library = load_phrases(phrases, disable)
    rows = read_rows(sys.stdin.buffer, Source(Path("-"), "-", 0))
    code = DONE
    with until_nobody_reads():
        for item in clean_stream(rows, sys.stdout.buffer, library, strip_datelines=strip_datelines):
            complain(item)
            code = SET_ASIDE
    return code


def _run_directly(job: "Job") -> "Counts":
    from flows.stopping import stop_on_signals  # noqa: PLC0415

    with stop_on_signals() as stop:
        return job.run_all(stop)


def _run_flow(job: "Job") -> "Counts":
    """The job as a flow; Prefect's own settings win over these."""
    for name, value in _PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    from flows.clean import clean as clean_flow  # noqa: PLC0415 - Prefect takes most of a second to import

    return clean_flow(
        inputs=list(job.inputs),
        out=job.out,
        phrases=job.phrases,
        disable=list(job.disable),
        strip_datelines=job.strip_datelines,
        updates=job.updates,
        wait=job.wait,
    )
