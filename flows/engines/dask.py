"""A Dask cluster. Needs the extra `dask`, and cleancopy on the workers, who find the input under the same paths."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from multiprocessing import current_process
from typing import TYPE_CHECKING

from flows.engines.ahead import EngineError

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE_SECONDS = 30


@contextmanager
def cluster(scheduler: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """The cluster's executor, and how many shards it works on at once, which workers that come and go change.

    Raises:
        EngineError: Dask is not installed, no scheduler answers, there are no workers, or they are of a kind that
            cannot start the processes in which pages and feeds are read.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise EngineError("--engine dask needs Dask: pip install 'cleancopy[dask]'") from error
    try:
        client = Client(scheduler, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise EngineError(f"{scheduler}: no Dask scheduler answers: {error}") from error
    with client:
        try:
            yield _executor(client, scheduler), lambda: _width(client, scheduler)
        except KilledWorker as error:
            complaint = f"{scheduler}: workers died of the same shard again and again: {error}"
            raise EngineError(complaint, is_stop=True) from error


def _executor(client: "Client", scheduler: str) -> Executor:
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
    except TimeoutError as error:
        raise EngineError(f"{scheduler}: no worker has come in {_PATIENCE_SECONDS} s") from error
    if confined := [worker for worker, is_one in client.run(_is_daemon).items() if is_one]:
        raise EngineError(
            f"the Dask worker {confined[0]} may have no child processes, and feeds are read in some: start it with "
            "`dask worker --no-nanny`, or with DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )
    executor: Executor = client.get_executor(pure=False)
    return executor


def _width(client: "Client", scheduler: str) -> int:
    try:
        return sum(client.nthreads().values())
    except (OSError, TimeoutError) as error:
        complaint = f"{scheduler}: the Dask scheduler no longer answers: {error}"
        raise EngineError(complaint, is_stop=True) from error


def _is_daemon() -> bool:
    return current_process().daemon
