"""A whole run of ingesting, with all that it needs open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.fetching.batch import open_fetching
from flows.ingesting.answered import Answered
from flows.ingesting.due import Due
from flows.ingesting.job import IngestJob
from flows.ingesting.run import Run
from flows.ingesting.tally import Tally
from flows.sandbox import Sandbox
from flows.store.lock import keeping

Ask = Callable[[Run, int, list[Due]], Answered]
Bring = Callable[[Run, int, Answered], None]


@contextmanager
def open_run(job: IngestJob, stop: Callable[[], bool]) -> Iterator[Run]:
    """A run with its store, its way to the network and its workers, as long as the block lasts.

    Raises:
        CleancopyError: the subscriptions, a phrase file, an id to disable or the store cannot be used.
    """
    subscriptions, library = job.subscriptions(), job.library()
    with (
        job.store(stop) as store,
        Sandbox() as sandbox,
        # Hosts that want long pauses between requests are waited for longer than a lease lasts.
        open_fetching(subscriptions.fetch, stop=keeping(store.renew, stop)) as fetch,
    ):
        yield Run(job, subscriptions.feeds, store=store, library=library, fetch=fetch, sandbox=sandbox, stop=stop)


def run_all(
    job: IngestJob,
    stop: Callable[[], bool] = lambda: False,
    *,
    ask: Ask = Run.ask,
    bring: Bring = Run.bring,
) -> Tally:
    """The whole job, one group of feeds after the other, until it is asked to stop.

    Args:
        job: what to do.
        stop: asked between answers, articles and groups.
        ask: what asks a group of feeds, called as `Run.ask` is.
        bring: what brings their articles, called as `Run.bring` is.

    Raises:
        CleancopyError: as `open_run`, or the store can no longer be written.
    """
    with open_run(job, stop) as run:
        for number, group in enumerate(run.groups(), 1):
            if not stop():
                bring(run, number, ask(run, number, group))
        run.tally.counts.stopped = max(run.tally.counts.stopped, int(stop()))
        return run.tally
