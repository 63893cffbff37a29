import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.store import databases, lock, writer
from flows.store.errors import BusyError, StoreError
from flows.store.store import Changes, Store, open_store
from flows.store.tables import LOCK
from flows.store.writer import Writer


def hold(store: Store, **changes: object) -> None:
    """Make the lock be another's."""
    with store.state.begin() as connection:
        connection.execute(sa.update(LOCK).values(run="other", **changes))


def locks(out: Path) -> int:
    with sqlite3.connect(out / "state.db") as state:
        return int(state.execute("SELECT count(*) FROM lock").fetchone()[0])


def a_dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_second_run_leaves_and_names_the_first(out: Path) -> None:
    with open_store(out, "run-1"), pytest.raises(BusyError, match=r"the run run-1 \(process \d+ on .*--wait"):
        Store(out, "run-2").open(wait=False)


def test_a_second_run_that_waits_goes_on_when_the_first_has_ended(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_POLL_SECONDS", 0.01)
    first = Store(out, "run-1").open(wait=False)
    threading.Timer(0.1, first.close).start()
    began = time.monotonic()
    with open_store(out, "run-2", wait=True) as second:
        assert second.number == 2
    assert time.monotonic() - began >= 0.1


def test_a_run_that_ended_leaves_no_lock(out: Path) -> None:
    with open_store(out, "run-1"):
        assert locks(out) == 1
    assert locks(out) == 0


def test_a_run_that_raised_leaves_no_lock(out: Path) -> None:
    with pytest.raises(KeyError), open_store(out, "run-1"):
        raise KeyError
    assert locks(out) == 0


def test_a_run_whose_process_died_here_is_succeeded_at_once(out: Path) -> None:
    with open_store(out, "run-1") as store:
        hold(store, process=a_dead_process())
        with open_store(out, "run-2"):
            pass


def test_a_run_of_a_process_with_our_number_in_another_life_is_succeeded_at_once(out: Path) -> None:
    with open_store(out, "run-1") as store:
        hold(store)
        with open_store(out, "run-2"):
            pass


def test_a_run_on_another_host_is_waited_for_until_its_time_is_up(out: Path) -> None:
    with open_store(out, "run-1") as store:
        hold(store, host="elsewhere", process=a_dead_process())
        with pytest.raises(BusyError):
            Store(out, "run-2").open(wait=False)
        hold(store, until=time.time() - 1)
        with open_store(out, "run-2"):
            pass


@pytest.mark.parametrize("born", ["", "1"])
def test_a_process_whose_birth_is_not_told_has_the_time_of_another_host(
    out: Path, monkeypatch: pytest.MonkeyPatch, born: str
) -> None:
    """Without /proc every process with that number was the dead run; where it is hidden a living run was over."""
    with open_store(out, "run-1") as store:
        hold(store, process=os.getppid(), born=born)
        monkeypatch.setattr(lock, "_born", lambda _: "")
        with pytest.raises(BusyError):
            Store(out, "run-2").open(wait=False)
        hold(store, until=time.time() - 1)
        with open_store(out, "run-2"):
            pass


def test_a_run_that_was_taken_over_from_cannot_commit(out: Path) -> None:
    with open_store(out, "run-1") as store:
        hold(store, host="elsewhere", until=time.time() - 1)
        with open_store(out, "run-2"):
            part = store.stage("records", "late.jsonl")
            part.write(b"{}\n")
            with pytest.raises(StoreError, match="another run has taken the store over from run-1") as refused:
                store.commit([part], Changes())
            assert refused.value.started
    assert list((out / "records").iterdir()) == []


def test_a_commit_renews_the_lock(out: Path) -> None:
    with open_store(out, "run-1") as store:
        with store.state.begin() as connection:
            connection.execute(sa.update(LOCK).values(until=time.time() + 1))
        store.commit([], Changes())
        with store.state.begin() as connection:
            assert connection.execute(sa.select(LOCK.c.until)).scalar_one() > time.time() + 100


def test_closing_gives_back_no_lock_but_ones_own(out: Path) -> None:
    with open_store(out, "run-1") as store:
        hold(store, host="elsewhere")
    with pytest.raises(BusyError):
        Store(out, "run-2").open(wait=False)


def test_a_run_that_waits_goes_on_after_one_that_rewrites(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(databases, "_PATIENCE_SECONDS", 0.01)
    entered, leave = threading.Event(), threading.Event()

    def rewrite() -> None:
        with open_store(out, "run-1") as store, store.rewriting("records"):
            entered.set()
            leave.wait(10)

    first = threading.Thread(target=rewrite)
    first.start()
    entered.wait(10)
    with pytest.raises(BusyError, match="another run is rewriting this store; --wait waits for it"):
        Store(out, "run-2").open(wait=False)
    threading.Timer(0.2, leave.set).start()
    with open_store(out, "run-3", wait=True):
        assert leave.is_set()
    first.join()


def test_a_wait_ends_when_it_is_asked_to(out: Path) -> None:
    with open_store(out, "run-1"), pytest.raises(BusyError):
        Store(out, "run-2").open(wait=True, stop=lambda: True)


def test_a_run_with_nothing_to_commit_shows_a_sign_of_life(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PART_SECONDS", 0.0)
    with open_store(out, "run-1") as store, Writer(store, "run-1") as into:
        with store.state.begin() as connection:
            connection.execute(sa.update(LOCK).values(until=time.time() + 1))
        into.commit_if_full()
        with store.state.begin() as connection:
            assert connection.execute(sa.select(LOCK.c.until)).scalar_one() > time.time() + 100


def test_a_live_process_here_keeps_its_store_whatever_the_time(out: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        with open_store(out, "run-1") as store:
            hold(store, process=process.pid, born=lock._born(process.pid), until=0.0)  # noqa: SLF001
            with pytest.raises(BusyError):
                Store(out, "run-2").open(wait=False)
            hold(store, born="another life")
            with open_store(out, "run-3"):
                pass
        process.communicate(b"\n")
