"""A store's folder says where its state is, so that no command makes a second one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.store.databases import Database
from flows.store.errors import StoreError
from flows.store.store import open_store
from flows.store.whereabouts import state_of

Cli = Callable[..., tuple[int, str, str]]
Rows = Callable[..., Path]


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/fast.db"


@pytest.fixture
def out(rows: Rows, tmp_path: Path, run_cli: Cli, elsewhere: str) -> Path:
    out = tmp_path / "out"
    code, _, complaints = run_cli("clean", rows({"text": "Rain."}), "--out", out, "--direct", "--state", elsewhere)
    assert code == 0, complaints
    return out


@pytest.mark.parametrize(
    "command",
    [
        ("clean", "more.jsonl", "--direct", "--out"),
        ("feeds", "list", "--out"),
        ("compact",),
        ("repair",),
        ("retry",),
        ("reclean", "--in-place"),
    ],
)
def test_a_command_that_is_not_told_where_the_state_is_says_where_and_makes_none(
    command: tuple[str, ...], out: Path, tmp_path: Path, run_cli: Cli, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more.jsonl").write_text('{"text": "Snow."}\n')
    (tmp_path / "feeds.toml").write_text('[[feeds]]\nurl = "https://site.example/feed"\n')
    code, _, complaints = run_cli(*command, out)
    assert code == 2
    assert complaints.splitlines()[-1].endswith(f"{out}: its state is elsewhere: --state {elsewhere}")
    assert not (out / "state.db").exists()


def test_a_command_that_is_told_finds_it(out: Path, run_cli: Cli, elsewhere: str) -> None:
    assert run_cli("compact", out, "--state", elsewhere)[0] == 0


def test_a_state_that_moves_is_noted_anew(out: Path, tmp_path: Path) -> None:
    (tmp_path / "fast.db").rename(tmp_path / "faster.db")
    moved = f"sqlite:///{tmp_path}/faster.db"
    with open_store(out, "run", state=moved):
        pass
    with pytest.raises(StoreError, match=r"its state is elsewhere: --state .*faster\.db"):
        state_of(out, None)


def test_a_state_that_comes_home_needs_no_note(out: Path, tmp_path: Path) -> None:
    (tmp_path / "fast.db").rename(out / "state.db")
    with open_store(out, "run", state=f"sqlite:///{out}/state.db"):
        pass
    with open_store(out, "next"):
        assert not (out / "state.url").exists()


def test_a_run_that_finds_the_wrong_state_leaves_the_note(out: Path, tmp_path: Path, elsewhere: str) -> None:
    with (
        pytest.raises(StoreError, match=f"is missing; {out} notes its state at {elsewhere}"),
        open_store(out, "run", state=f"sqlite:///{tmp_path}/slip.db"),
    ):
        pass
    assert (out / "state.url").read_text() == f"{elsewhere}\n"


def test_a_repair_leaves_another_stores_state_alone(
    out: Path, rows: Rows, tmp_path: Path, run_cli: Cli, elsewhere: str
) -> None:
    """A state in the settings was emptied for each store that was repaired in turn."""
    other = tmp_path / "other"
    run_cli("clean", rows({"text": "Snow."}), "--out", other, "--direct", "--state", f"sqlite:///{tmp_path}/other.db")
    code, _, complaint = run_cli("repair", other, "--state", elsewhere)
    assert code == 2
    assert "is the state of another store" in complaint
    assert run_cli("compact", out, "--state", elsewhere)[0] == 0


def test_repair_notes_the_place_that_it_was_given(out: Path, tmp_path: Path, run_cli: Cli) -> None:
    (tmp_path / "fast.db").unlink()
    assert run_cli("repair", out, "--state", f"sqlite:///{tmp_path}/new.db")[0] == 0
    assert (out / "state.url").read_text() == f"sqlite:///{tmp_path}/new.db\n"


def test_repair_moves_a_state_home(out: Path, run_cli: Cli) -> None:
    assert run_cli("repair", out, "--state", f"sqlite:///{out}/state.db")[0] == 0
    assert not (out / "state.url").exists()
    assert run_cli("compact", out)[0] == 0


def test_the_note_has_no_password() -> None:
    pytest.importorskip("psycopg")
    url = "postgres://anna:secret@db.example:5433/news?schema=daily&password=secret&sslmode=require"
    address = "postgresql://anna@db.example:5433/news?schema=daily&sslmode=require"
    assert Database(url).address == address


def test_an_address_leads_there_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Database("sqlite:///near.db").address == f"sqlite:///{tmp_path}/near.db"
