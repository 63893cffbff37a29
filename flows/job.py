"""A cleaning job in plain Python: what to read, where to write, and how it parts into shards."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import msgspec

from cleaners import load_phrases
from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import Source
from flows.documents.opening import find_sources
from flows.engines.choosing import Engine, Items
from flows.engines.drafts import Instructions
from flows.resuming import sources_left
from flows.shard import Shard
from flows.store.judging import Updates
from flows.store.lock import keeping
from flows.store.store import Store, open_store
from flows.watching.watch import watch

# About ten seconds of work on one core: a Prefect task costs milliseconds on threads, and up to 0.3 s on processes.
SHARD_BYTES = 32_000_000
_LEAST_BYTES = 1_000_000
_SHARDS_A_WORKER = 8


def new_run() -> str:
    """A run's id: when it began, in UTC to the millisecond, and what tells it from another of that moment.

    The names of a run's parts begin with it, so that they sort in the order in which they were written.
    """
    now = datetime.now(UTC)
    return f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03d}Z-{secrets.token_hex(3)}"


def told_run() -> str:
    """The id under which a command has told of the run that a flow in it is; without a command one of its own."""
    return watch().run or new_run()


class StoreJob(msgspec.Struct, frozen=True, kw_only=True):
    """What all runs that clean documents into a store share.

    Attributes:
        out: the store's folder.
        phrases: a folder of phrase files of one's own.
        disable: ids of phrases to leave out.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether a corrected article becomes a further version.
        wait: whether to wait for another run on the store to end.
        state: the URL of the store's state, if that is not a file in its folder.
        run: the run's id.
    """

    out: str
    phrases: str | None = None
    disable: tuple[str, ...] = ()
    strip_datelines: bool = False
    updates: Updates = "append"
    wait: bool = False
    state: str | None = None
    run: str = msgspec.field(default_factory=new_run)

    def library(self) -> Library:
        """The phrases to apply.

        Raises:
            CleancopyError: a phrase file or an id is wrong.
        """
        return load_phrases(self.phrases, self.disable)

    def store(self, stop: Callable[[], bool] = lambda: False) -> AbstractContextManager[Store]:
        """The store, for this run to itself; `stop` is asked while another run is waited for.

        Raises:
            StoreError: it cannot be written, is another run's, or is damaged.
        """
        return open_store(self.out, self.run, state=self.state, wait=self.wait, stop=stop)

    def shard(self, number: int, store: Store, library: Library, attempt: int = 1) -> Shard:
        """What cleans the documents of a part of the run, counted from 1, into the store.

        A further attempt has a name of its own: the first may have committed parts before it failed.
        """
        again = f".{attempt}" if attempt > 1 else ""
        return Shard(
            store,
            library,
            name=f"{self.run}-{number:05d}{again}",
            strip_datelines=self.strip_datelines,
            corrections=self.updates,
        )

    def check(self) -> None:
        """Find out what is wrong with the job before anything is started for it.

        Raises:
            CleancopyError: something is.
        """
        self.library()
        with self.store():
            pass


class Job(StoreJob, frozen=True, kw_only=True):
    """One run of cleaning local documents into a store.

    Attributes:
        inputs: files and folders.
        fields: our names of fields, and the rows' own: `{"text": "body"}`.
        engine: what cleans the documents; the same records come of each.
    """

    inputs: tuple[str, ...]
    fields: dict[str, str] = {}
    engine: Engine = Engine()

    def sources(self) -> tuple[Source, ...]:
        """The files to read.

        Raises:
            InputError: an input cannot be read at all.
        """
        return find_sources(self.inputs, exclude=self.out)

    def run_shard(
        self,
        number: int,
        items: Items,
        *,
        store: Store,
        library: Library,
        stop: Callable[[], bool],
        attempt: int = 1,
    ) -> Counts:
        """Clean one shard, or take what was cleaned of it, and commit it; what is there by now counts as unchanged.

        A further attempt first shows what the last one may have committed without getting to show it: all of it is
        known now, so that nothing else would be shown in this run.

        Args:
            number: of the shard, counted from 1.
            items: what gives the shard's items.
            store: where to.
            library: the phrases to apply.
            stop: asked between documents.
            attempt: the how-manieth this is.
        """
        if attempt > 1:
            # Only while the store is ours: recovering drops what another run has staged.
            store.renew()
            store.recover()
        return self.shard(number, store, library, attempt).run(items(number), stop)

    def run_all(
        self,
        stop: Callable[[], bool] = lambda: False,
        run_shard: Callable[..., Counts] | None = None,
        sources: tuple[Source, ...] | None = None,
    ) -> Counts:
        """The whole job, one shard after the other, until it is asked to stop.

        Args:
            stop: asked between documents and shards.
            run_shard: what runs a shard, called as `Job.run_shard` is; that itself if not given.
            sources: the files to read, if they are listed already: on a bucket that takes minutes.

        Raises:
            CleancopyError: an input, a phrase file, an id to disable or the store cannot be used.
        """
        run_shard = run_shard or Job.run_shard
        library = self.library()
        sources = self.sources() if sources is None else sources
        with self.store(stop) as store:
            left, done = sources_left(store, sources, (self.fields, self.updates))
            size = sum(source.size for source in left)
            watch().advance(sum(source.size for source in sources) - size)
            groups = list(shards(left, shard_bytes(size, self.engine.count(size))))
            with self.engine.cleaning(groups, self._instructions(), library, keeping(store.renew, stop)) as items:
                counts = Counts.total(
                    (
                        done,
                        *(
                            run_shard(self, number, items, store=store, library=library, stop=stop)
                            for number in range(1, len(groups) + 1)
                            if not stop()
                        ),
                    )
                )
        counts.stopped = max(counts.stopped, int(stop()))
        return counts

    def _instructions(self) -> Instructions:
        return Instructions(tuple(self.fields.items()), self.phrases, self.disable, self.strip_datelines)


def shard_bytes(size: int, workers: int) -> int:
    """How large shards are to be: several for each worker, that none is idle at the end, but not endlessly many."""
    return min(SHARD_BYTES, max(size // (workers * _SHARDS_A_WORKER), _LEAST_BYTES)) if workers > 1 else SHARD_BYTES


def shards(sources: Iterable[Source], most: int) -> Iterator[tuple[Source, ...]]:
    """Files in groups of at most so many bytes, in their order; a larger file is a shard of its own."""
    group: list[Source] = []
    size = 0
    for source in sources:
        if group and size + source.size > most:
            yield tuple(group)
            group, size = [], 0
        group.append(source)
        size += source.size
    if group:
        yield tuple(group)
