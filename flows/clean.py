"""The flow `clean`: documents on this machine become records in a store."""

from collections.abc import Callable
from typing import Literal

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import Source
from flows.job import Job
from flows.stopping import stop_on_signals
from flows.store.store import Store


@flow(name="clean")
def clean(
    inputs: list[str],
    out: str,
    *,
    phrases: str | None = None,
    disable: list[str] | None = None,
    strip_datelines: bool = False,
    updates: Literal["append", "ignore"] = "append",
    wait: bool = False,
    fields: dict[str, str] | None = None,
) -> Counts:
    """Clean local documents into a store.

    Args:
        inputs: files and folders of them.
        out: the store's folder; records go to its `records/`.
        phrases: a folder of phrase files of your own, added to the built-in library.
        disable: ids of phrases to leave out, as `mid-day.com/app-promo`.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether a corrected article becomes a further version of its record.
        wait: wait for another run on this store to end, instead of failing.
        fields: our names of fields, and the rows' own, as text: body.

    Returns:
        What was done, in numbers.
    """
    job = Job(
        inputs=tuple(inputs),
        out=out,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
        updates=updates,
        wait=wait,
        fields=fields or {},
    )
    with stop_on_signals() as stop:
        counts = job.run_all(stop, run_shard=clean_shard)
    get_run_logger().info(
        "%d new, %d updated, %d unchanged records, %d items set aside",
        counts.new,
        counts.updated,
        counts.unchanged,
        counts.set_aside.total(),
    )
    return counts


@task(task_run_name="shard-{number}", cache_policy=NO_CACHE)
def clean_shard(
    job: Job, number: int, sources: tuple[Source, ...], *, store: Store, library: Library, stop: Callable[[], bool]
) -> Counts:
    """Clean one shard: some ten seconds of work, never a single document."""
    return job.run_shard(number, sources, store=store, library=library, stop=stop)
