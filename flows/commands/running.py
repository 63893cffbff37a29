"""A job run for a person or a script: a bar on a terminal, or events as JSON."""

import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from cleaners.errors import CleancopyError
from flows.commands.terminal import DONE, SET_ASIDE, STOPPED, WRONG_USAGE, complain, console
from flows.counts import Counts
from flows.store.errors import is_stop
from flows.watching.events import Log, RunEnded, RunStarted, log_complaints, log_json
from flows.watching.progress import Advance, advance_nothing, progress
from flows.watching.watch import watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.job import Job

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


def run_watched(job: "Job", *, direct: bool, quiet: bool, as_json: bool) -> Counts:
    """Run a job to its end, or until it is asked to stop.

    Args:
        job: what to do.
        direct: in this process alone, not as a Prefect flow.
        quiet: no progress bar.
        as_json: tell what happens as JSON, one object a line, on standard error.

    Raises:
        CleancopyError: as the job does.
    """
    log = log_json if as_json else log_complaints(complain)
    total = sum(source.size for shard in job.shards() for source in shard)
    if not direct:
        # What is wrong with the job is found out before a server is started for it.
        job.library()
        with job.store():
            pass
    with _bar(total, quiet=quiet or as_json) as advance, watched(log, advance):
        return _told(job, _run_directly if direct else _run_flow, log)


def _bar(total: int, *, quiet: bool) -> AbstractContextManager[Advance]:
    if quiet or not sys.stderr.isatty():
        return nullcontext(advance_nothing)
    return progress(total, console=console(stderr=True))


def exit_code(counts: Counts) -> int:
    """What a run that came to its end, or stopped in good order, leaves with."""
    if counts.stopped:
        return STOPPED
    return SET_ASIDE if counts.set_aside else DONE


def _told(job: "Job", run: "Callable[[Job], Counts]", log: Log) -> Counts:
    began = time.monotonic()
    log(RunStarted(run=job.run, inputs=job.inputs, out=job.out))
    counts, code, complaint = Counts(), WRONG_USAGE, None
    try:
        counts = run(job)
        code = exit_code(counts)
    except CleancopyError as error:
        code, complaint = STOPPED if is_stop(error) else WRONG_USAGE, str(error)
        raise
    finally:
        log(
            RunEnded(
                run=job.run,
                exit_code=code,
                new=counts.new,
                updated=counts.updated,
                unchanged=counts.unchanged,
                set_aside=dict(counts.set_aside),
                seconds=round(time.monotonic() - began, 3),
                error=complaint,
            )
        )
    return counts


def _run_directly(job: "Job") -> Counts:
    from flows.stopping import stop_on_signals  # noqa: PLC0415

    with stop_on_signals() as stop:
        return job.run_all(stop)


def _run_flow(job: "Job") -> Counts:
    """The job as a flow; Prefect's own settings win over these."""
    for name, value in _PREFECT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    from flows.clean import clean as clean_flow  # noqa: PLC0415 - Prefect takes most of a second to import

    try:
        return clean_flow(
            inputs=list(job.inputs),
            out=job.out,
            phrases=job.phrases,
            disable=list(job.disable),
            strip_datelines=job.strip_datelines,
            updates=job.updates,
            wait=job.wait,
            fields=job.fields,
        )
    except RuntimeError as error:
        # What Prefect raises where `PREFECT_API_URL` names a server that does not answer.
        if "API" not in str(error):
            raise
        raise CleancopyError(f"Prefect's server: {error}; --direct does without it") from error
