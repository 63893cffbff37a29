"""`cleancopy ingest`: what is wrong is said in one line before anything is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

RunCli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def feeds(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text('[[feeds]]\nurl = "http://127.0.0.1:9/feed.xml"\n')
    return path


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--since", "yesterday"), "--since yesterday: not a day of the form 2026-11-01"),
        (("--limit", "0"), "--limit"),
        (("--phrases", "nowhere"), "nowhere"),
        (("--disable", "nobody/nothing"), "nobody/nothing"),
    ],
)
def test_54_a_wrong_option_is_one_line_and_nothing_is_done(
    run_cli: RunCli, feeds: Path, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    out = tmp_path / "out"
    code, printed, complaint = run_cli("ingest", "--feeds", str(feeds), "--out", str(out), "--direct", *options)
    assert (code, printed, complaint.count("\n")) == (2, "", 1)
    assert says in complaint
    assert not (out / "records").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no such file"),
        ("[[feeds]", "feeds.toml"),
        ('[[feeds]]\nurl = "https://example.org/"\nfulltext = "auto"\n', "fulltext"),
        ('[fetch]\nallow_private = ["nonsense"]\n', "nonsense"),
    ],
)
def test_54_a_wrong_list_is_one_line_and_nothing_is_done(
    run_cli: RunCli, feeds: Path, tmp_path: Path, content: str | None, says: str
) -> None:
    if content is None:
        feeds.unlink()
    else:
        feeds.write_text(content)
    code, _, complaint = run_cli("ingest", "--feeds", str(feeds), "--out", str(tmp_path / "out"), "--direct")
    assert (code, complaint.count("\n")) == (2, 1)
    assert says in complaint


def test_55_a_store_that_cannot_be_written_is_one_line(run_cli: RunCli, feeds: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    code, _, complaint = run_cli("ingest", "--feeds", str(feeds), "--out", str(tmp_path / "out"), "--direct")
    assert (code, complaint.count("\n")) == (2, 1)


def test_a_feed_at_an_address_that_is_not_allowed_is_reported_and_listed(
    run_cli: RunCli, feeds: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    code, printed, complaint = run_cli("ingest", "--feeds", str(feeds), "--out", out, "--direct")
    assert code == 1
    assert "http://127.0.0.1:9/feed.xml: forbidden_address" in complaint
    assert "1 failed" in printed
    code, printed, _ = run_cli("feeds", "list", "--feeds", str(feeds), "--out", out)
    assert code == 0
    assert "failed 1 time in a row: forbidden_address" in printed


def test_an_empty_list_is_a_run_that_brings_nothing(run_cli: RunCli, feeds: Path, tmp_path: Path) -> None:
    feeds.write_text("")
    code, printed, _ = run_cli("ingest", "--feeds", str(feeds), "--out", str(tmp_path / "out"), "--direct")
    assert code == 0
    assert printed.startswith("0 feeds")
