"""The flow `clean`: documents on this machine become records in a store."""

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.counts import Counts
from flows.documents.loaded import Source
from flows.job import Job


@flow(name="clean")
def clean(
    inputs: list[str],
    out: str,
    phrases: str | None = None,
    disable: list[str] | None = None,
    strip_datelines: bool = False,  # noqa: FBT001, FBT002 - a flow's parameters are a form in Prefect's UI
) -> Counts:
    """Clean local documents into a store.

    Args:
        inputs: files (.txt, .jsonl, each also .gz) and folders of them.
        out: the store's folder; records go to its `records/`.
        phrases: a folder of phrase files of your own, added to the built-in library.
        disable: ids of phrases to leave out, as `mid-day.com/app-promo`.
        strip_datelines: also take inline datelines and agency suffixes out of the text.

    Returns:
        What was done, in numbers.
    """
    job = Job(
        inputs=tuple(inputs),
        out=out,
        phrases=phrases,
        disable=tuple(disable or ()),
        strip_datelines=strip_datelines,
    )
    counts = Counts.total(clean_shard(job, number, sources) for number, sources in enumerate(job.shards(), 1))
    get_run_logger().info(
        "%d new, %d updated, %d unchanged records, %d items set aside",
        counts.new,
        counts.updated,
        counts.unchanged,
        counts.set_aside.total(),
    )
    return counts


@task(task_run_name="shard-{number}", cache_policy=NO_CACHE)
def clean_shard(job: Job, number: int, sources: tuple[Source, ...]) -> Counts:
    """Clean one shard: some ten seconds of work, never a single document."""
    return job.run_shard(number, sources)
