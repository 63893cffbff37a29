"""A job run for a person or a script: a bar on a terminal, or events as JSON."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from cleaners.errors import CleancopyError
from flows.commands.terminal import DONE, SET_ASIDE, STOPPED, code_of, complain, console, until_nobody_reads
from flows.counts import Counts
from flows.redacting import redacted
from flows.watching.events import Log, RunEnded, RunStarted, log_complaints, log_json
from flows.watching.progress import Advance, advance_nothing, progress
from flows.watching.watch import watched

if TYPE_CHECKING:
    from rich.console import Console

# A cold start of the embedded server took 16 s; nothing is reported home; the summary says what a run did.
_PREFECT_DEFAULTS = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # Our own errors are one line each; Prefect would log them with two tracebacks.
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "CRITICAL",
}


Done = TypeVar("Done")


class Work(msgspec.Struct, Generic[Done], frozen=True, kw_only=True):
    """What a command has to do, and how it is done.

    Attributes:
        run: the run's id.
        inputs: files, folders or the subscriptions file.
        out: the store's folder.
        size: of the whole, in what the run advances by.
        check: raises whatever is wrong with the job, before a server is started for it.
        directly: does it in this process; asked to stop, it ends early.
        as_flow: does it as a Prefect flow.
        counts: of what was done.
        exit_code: that it leaves with.
        print_summary: of what was done in the store at a path, on a console.
    """

    run: str
    inputs: tuple[str, ...]
    out: str
    size: int
    check: Callable[[], None]
    directly: Callable[[Callable[[], bool]], Done]
    as_flow: Callable[[], Done]
    counts: Callable[[Done], Counts]
    exit_code: Callable[[Done], int]
    print_summary: Callable[[Done, str, "Console"], None]


def run_watched(work: Work[Done], *, direct: bool, quiet: bool, as_json: bool) -> int:
    """Run a job to its end, or until it is asked to stop; say what was done, and give the exit code.

    Args:
        work: what to do.
        direct: in this process alone, not as a Prefect flow.
        quiet: no progress bar and no summary.
        as_json: tell what happens as JSON, one object a line, on standard error; no bar and no summary.

    Raises:
        CleancopyError: as the job does.
    """
    log = log_json if as_json else log_complaints(complain)
    if not direct:
        work.check()
    with _bar(work.size, quiet=quiet or as_json) as advance, watched(log, advance, work.run):
        done = _told(work, _run_directly if direct else _run_flow, log)
    if not (quiet or as_json):
        with until_nobody_reads():
            work.print_summary(done, redacted(work.out), console())
    if work.counts(done).stopped and not as_json:
        complain("stopped; what was committed stays, and the next run goes on from there")
    return work.exit_code(done)


def _bar(total: int, *, quiet: bool) -> AbstractContextManager[Advance]:
    if quiet or not sys.stderr.isatty():
        return nullcontext(advance_nothing)
    return progress(total, console=console(stderr=True))


def exit_code(counts: Counts) -> int:
    """What a run that came to its end, or stopped in good order, leaves with."""
    if counts.stopped:
        return STOPPED
    return SET_ASIDE if counts.set_aside else DONE


def _told(work: Work[Done], run: Callable[[Work[Done]], Done], log: Log) -> Done:
    began = time.monotonic()
    log(RunStarted(run=work.run, inputs=tuple(map(redacted, work.inputs)), out=redacted(work.out)))
    counts, code, complaint = Counts(), DONE, None
    try:
        done = run(work)
        counts, code = work.counts(done), work.exit_code(done)
    except BaseException as error:
        code, complaint = code_of(error), redacted(str(error) or type(error).__name__)
        raise
    finally:
        log(
            RunEnded(
                run=work.run,
                exit_code=code,
                new=counts.new,
                updated=counts.updated,
                unchanged=counts.unchanged,
                set_aside=dict(counts.set_aside),
                seconds=round(time.monotonic() - began, 3),
                error=complaint,
            )
        )
    return done


def _run_directly(work: Work[Done]) -> Done:
    from flows.stopping import stop_on_signals  # noqa: PLC0415

    with stop_on_signals() as stop:
        return work.directly(stop)


def _run_flow(work: Work[Done]) -> Done:
    """The job as a flow; Prefect's own settings win over these."""
    for name, value in _PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    try:
        return work.as_flow()
    except RuntimeError as error:
        # What Prefect raises where `PREFECT_API_URL` names a server that does not answer.
        if "API" not in str(error):
            raise
        raise CleancopyError(f"Prefect's server: {error}; --direct does without it") from error
