"""One run at a time: the lock of a store, a row of its state.

It says which run has the store, on which host and in which process, and until when. Each commit renews it, and fails
where it is another's, so a run that was taken for dead can never write beside its successor.
"""

import os
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from flows.store.errors import BusyError, TakenOverError
from flows.store.state import State
from flows.store.tables import LOCK

# How long a run on another host is waited for that shows no sign of life; on this host its process tells at once.
LEASE_SECONDS = 15 * 60
# A third of a lease: what waits for others commits nothing that would renew it.
_RENEWAL_SECONDS = LEASE_SECONDS / 3
_POLL_SECONDS = 0.5
_Result = TypeVar("_Result")
# The runs of this process that have a store: a restarted container has the same name and often the same process
# number, so a number alone does not tell a run of this process from one that died in the last.
_held: set[str] = set()


def acquire(state: State, run: str, *, wait: bool, stop: Callable[[], bool]) -> None:
    """Make the state ready, and take the store for a run.

    Args:
        state: the store's state.
        run: the run's id.
        wait: whether to wait for another run to end.
        stop: asked while waiting; once it says yes, the wait ends.

    Raises:
        BusyError: another run has it, and is not to be waited for.
        DamagedError: the state is broken.
    """
    waiting_out(partial(_take, state, run), wait=wait, stop=stop)


def waiting_out(act: Callable[[], _Result], *, wait: bool, stop: Callable[[], bool]) -> _Result:
    """Do what another run may be in the way of, once it no longer is.

    Args:
        act: what is to be done.
        wait: whether to wait for another run to end.
        stop: asked while waiting; once it says yes, the wait ends.

    Raises:
        BusyError: another run is in the way, and is not to be waited for.
    """
    while True:
        try:
            return act()
        except BusyError:
            if not wait or stop():
                raise
            time.sleep(_POLL_SECONDS)


def _take(state: State, run: str) -> None:
    state.open()
    with state.begin(started=False) as connection:
        holder = connection.execute(sa.select(LOCK)).one_or_none()
        if holder is None or holder.run == run or _is_over(holder):
            claim(connection, run)
            return
    if state.database.path:
        # A repair may put another file in the place of this one meanwhile.
        state.close()
    raise BusyError(
        f"{state.out}: the run {holder.run} (process {holder.process} on {holder.host}) has been writing to "
        f"this store since {holder.since}; --wait waits for it"
    )


def claim(connection: sa.Connection, run: str) -> None:
    """Let a run have the store, whoever had it."""
    connection.execute(sa.delete(LOCK))
    connection.execute(sa.insert(LOCK).values(_claim(run)))
    _held.add(run)


def renew(connection: sa.Connection, run: str, out: object) -> None:
    """Keep the store, as part of a commit.

    Raises:
        TakenOverError: it is another run's by now; the commit must not be.
    """
    kept = connection.execute(sa.update(LOCK).where(LOCK.c.run == run).values(until=time.time() + LEASE_SECONDS))
    if kept.rowcount != 1:
        raise TakenOverError(f"{out}: another run has taken the store over from {run}")


def keeping(renewed: Callable[[], None], stop: Callable[[], bool]) -> Callable[[], bool]:
    """`stop`, as it is asked while others are waited for; a store is renewed meanwhile, however long that takes."""
    last = time.monotonic()

    def asked() -> bool:
        nonlocal last
        if time.monotonic() - last > _RENEWAL_SECONDS:
            renewed()
            last = time.monotonic()
        return stop()

    return asked


def release(state: State, run: str) -> None:
    """Give the store back, if it is still this run's."""
    if run in _held:
        _held.discard(run)
        with state.begin() as connection:
            connection.execute(sa.delete(LOCK).where(LOCK.c.run == run))


def _claim(run: str) -> dict[str, object]:
    return {
        "only": 1,
        "run": run,
        "host": socket.gethostname(),
        "process": os.getpid(),
        "born": _born(os.getpid()),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "until": time.time() + LEASE_SECONDS,
    }


def _is_over(holder: Any) -> bool:  # noqa: ANN401 - a row has no better type
    """Whether the run that holds the lock cannot be alive."""
    if holder.host != socket.gethostname():
        return bool(holder.until < time.time())
    if holder.process == os.getpid():
        return holder.run not in _held
    if not _is_alive(holder.process):
        return True
    born = _born(holder.process)
    # Not every system tells, nor of everybody's processes: another may have that number by now, or that very one.
    return holder.born != born if born and holder.born else bool(holder.until < time.time())


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _born(process: int) -> str:
    """When a process began, in the system's own words, so that another with its number is not taken for it."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    # Field 22 of proc(5); the name of the command, in brackets, may hold spaces.
    return status.rpartition(")")[2].split()[19]
