"""The flow `clean`: documents on this machine become records in a store."""

from collections.abc import Callable
from typing import Annotated, Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import task_run
from pydantic import Field

from cleaners.errors import CleancopyError
from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.engines import EngineName
from flows.engines.choosing import Engine, Items
from flows.job import Job, told_run
from flows.orchestration.ending import ended, failed
from flows.orchestration.naming import run_name
from flows.orchestration.parameters import ALL_RULES, Rules, Text
from flows.orchestration.retrying import PATIENT
from flows.orchestration.showing import show_kinds, shown
from flows.orchestration.slots import store_slot
from flows.redacting import redacted
from flows.stopping import stop_on_signals
from flows.store.store import Store


@flow(name="clean", flow_run_name=run_name)
def clean(
    inputs: Annotated[list[Text], Field(min_length=1)],
    out: Text,
    *,
    rules: Rules = ALL_RULES,
    strip_datelines: bool = False,
    updates: Literal["append", "ignore"] = "append",
    wait: bool = False,
    state: Text | None = None,
    fields: dict[Text, Text] | None = None,
    engine: EngineName = "processes",
    workers: Annotated[int, Field(ge=1)] | None = None,
    scheduler: Text | None = None,
) -> State[Counts]:
    """Clean local documents into a store.

    Args:
        inputs: files and folders of them.
        out: the store's folder; records go to its `records/`.
        rules: which phrases are applied.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether a corrected article becomes a further version of its record.
        wait: wait for another run on this store to end, instead of failing.
        state: URL of the store's state, if that is not a file in its folder.
        fields: our names of fields, and the rows' own, as text: body.
        engine: what cleans the documents, processes of this machine or a Dask cluster.
        workers: how many processes; as many as there are processors if not said.
        scheduler: the address of Dask's scheduler, as tcp://10.0.0.1:8786.

    Returns:
        What was done, in numbers.
    """
    try:
        job = Job(
            inputs=tuple(inputs),
            out=out,
            phrases=rules.phrases,
            disable=rules.disable,
            strip_datelines=strip_datelines,
            updates=updates,
            wait=wait,
            state=state,
            fields=fields or {},
            engine=Engine(name=engine, workers=workers, scheduler=scheduler),
            run=told_run(),
        )
        get_run_logger().info("run %s writes to %s", job.run, redacted(out))
        with store_slot(out, wait=wait):
            # Not before: a run that queued for hours would read what lay there then.
            sources = job.sources()
            size = sum(source.size for source in sources)
            with shown(size) as seen, stop_on_signals() as stop:
                counts = job.run_all(stop, run_shard=clean_shard, sources=sources)
    except CleancopyError as error:
        return failed(error)
    seen.update(ended=not counts.stopped)
    show_kinds(counts)
    return ended(counts, said(counts), set_aside=bool(counts.set_aside), stopped=bool(counts.stopped))


@task(task_run_name="shard-{number}", cache_policy=NO_CACHE, **PATIENT)
def clean_shard(
    job: Job, number: int, items: Items, *, store: Store, library: Library, stop: Callable[[], bool]
) -> Counts:
    """Clean one shard: some ten seconds of work, never a single document."""
    return job.run_shard(number, items, store=store, library=library, stop=stop, attempt=task_run.run_count)


def said(counts: Counts) -> str:
    """What was done in one line."""
    return (
        f"{counts.new} new, {counts.updated} updated, {counts.unchanged} unchanged records, "
        f"{counts.set_aside.total()} items set aside"
    )
