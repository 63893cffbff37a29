"""`cleancopy config show`, and commands that go by settings."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., tuple[int, str, str]]
Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(run_cli: Cli, *options: str) -> dict[str, tuple[Any, str]]:
    code, out, err = run_cli("config", "show", "--json", *options)
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    return {row["name"]: (row["value"], row["origin"]) for row in rows}


def test_each_value_has_its_origin(run_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("cleancopy.toml").write_text('out = "news"\nwait = true\ndirect = true\n', encoding="utf-8")
    Path("feeds.toml").write_text("[fetch]\ndelay = 2.5\n", encoding="utf-8")
    monkeypatch.setenv("CLEANCOPY_WAIT", "false")
    monkeypatch.setenv("CLEANCOPY_DIRECT", "true")
    found = shown(run_cli, "--no-direct", "--disable", "en/app")
    assert found["out"] == ("news", "cleancopy.toml")
    assert found["wait"] == (False, "CLEANCOPY_WAIT")
    assert found["direct"] == (False, "command line")
    assert found["disable"] == (["en/app"], "command line")
    assert found["quiet"] == (False, "default")
    assert found["fetch.delay"] == (2.5, "feeds.toml [fetch]")
    assert found["fetch.robots"] == (True, "default")


def test_people_get_a_line_for_each(run_cli: Cli) -> None:
    code, out, _ = run_cli("config", "show", "--out", "news")
    assert code == 0
    assert out.splitlines()[0].split() == ["out", '"news"', "command", "line"]


def test_commands_go_by_the_file(run_cli: Cli, rows: Rows, stored: Stored) -> None:
    Path("cleancopy.toml").write_text('out = "out"\ndirect = true\nquiet = true\n', encoding="utf-8")
    assert run_cli("clean", rows({"id": "1", "text": "Rain fell."})) == (0, "", "")
    assert [record["id"] for record in stored()] == ["1"]


def test_the_command_line_wins(run_cli: Cli, rows: Rows, stored: Stored) -> None:
    Path("cleancopy.toml").write_text('out = "elsewhere"\ndirect = true\n', encoding="utf-8")
    assert run_cli("clean", rows({"id": "1", "text": "Rain fell."}), "--out", "out")[0] == 0
    assert len(stored()) == 1
    assert not Path("elsewhere").exists()


def test_the_store_that_is_written_is_not_where_restored_texts_go(run_cli: Cli, rows: Rows) -> None:
    Path("cleancopy.toml").write_text('out = "out"\ndirect = true\nquiet = true\n', encoding="utf-8")
    run_cli("clean", rows({"id": "1", "text": "Rain fell."}))
    code, out, _ = run_cli("restore", "out")
    assert (code, json.loads(out)) == (0, {"id": "1", "text": "Rain fell."})


def test_rows_from_standard_input_need_no_store_whatever_the_file_says(run_cli: Cli) -> None:
    Path("cleancopy.toml").write_text('out = "out"\n', encoding="utf-8")
    code, out, err = run_cli("clean", "-", stdin=b'{"id": "1", "text": "Rain fell."}\n')
    assert (code, err) == (0, "")
    assert json.loads(out)["id"] == "1"
    assert not Path("out").exists()


def test_a_setting_that_is_none_is_wrong_usage(run_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANCOPY_OWT", "news")
    code, out, err = run_cli("inspect", "out")
    assert (code, out) == (2, "")
    assert err.startswith("cleancopy: CLEANCOPY_OWT: is no setting; ")
    assert err.count("\n") == 1


def test_ingest_asks_where_to(run_cli: Cli) -> None:
    assert run_cli("ingest", "--direct")[::2] == (
        2,
        "cleancopy: Invalid value: where to? say --out DIR (see cleancopy --help)\n",
    )


def test_a_password_is_not_shown(run_cli: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run_cli("config", "show", "--state", "postgresql://ann:secret@db.example/news")
    assert (code, "postgresql://ann:***@db.example/news" in out, "secret" in out) == (0, True, False)
