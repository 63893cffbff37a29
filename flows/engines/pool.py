"""Processes of this machine, forked from a server that has imported all that they need."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process, util
from threading import Thread
from types import FrameType
from typing import TypeVar, cast

Value = TypeVar("Value")

# What a process takes that tidies up; whatever does not is killed.
_TIDYING_SECONDS = 5.0


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
        pools.append(_Pool(workers, mp_context=context, initializer=_leave_when_told))
        return pools[-1]

    try:
        yield make
    finally:
        for pool in pools:
            _end(pool)


class _Pool(ProcessPoolExecutor):
    """One whose processes end when they are told to, and do not give that back as what a call came to."""

    def submit(self, function: Callable[..., Value], /, *given: object, **named: object) -> Future[Value]:
        return super().submit(_call, function, given, named)


def _call(function: Callable[..., Value], given: tuple[object, ...], named: dict[str, object]) -> Value:
    try:
        return function(*given, **named)
    except SystemExit:
        # The pool would send this to the program, which it then ended, with what was pending and with exit code 0.
        util._exit_function()  # type: ignore[attr-defined]  # noqa: SLF001 - what the end of the process would do
        os._exit(1)


def _leave_when_told() -> None:
    """Let SIGTERM end what this process does, but not the process on the spot, which has a sandbox to close.

    Else multiprocessing says on standard error what was left behind; as it still does where the sandbox is just
    being started.
    """
    signal.signal(signal.SIGTERM, _leave)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End with the program, where that is killed, too: a process waits for its next call, and holds the pipe open."""
    if parent := parent_process():
        parent.join()
        time.sleep(_TIDYING_SECONDS)  # what was told to end is about to, and tidies up
        os._exit(1)


def _leave(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # told again by the pool, it would leave the tidying, too
    sys.exit()


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes, whatever they do: `shutdown` would wait for the pieces that they are at."""
    # As `terminate_workers` will, from Python 3.14 on.
    processes, manager = dict(pool._processes or {}), cast("Thread | None", pool._executor_manager_thread)  # noqa: SLF001
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes.values():
        process.terminate()
    if manager:
        manager.join(_TIDYING_SECONDS)
    for process in processes.values():
        process.kill()
