"""Calls of functions in processes that can be killed: for feeds and pages, which strangers wrote.

A worker is forked from a server, a process that has imported the extractor and the parser of feeds and does nothing
else (`flows.preloading`). So it starts in milliseconds, where a spawned one would import for half a second after each
kill, and it inherits none of this program's threads and locks, as a plain fork would.
"""

import os
import pickle
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from multiprocessing import get_context
from threading import Lock
from traceback import format_exception_only
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from pebble import ProcessExpired, ProcessPool

from cleaners.errors import CleancopyError

Given = TypeVar("Given")
Value = TypeVar("Value")

# Calls that are begun before the outcome of the first of them is taken: so many items are in memory at once.
_AHEAD_PER_WORKER = 4
# What the pool takes, beyond the deadline, to see that a call has ended and to replace its worker.
_GRACE = 10.0
# Beyond the deadline, the kernel ends a worker whose program was killed and so kills nothing any more.
_ORPHANED = 2.0
# The exit code of a worker that gives its place up; any that no program uses.
_OUT_OF_MEMORY = 197
# An error may quote the whole of what it is about.
_LONGEST_DETAIL = 500


class Loss(StrEnum):
    """Why a call gave nothing."""

    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    OUT_OF_MEMORY = "out_of_memory"
    FAILED = "failed"


class Lost(msgspec.Struct, frozen=True):
    """A call that gave nothing: the one reason, and one line for a person."""

    reason: Loss
    detail: str


class Sandbox:
    """Workers that call functions; started with the first call, ended with the `with` block.

    An outcome is what the function returned; a `CleancopyError` that it raised, as a value, since it says what is
    wrong with that item and the others go on; or `Lost`. Functions are those of importable modules, not the main
    one's, and what they take and give can be pickled. Threads may share a sandbox.
    """

    def __init__(self, *, workers: int = 2, deadline: float = 20.0, memory: int = 2_000_000_000) -> None:
        """A sandbox, not yet started.

        Args:
            workers: calls at once.
            deadline: seconds of wall time that a call may take.
            memory: bytes of address space that a worker may have, the 0.2 GB it starts with included.
        """
        self._workers, self._deadline, self._memory = workers, deadline, memory
        self._pool: ProcessPool | None = None
        self._closed = False
        self._lock = Lock()
        self._ended = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they do; the server they are forked from ends with the program."""
        with self._lock:
            self._closed = True
            self._end_pool()

    def call(self, function: Callable[..., Value], *arguments: object) -> Value | CleancopyError | Lost:
        """The outcome of one call."""
        outcome: Value | CleancopyError | Lost = self._outcome(self._begin(pickle.dumps((function, arguments))))
        return outcome

    def run(
        self, function: Callable[[Given], Value], items: Iterable[Given]
    ) -> Iterator[Value | CleancopyError | Lost]:
        """The outcomes of a call for each item, in the order of the items.

        Items are taken as workers need them, so that there may be endlessly many. Where this iterator is left early,
        the calls that have begun are ended.
        """
        begun: deque[_Call] = deque()
        try:
            for item in items:
                begun.append(self._begin(pickle.dumps((function, (item,)))))
                while begun and (begun[0].future.done() or len(begun) >= self._workers * _AHEAD_PER_WORKER):
                    yield self._outcome(begun.popleft())
            while begun:
                yield self._outcome(begun.popleft())
        finally:
            for call in begun:
                call.future.cancel()

    def _begin(self, content: bytes) -> "_Call":
        with self._lock:
            if self._closed:
                raise RuntimeError("the sandbox is closed")
            if self._pool is not None and not self._pool.active:
                self._end_pool()
            if self._pool is None:
                self._pool = _new_pool(self._workers, self._memory)
            alarm = self._deadline + _ORPHANED
            call = _Call(content, self._pool, self._pool.schedule(_answer, (content, alarm), timeout=self._deadline))
        call.future.add_done_callback(self._count)
        return call

    def _end_pool(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
        self._pool = None

    def _count(self, _future: Future[bytes]) -> None:
        self._ended += 1

    def _outcome(self, call: "_Call") -> Any:  # noqa: ANN401 - whatever the function gives
        try:
            return self._answered(call)
        except BrokenProcessPool:  # as where a worker dies before the pool has heard what it was given
            again = self._begin(call.content)
        try:
            return self._answered(again)
        except BrokenProcessPool as error:
            return Lost(Loss.CRASHED, f"the pool of workers broke twice: {error}")

    def _answered(self, call: "_Call") -> object:
        try:
            return pickle.loads(self._wait(call))  # noqa: S301 - written by `_answer`
        except TimeoutError:
            return self._timed_out()
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGTERM:
                # All processes of this program are ended, as Prefect does to cancel a run: no fault of the item's.
                raise BrokenProcessPool("the worker was told to end") from error
            return self._expired(error.exitcode)

    def _wait(self, call: "_Call") -> bytes:
        """The answer to a call, once the workers, busy with others at first, give it."""
        while True:
            before = self._ended
            try:
                return call.future.result(timeout=self._deadline + _GRACE)
            except TimeoutError:
                if call.future.done():  # so it is the pool that ended the call
                    return call.future.result()
                with self._lock:
                    if self._pool is call.pool and self._ended == before:  # no worker may be busy for so long
                        self._end_pool()
                    if self._pool is not call.pool:
                        raise BrokenProcessPool("no call ends any more") from None

    def _timed_out(self) -> Lost:
        return Lost(Loss.TIMED_OUT, f"took more than {self._deadline:g} s")

    def _expired(self, code: int) -> Lost:
        if code == _OUT_OF_MEMORY:
            return Lost(Loss.OUT_OF_MEMORY, f"took more than {self._memory:,} bytes")
        if code == -signal.SIGALRM:
            return self._timed_out()
        return Lost(Loss.CRASHED, f"exit code {code}" if code >= 0 else signal.Signals(-code).name)


class _Call(msgspec.Struct, frozen=True):
    """A call that was given to a pool: function and arguments, pickled."""

    content: bytes
    pool: ProcessPool
    future: Future[bytes]


def _new_pool(workers: int, memory: int) -> ProcessPool:
    context = get_context("forkserver")
    context.set_forkserver_preload(["flows.preloading"])
    return ProcessPool(max_workers=workers, initializer=_confine, initargs=(memory,), context=context)


def _confine(memory: int) -> None:
    """Make this process one that may be killed at any time, and that takes no more than it may."""
    # pebble would let it tidy up, which no loop in C lets it do: the others would wait three seconds, until SIGKILL.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    least = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (least, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(call: bytes, alarm: float) -> bytes:
    """Make a call, in a worker; pickled here both ways, as the pool loses a call that it cannot unpickle."""
    signal.setitimer(signal.ITIMER_REAL, alarm)
    try:
        return _attempt(call)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # what is left of the memory may not do for an answer, nor for the next call
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _attempt(call: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(call)  # noqa: S301 - written by this program
        return pickle.dumps(_value(function, arguments))
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - SystemExit, too, ends the call alone
        return pickle.dumps(Lost(Loss.FAILED, " ".join(format_exception_only(error)[-1].split())[:_LONGEST_DETAIL]))


def _value(function: Callable[..., object], arguments: tuple[object, ...]) -> object:
    try:
        return function(*arguments)
    except CleancopyError as error:
        return error
