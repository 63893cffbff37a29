"""Which engine cleans a job's shards."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

import msgspec

from cleaners.phrases.library import Library
from flows.documents.loaded import Item, Source
from flows.documents.opening import read_marked
from flows.drafting import Draft
from flows.engines import EngineName
from flows.engines.ahead import Ahead, EngineError
from flows.engines.drafts import Rules, absolute, versions
from flows.engines.pool import processes, usual_workers
from flows.watching.watch import watch

Items = Callable[[int], Iterator[Item | Draft]]
"""The items of a shard, by its number, counted from 1."""

# Less than this is read and cleaned before processes have come up: a second or so.
POOL_BYTES = 8_000_000


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """What cleans the shards of a job.

    Attributes:
        name: processes of this machine, or Dask.
        workers: how many processes; if not given, as many as there are processors for this program.
        scheduler: the address of Dask's scheduler.

    Raises:
        EngineError: Dask without a scheduler, or a scheduler without Dask.
    """

    name: EngineName = "processes"
    workers: int | None = None
    scheduler: str | None = None

    def __post_init__(self) -> None:
        """Refuse what does not go together, before anything is opened for it."""
        if (self.name == "dask") != (self.scheduler is not None):
            raise EngineError("--engine dask and --scheduler URL go together")

    def count(self, size: int) -> int:
        """How many work at once on input of so many bytes; 1 is this process itself."""
        if self.name == "dask":
            return self.workers or usual_workers()
        return 1 if size < POOL_BYTES else self.workers or usual_workers()

    @contextmanager
    def cleaning(
        self, shards: Sequence[tuple[Source, ...]], rules: Rules, library: Library, stop: Callable[[], bool]
    ) -> Iterator[Items]:
        """Let the shards be cleaned, ahead of when they are asked for.

        Raises:
            EngineError: there are no workers, or they do not get through.
        """
        size = sum(source.size for shard in shards for source in shard)
        rules = msgspec.structs.replace(rules, phrases=absolute(rules.phrases))

        def ahead(executor: Callable[[], Executor], workers: Callable[[], int]) -> Ahead:
            return Ahead(executor, workers=workers, rules=rules, versions=versions(library), shards=shards, stop=stop)

        if self.scheduler and shards:
            from flows.engines.dask import cluster  # noqa: PLC0415 - an extra

            with cluster(self.scheduler) as (executor, width):
                yield from _giving(ahead(lambda: executor, width))
        elif len(shards) > 1 and (workers := min(self.count(size), len(shards))) > 1:
            with processes(workers) as make:
                yield from _giving(ahead(make, lambda: workers))
        else:
            fields = dict(rules.fields)
            yield lambda number: read_marked(shards[number - 1], fields, watch().advance)


def _giving(ahead: Ahead) -> Iterator[Items]:
    try:
        yield ahead.items
    finally:
        ahead.close()
