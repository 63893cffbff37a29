"""The flow `compact`: the records of a store in few large parts, only the last version of each article."""

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from cleaners.errors import CleancopyError
from flows.job import new_run
from flows.orchestration.ending import ended, failed
from flows.orchestration.naming import run_name
from flows.orchestration.parameters import Text
from flows.orchestration.retrying import PATIENT
from flows.orchestration.slots import store_slot
from flows.redacting import redacted
from flows.store.compacting import Compacted
from flows.store.compacting import compact as compact_store
from flows.store.store import existing_store, open_store


@flow(name="compact", flow_run_name=run_name)
def compact(out: Text, *, wait: bool = False, state: Text | None = None) -> State[Compacted]:
    """Rewrite the records of a store into few large parts; earlier versions of corrected articles are dropped.

    A run that is stopped on the way changes nothing: the new parts take the place of the old ones in one step.

    Args:
        out: the store's folder.
        wait: wait for another run on this store to end, instead of failing.
        state: URL of the store's state, if that is not a file in its folder.

    Returns:
        What was done, in numbers.
    """
    try:
        with store_slot(out, wait=wait):
            done = rewrite(existing_store(out), state=state, wait=wait)
    except CleancopyError as error:
        return failed(error)
    return ended(done, said(done))


@task(task_run_name="records", cache_policy=NO_CACHE, **PATIENT)
def rewrite(out: Path | str, *, state: str | None, wait: bool) -> Compacted:
    """Write all records anew.

    Each attempt is a run of its own: what the last one wrote may be committed, and has the names of its run.
    """
    run = new_run()
    get_run_logger().info("run %s compacts %s", run, redacted(str(out)))
    with open_store(out, run, state=state, wait=wait) as store:
        return compact_store(store)


def said(done: Compacted) -> str:
    """What was done in one line."""
    return (
        f"{done.kept} records kept, {done.dropped} earlier versions dropped; "
        f"{done.parts_before} parts became {done.parts_after}"
    )
