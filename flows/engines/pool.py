"""Processes of this machine, forked from a server that has imported all that they need."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


def usual_workers() -> int:
    """As many as this program may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(workers: int) -> Iterator[Callable[[], Executor]]:
    """What makes a pool of processes, and another where the last has broken; all of them end with the block.

    The processes are no daemons, so that each can have its sandbox.
    """
    context = get_context("forkserver")
    # The same server as the sandbox's: there is one a program, of whoever comes first.
    context.set_forkserver_preload(["flows.preloading", "flows.engines.drafts"])
    pools: list[ProcessPoolExecutor] = []

    def make() -> Executor:
        pools.append(ProcessPoolExecutor(workers, mp_context=context))
        return pools[-1]

    try:
        yield make
    finally:
        for pool in pools:
            _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes, whatever they do: `shutdown` would wait for the pieces that they are at."""
    begun = list((pool._processes or {}).values())  # noqa: SLF001 - as `terminate_workers` will, from Python 3.14 on
    pool.shutdown(wait=False, cancel_futures=True)
    for process in begun:
        process.terminate()
