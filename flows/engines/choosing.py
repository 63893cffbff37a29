"""Which engine cleans a job's shards."""

from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

import msgspec

from cleaners.phrases.library import Library
from flows.documents.formats import is_archive
from flows.documents.loaded import Item, Source
from flows.documents.opening import read_marked
from flows.drafting import Draft
from flows.engines import EngineName
from flows.engines.ahead import Ahead, EngineError
from flows.engines.drafts import Instructions, absolute, versions
from flows.engines.pool import processes, usual_workers
from flows.watching.watch import watch

Items = Callable[[int], Iterator[Item | Draft]]
"""The items of a shard, by its number, counted from 1."""

# Less than this is read and cleaned before processes have come up: a second or so.
POOL_BYTES = 8_000_000
# An archive is sent whole: what came of a longer one would neither fit into memory nor be committed before its end.
_LONGEST_SENT = 128_000_000


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
        if (self.name == "dask") != bool(self.scheduler):
            raise EngineError("--engine dask and --scheduler URL go together")

    def count(self, size: int) -> int:
        """How many work at once on input of so many bytes; 1 is this process itself."""
        if self.name == "dask":
            return self.workers or usual_workers()
        return 1 if size < POOL_BYTES else self.workers or usual_workers()

    @contextmanager
    def cleaning(
        self,
        shards: Sequence[tuple[Source, ...]],
        instructions: Instructions,
        library: Library,
        stop: Callable[[], bool],
    ) -> Iterator[Items]:
        """Let the shards be cleaned, ahead of when they are asked for.

        Raises:
            EngineError: there are no workers, or they do not get through.
        """
        size = sum(source.size for shard in shards for source in shard)
        fields = dict(instructions.fields)
        here = {number for number, shard in enumerate(shards, 1) if any(map(_is_read_here, shard))}
        sent = [() if number in here else shard for number, shard in enumerate(shards, 1)]

        def read(number: int) -> Iterator[Item | Draft]:
            return read_marked(shards[number - 1], fields, watch().advance)

        instructions = msgspec.structs.replace(instructions, phrases=absolute(instructions.phrases))

        def ahead(executor: Callable[[], Executor], workers: Callable[[], int]) -> Ahead:
            return Ahead(
                executor,
                workers=workers,
                instructions=instructions,
                versions=versions(library),
                shards=sent,
                stop=stop,
            )

        if self.scheduler and shards:
            from flows.engines.dask import cluster  # noqa: PLC0415 - an extra

            with cluster(self.scheduler) as (executor, width):
                yield from _giving(ahead(lambda: executor, width), here, read)
        elif len(shards) > 1 and (workers := min(self.count(size), len(shards))) > 1:
            with processes(workers) as make:
                yield from _giving(ahead(make, lambda: workers), here, read)
        else:
            yield read


def _is_read_here(source: Source) -> bool:
    return is_archive(source.place) and source.size > _LONGEST_SENT


def _giving(ahead: Ahead, here: Container[int], read: Items) -> Iterator[Items]:
    try:
        yield lambda number: read(number) if number in here else ahead.items(number)
    finally:
        ahead.close()
