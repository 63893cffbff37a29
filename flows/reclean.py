"""The flow `reclean`: today's rules over the records of a store, in place."""

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from cleaners import load_phrases
from cleaners.errors import CleancopyError
from flows.inspection.surveying import Survey, markdown, survey
from flows.job import new_run
from flows.orchestration.ending import ended, failed
from flows.orchestration.naming import run_name
from flows.orchestration.parameters import ALL_RULES, Rules, Text
from flows.orchestration.retrying import PATIENT
from flows.orchestration.showing import show_page
from flows.orchestration.slots import store_slot
from flows.recleaning import Recleaned
from flows.recleaning import reclean as reclean_store
from flows.redacting import redacted
from flows.store.store import existing_store, open_store


@flow(name="reclean", flow_run_name=run_name)
def reclean(
    out: Text, *, rules: Rules = ALL_RULES, wait: bool = False, state: Text | None = None
) -> State[Recleaned]:
    """Clean the records of a store anew, from their originals; what comes out as it was stays byte for byte.

    A run that is stopped on the way changes nothing: the new records take the place of the old ones in one step. The
    run shows which feeds fail, and which phrases fire most or have stopped.

    Args:
        out: the store's folder.
        rules: which phrases are applied.
        wait: wait for another run on this store to end, instead of failing.
        state: URL of the store's state, if that is not a file in its folder.

    Returns:
        What was done, in numbers.
    """
    try:
        with store_slot(out, wait=wait):
            done, seen = rewrite(existing_store(out), rules, state=state, wait=wait)
    except CleancopyError as error:
        return failed(error)
    show_page("store", markdown(seen), f"What is in {redacted(out)}")
    return ended(done, said(done), set_aside=bool(done.unrestorable))


@task(task_run_name="records", cache_policy=NO_CACHE, **PATIENT)
def rewrite(out: Path | str, rules: Rules, *, state: str | None, wait: bool) -> tuple[Recleaned, Survey]:
    """Write all records anew, and look them through.

    Each attempt is a run of its own: what the last one wrote may be committed, and has the names of its run.
    """
    run = new_run()
    get_run_logger().info("run %s cleans the records of %s anew", run, redacted(str(out)))
    library = load_phrases(rules.phrases, rules.disable)
    with open_store(out, run, state=state, wait=wait) as store:
        return reclean_store(store, library), survey(store)


def said(done: Recleaned) -> str:
    """What was done in one line."""
    return f"{done.records} records, {done.changed} changed, {len(done.unrestorable)} could not be restored"
