"""A store whose state is on a PostgreSQL server does what one with a file does."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.feeds.feed_state import FeedState
from flows.job import Job
from flows.retrying import retry
from flows.store import databases, lock, repairing
from flows.store.carrying import begin_anew
from flows.store.compacting import compact
from flows.store.errors import BusyError, DamagedError, StoreError
from flows.store.many import insert_rows
from flows.store.repairing import repair
from flows.store.sightings import feed_states, put_feed_states
from flows.store.state import LAYOUT_VERSION, State
from flows.store.store import Store, open_store
from flows.store.tables import NAMES, TABLES

pytestmark = pytest.mark.slow

Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]
Url = Callable[[], str]


@pytest.fixture
def url(postgres: Url) -> str:
    return postgres()


def records(folder: Path) -> list[str]:
    lines = [
        json.loads(line)
        for part in sorted((folder / "records").glob("*.jsonl"))
        for line in part.read_bytes().splitlines()
    ]
    return sorted(json.dumps({**line, "run": None}) for line in lines)


def test_a_job_does_the_same_with_a_state_on_a_server_as_with_a_file(
    url: str, rows: Rows, tmp_path: Path, run_cli: Callable[..., tuple[int, str, str]]
) -> None:
    outs = {"file": (), "server": ("--state", url)}
    for texts in (("Rain.", "Snow."), ("Rain.", "Hail.")):
        file = rows(*({"id": str(n), "text": text} for n, text in enumerate(texts)), b"{")
        for name, state in outs.items():
            code, _, complaints = run_cli("clean", file, "--out", tmp_path / name, "--direct", *state)
            assert code == 1, complaints
    assert records(tmp_path / "file") == records(tmp_path / "server")
    assert len(records(tmp_path / "server")) == 3
    assert not (tmp_path / "server" / "state.db").exists()
    for command in ("retry", "compact", "repair"):
        said = [run_cli(command, tmp_path / name, *state)[:2] for name, state in outs.items()]
        assert said[0] == said[1]
    assert records(tmp_path / "file") == records(tmp_path / "server")
    assert len(records(tmp_path / "server")) == 2
    assert run_cli("clean", file, "--out", tmp_path / "server", "--direct", "--state", url, "--quiet")[0] == 1
    assert len(records(tmp_path / "server")) == 2


def test_the_longest_ids_fit_the_servers_index(url: str, rows: Rows, tmp_path: Path) -> None:
    """Nothing of them can be packed; one that was longer stopped the store for ever."""
    keys = ["".join(chr(0x4E00 + (n * 7919 + k * 104729) % 20000) for n in range(333)) for k in range(3)]
    file, out = rows(*({"id": key, "text": f"Rain {key[0]}."} for key in keys)), tmp_path / "out"
    assert Job(inputs=(str(file),), out=str(out), state=url).run_all().new == 3
    with open_store(out, "run-2", state=url) as store, store.noting() as connection:
        insert_rows(connection, NAMES, [(key[::-1], key) for key in keys])
        assert len(connection.execute(sa.select(NAMES)).all()) == 3


def test_nobody_can_take_a_store_while_it_is_repaired(
    url: str, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was emptied before it was taken: a run that had it wrote all that it met as new."""
    Job(inputs=(str(rows({"text": "Rain."})),), out=str(tmp_path / "out"), state=url).run_all()

    def tried(state: State, run: str) -> bool:
        for begin in (lambda: False, lambda: begin_anew(state, run)):
            is_known = begin()
            with pytest.raises(BusyError, match="the run run-2"):
                Store(tmp_path / "out", "run-3", url).open(wait=False)
        return is_known

    monkeypatch.setattr(repairing, "begin_anew", tried)
    assert repair(tmp_path / "out", "run-2", url).records == 1
    Store(tmp_path / "out", "run-4", url).open(wait=False).close()


def test_two_stores_share_a_database_by_schemas(postgres: Url, rows: Rows, tmp_path: Path) -> None:
    file = rows({"text": "Rain."})
    for name in ("a", "b"):
        job = Job(inputs=(str(file),), out=str(tmp_path / name), state=postgres())
        assert job.run_all().new == 1
        assert job.run_all().unchanged == 1


