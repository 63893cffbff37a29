"""The command line, thin: arguments in, plain functions called, exit codes out.

Exit codes: 0 all done, 1 some inputs set aside, 2 wrong usage or configuration, 3 stopped.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cleaners.errors import CleancopyError
from flows.store.parts import StoreError

if TYPE_CHECKING:
    from rich.console import Console

    from flows.counts import Counts
    from flows.job import Job

# A cold start of the embedded server took 16 s; nothing is reported home; the summary says what a run did.
_PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}

DONE, SET_ASIDE, WRONG_USAGE, STOPPED = 0, 1, 2, 3
# What typer makes of Ctrl-C.
_INTERRUPTED = 130

app = typer.Typer(
    name="cleancopy",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turn syndicated news into clean, normalised records, and always say what was taken out and why.",
)


@app.command(
    epilog="""\b
Examples:
  cleancopy clean articles/ --out out
  cleancopy clean story.txt rows.jsonl.gz --out out --direct
  cat rows.jsonl | cleancopy clean - > records.jsonl
"""
)
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
    phrases: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="A folder of phrase files of your own, added to the library."),
    ] = None,
    disable: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Leave a phrase out, as mid-day.com/app-promo. Repeatable."),
    ] = None,
    strip_datelines: Annotated[
        bool,
        typer.Option("--strip-datelines", help="Also take inline datelines and agency suffixes out of the text."),
    ] = False,
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
    )
    job.check()
    counts = job.run_all() if direct else _run_flow(job)
    for item in counts.first_aside:
        _complain(item)
    print_summary(counts, out, _console())
    return SET_ASIDE if counts.set_aside else DONE


@app.command(
    epilog="""\b
Examples:
  cleancopy restore out > originals.jsonl
  cleancopy clean - < rows.jsonl | cleancopy restore -
"""
)
def restore(
    records: Annotated[str, typer.Argument(help="A store, a folder or file of records, or - for standard input.")],
) -> int:
    """Write the original text of every record as a row `{id, text}`."""
    import msgspec  # noqa: PLC0415

    from cleaners import restore as restored  # noqa: PLC0415
    from cleaners.errors import RestoreError  # noqa: PLC0415
    from flows.inspection.reading import read_records  # noqa: PLC0415

    with _until_nobody_reads():
        for record in read_records(records):
            try:
                row = {"id": record.id, "text": restored(record.text, record.removed)}
            except RestoreError as error:
                raise CleancopyError(f"{records}: record {record.id}: {error}") from error
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.buffer.flush()
    return DONE


@app.command(
    epilog="""\b
Examples:
  cleancopy show out
  cleancopy show out --id urn:example:1
"""
)
def show(
    records: Annotated[str, typer.Argument(help="A store, a folder or file of records, or - for standard input.")],
    wanted: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Which record; the first if not said.")
    ] = None,
) -> int:
    """Show one record before and after: what was taken out, in colour, and why."""
    from flows.inspection.reading import read_records  # noqa: PLC0415
    from flows.inspection.show import print_record  # noqa: PLC0415

    for record in read_records(records):
        if wanted is None or record.id == wanted:
            with _until_nobody_reads():
                print_record(record, _console())
            return DONE
    raise CleancopyError(f"{records}: no record" + (f" with the id {wanted}" if wanted else " there"))


def main() -> NoReturn:
    """Run the command line and leave with its exit code; every error is one line on standard error."""
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
        if code == _INTERRUPTED:
            _complain("stopped; what was committed stays")
            code = STOPPED
    except CleancopyError as error:
        _complain(error)
        code = STOPPED if isinstance(error, StoreError) and error.started else WRONG_USAGE
    except typer.TyperException as error:
        _complain(f"{error.format_message()} (see cleancopy --help)")
        code = WRONG_USAGE
    except OSError as error:
        # A full disk behind standard output; what the store writes is its own error.
        _complain(f"stopped: {error.strerror or error}")
        _discard_output()
        code = STOPPED
    sys.exit(code)


def _clean_stdin(phrases: str | None, disable: tuple[str, ...], *, strip_datelines: bool) -> int:
    """Rows in, records out, one by one; without Prefect and without a store."""
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.documents.loaded import Source  # noqa: PLC0415
    from flows.documents.rows import read_rows  # noqa: PLC0415
    from flows.shard import clean_stream  # noqa: PLC0415

    library = load_phrases(phrases, disable)
    rows = read_rows(sys.stdin.buffer, Source(Path("-"), "-", 0))
    code = DONE
    with _until_nobody_reads():
        for item in clean_stream(rows, sys.stdout.buffer, library, strip_datelines=strip_datelines):
            _complain(item)
            code = SET_ASIDE
    return code


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
    )


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """End quietly when the reader of our output has seen enough (`| head`)."""
    try:
        yield
    except BrokenPipeError:
        _discard_output()


def _discard_output() -> None:
    """Python would complain once more when it closes standard output on leaving."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(problem: object) -> None:
    one_line = "\\n".join(str(problem).splitlines())
    print(f"cleancopy: {one_line}", file=sys.stderr)  # noqa: T201


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415

    class Quiet(Console):
        """A console that leaves it to us what to do when nobody reads on; rich's own exits with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Quiet()