def test_a_run_that_has_the_store_keeps_others_off_and_its_end_lets_them_in(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "out", "run-1", state=url), pytest.raises(BusyError, match="the run run-1"):
        Store(tmp_path / "out", "run-2", url).open(wait=False)
    Store(tmp_path / "out", "run-2", url).open(wait=False).close()


@contextmanager
def rewriting(url: str, out: Path, leave: threading.Event) -> Iterator[None]:
    """A run that rewrites the store until it may leave."""
    entered = threading.Event()

    def rewrite() -> None:
        with open_store(out, "run-1", state=url) as store, store.rewriting("records"):
            entered.set()
            leave.wait(10)

    first = threading.Thread(target=rewrite)
    first.start()
    entered.wait(10)
    yield
    leave.set()
    first.join()


def test_a_run_that_rewrites_keeps_others_off_after_a_while(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_PATIENCE_SECONDS", 0.01)
    with (
        rewriting(url, tmp_path / "out", threading.Event()),
        pytest.raises(BusyError, match="another run is rewriting this store; --wait waits for it"),
    ):
        Store(tmp_path / "out", "run-2", url).open(wait=False)


def test_a_run_that_waits_goes_on_after_one_that_rewrites(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(lock, "_POLL_SECONDS", 0.01)
    leave = threading.Event()
    with rewriting(url, tmp_path / "out", leave):
        threading.Timer(0.2, leave.set).start()
        with open_store(tmp_path / "out", "run-2", state=url, wait=True):
            assert leave.is_set()


def test_nothing_of_a_transaction_that_raises_is_there(url: str, tmp_path: Path) -> None:
    state = State(tmp_path, url)
    state.open()

    def fail() -> None:
        with state.begin() as connection:
            insert_rows(connection, NAMES, [("a", "b")])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with state.begin() as connection:
        assert connection.execute(sa.select(NAMES)).all() == []
    state.close()


def test_ids_may_hold_what_the_server_takes_for_the_end_of_a_text(
    url: str, rows: Rows, tmp_path: Path, stored: Stored
) -> None:
    ids = ["a\0b", "a\uffffb", "a\uffff0b", "ab"]
    file = rows(*({"id": name, "text": f"Rain {n}."} for n, name in enumerate(ids)))
    again = rows(*({"id": name, "text": f"Rain {n}."} for n, name in enumerate(ids)), name="again.jsonl")
    assert Job(inputs=(str(file),), out=str(tmp_path / "out"), state=url).run_all().new == 4
    assert Job(inputs=(str(again),), out=str(tmp_path / "out"), state=url).run_all().unchanged == 4
    assert [line["id"] for line in stored()] == ids


def test_a_repair_with_the_state_of_another_store_is_refused(url: str, rows: Rows, tmp_path: Path) -> None:
    """It emptied that: settings named one state for all stores."""
    Job(inputs=(str(rows({"id": "1", "text": "Rain."})),), out=str(tmp_path / "out"), state=url).run_all()
    other = tmp_path / "other" / "records" / "a.jsonl"
    other.parent.mkdir(parents=True)
    other.write_bytes(next((tmp_path / "out" / "records").iterdir()).read_bytes())
    with pytest.raises(
        StoreError, match=r"postgres.*: is the state of another store, .* no part in common with .*other$"
    ):
        repair(tmp_path / "other", "run-2", url)
    again = Job(
        inputs=(str(rows({"id": "1", "text": "Rain."}, name="b.jsonl")),), out=str(tmp_path / "out"), state=url
    )
    assert again.run_all().unchanged == 1


def test_a_lost_connection_is_made_anew(url: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "out", "run-1", state=url) as store:
        with store.state.begin() as connection:
            own = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar()
        other = sa.create_engine(store.state.database.engine.url)
        with other.begin() as connection:
            connection.execute(sa.text("SELECT pg_terminate_backend(:own)"), {"own": own})
        other.dispose()
        store.renew()


def test_repair_reads_the_records_again_and_keeps_what_feeds_showed(
    url: str, rows: Rows, tmp_path: Path, stored: Stored
) -> None:
    out = tmp_path / "out"
    Job(inputs=(str(rows({"id": "1", "text": "Rain."})),), out=str(out), state=url).run_all()
    with open_store(out, "run-2", state=url) as store, store.state.begin() as connection:
        put_feed_states(
            connection, {"https://a.example/": FeedState(url="https://a.example/", etag='"1"', failures=3)}
        )
    (part,) = (out / "records").iterdir()
    part.write_bytes(part.read_bytes() + b"{torn")
    with pytest.raises(DamagedError, match="cleancopy repair"):
        Store(out, "run-3", url).open(wait=False)
    done = repair(out, "run-3", url)
    assert (done.records, done.damaged, done.is_feeds_known) == (1, 1, True)
    with open_store(out, "run-4", state=url) as store, store.state.begin() as connection:
        (state,) = feed_states(connection).values()
    assert (state.etag, state.failures) == (None, 3)
    assert len(stored()) == 1


def test_a_state_of_an_earlier_layout_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    state = State(tmp_path, url)
    state.open()
    with state.begin() as connection:
        insert_rows(connection, NAMES, [("a", "b")])
        connection.execute(sa.text("DROP TABLE inputs"))
        connection.execute(sa.text("ALTER TABLE sightings DROP COLUMN marks"))
        connection.execute(sa.text("UPDATE layout SET version = 2"))
    state.open()
    with state.begin() as connection:
        assert connection.execute(sa.select(NAMES)).all() == [("a", "b")]
        assert connection.execute(sa.text("SELECT version FROM layout")).scalar() == LAYOUT_VERSION
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == str(LAYOUT_VERSION)
    state.close()


@pytest.mark.parametrize("kind", ["file", "server"])
def test_the_steps_from_the_first_layout_make_what_a_new_state_has(postgres: Url, tmp_path: Path, kind: str) -> None:
    """Alembic's steps and the tables as they are today must not drift apart."""
    new, old = (State(tmp_path, postgres() if kind == "server" else tmp_path / name) for name in ("new.db", "old.db"))
    new.open()
    since = ("feeds", "names", "sightings", "texts", "waiting", "inputs")
    old.open()
    with old.begin() as connection:
        for name in since:
            connection.execute(sa.text(f"DROP TABLE {name}"))
        connection.execute(sa.text("UPDATE layout SET version = 1"))
    old.open()
    found = []
    for state in (new, old):
        with state.begin() as connection:
            inspector = sa.inspect(connection)
            found.append(
                {
                    name: (
                        [(column["name"], str(column["type"]), column["nullable"]) for column in columns],
                        inspector.get_pk_constraint(name)["constrained_columns"],
                    )
                    for name in TABLES.tables
                    if (columns := inspector.get_columns(name))
                }
            )
        state.close()
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("somewhere", "is no URL of a state"),
        ("mysql://root@localhost/news", "a SQLite file or a PostgreSQL database"),
        ("postgresql://user:secret@127.0.0.1:9/news", "127.0.0.1"),
        ("postgres://user:secret@127.0.0.1:9/news", "127.0.0.1"),
        ("postgresql://user:secret@127.0.0.1:port/news", "is no URL of a state"),
        ("postgresql:/user:secret@127.0.0.1/news", "is no URL of a state"),
    ],
)
def test_a_state_that_cannot_be_had_is_one_line_without_the_password(
    run_cli: Callable[..., tuple[int, str, str]], rows: Rows, tmp_path: Path, given: str, complaint: str
) -> None:
    code, _, err = run_cli("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct", "--state", given)
    assert code == 2
    assert complaint in err
    assert err.count("\n") == 1
    assert "secret" not in err


def test_the_state_may_be_a_file_elsewhere(rows: Rows, tmp_path: Path, library: Library) -> None:
    url = f"sqlite:///{tmp_path}/fast.db"
    sources = find_sources([rows({"text": "Rain."}, b"{")])
    job = Job(inputs=(str(rows({"text": "Rain."}, b"{")),), out=str(tmp_path / "out"), state=url)
    assert job.run_all().new == 1
    assert list(read_documents(sources))
    assert not (tmp_path / "out" / "state.db").exists()
    assert repair(tmp_path / "out", "run-2", url).records == 1
    with open_store(tmp_path / "out", "run-3", state=url) as store:
        assert compact(store).kept == 1
        assert retry(store, library).remaining == 1


def test_a_server_that_is_told_to_end_is_no_damage(url: str, tmp_path: Path) -> None:
    state = State(tmp_path, url)
    state.open()
    with pytest.raises(StoreError) as ended, state.begin() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert not isinstance(ended.value, DamagedError)
    assert ended.value.started
    state.close()
