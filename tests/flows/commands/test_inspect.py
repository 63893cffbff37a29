import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners.document import Flag, Kind
from flows.record import Record, encode

RunCli = Callable[..., tuple[int, str, str]]
RecordOf = Callable[..., Record]

DONE, WRONG_USAGE = 0, 2
PROSE = (
    "The old canal bridge was closed on Monday, and the council said that it would stay shut for repairs until the "
    "spring ends."
)


@pytest.fixture
def store(tmp_path: Path, record_of: RecordOf) -> Path:
    """Four records in two parts, and two things set aside."""
    parts = {
        "records/a.jsonl": [
            record_of(f"By Ann Author\n{PROSE}", id="urn:1", publisher="a.org", language="en"),
            record_of(f"{PROSE}\nAdvertisement", id="urn:2", publisher="b.org", language="en"),
        ],
        "records/b.jsonl": [record_of("", id="urn:3"), record_of(f"{PROSE} Again.", id="urn:2", publisher="b.org")],
    }
    for name, records in parts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"".join(map(encode, records)))
    (tmp_path / "quarantine").mkdir()
    (tmp_path / "quarantine" / "a.jsonl").write_text('{"reason": "bad_json"}\n{"reason": "bad_row"}\n')
    return tmp_path


def lines(store: Path) -> list[str]:
    return [
        line for file in sorted((store / "records").iterdir()) for line in file.read_text().splitlines(keepends=True)
    ]


def complaint(err: str) -> str:
    (line,) = err.splitlines()
    return line


# Wrong usage.


@pytest.mark.parametrize(("option", "allowed"), [("--kind", Kind), ("--flag", Flag)])
def test_an_unknown_kind_or_flag_is_told_with_those_there_are(
    run_cli: RunCli, store: Path, option: str, allowed: type[Kind | Flag]
) -> None:
    code, out, err = run_cli("inspect", store, option, "nonsense")
    assert (code, out) == (WRONG_USAGE, "")
    assert all(f"'{name}'" in complaint(err) for name in ("nonsense", *allowed))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--random", "0"], "--random"),
        (["--random", "many"], "--random"),
        (["--seed", "1"], "--seed goes with --random"),
    ],
    ids=" ".join,
)
def test_a_sample_of_nothing_is_wrong_usage(run_cli: RunCli, store: Path, arguments: list[str], named: str) -> None:
    code, out, err = run_cli("inspect", store, *arguments)
    assert (code, out) == (WRONG_USAGE, "")
    assert named in complaint(err)


@pytest.mark.parametrize("more", [[], ["--json"], ["--random", "3"]], ids=" ".join)
def test_an_id_that_no_record_has_is_named_after_those_that_are_there(
    run_cli: RunCli, store: Path, more: list[str]
) -> None:
    code, out, err = run_cli("inspect", store, "--id", "urn:none", "--id", "urn:1", *more)
    assert code == WRONG_USAGE
    assert complaint(err).endswith(": no record with the id urn:none")
    assert ("urn:1" in out) is ("--random" not in more)


def test_a_record_that_contradicts_itself_is_named(run_cli: RunCli, record_of: RecordOf) -> None:
    record = json.loads(encode(record_of(f"{PROSE}\nAdvertisement", id="urn:\x1b[2J")))
    line = json.dumps({**record, "text": ""}).encode()
    code, _, err = run_cli("inspect", "-", "--kind", "ad_marker", stdin=line)
    assert code == WRONG_USAGE
    assert complaint(err).startswith(r"cleancopy: -: record urn:\x1b[2J: ")


def test_a_bad_line_spoils_the_summary(run_cli: RunCli, store: Path) -> None:
    with (store / "records" / "b.jsonl").open("a") as part:
        part.write("{\n")
    code, out, err = run_cli("inspect", store, "--json")
    assert (code, out) == (WRONG_USAGE, "")
    assert "b.jsonl:3: not a record" in complaint(err)


# Nothing found is an answer.


@pytest.mark.parametrize(
    "filters",
    [
        ["--kind", "caption"],
        ["--rule", "mid-day.com/"],
        ["--publisher", "c.org"],
        ["--flag", "over_budget"],
        ["--id", "urn:1", "--flag", "empty"],
        ["--publisher", "a.org", "--unsure", "--random", "1"],
        ["--rule", "caption", "--json"],
    ],
    ids=" ".join,
)
def test_no_match_is_told_on_standard_error(run_cli: RunCli, store: Path, filters: list[str]) -> None:
    assert run_cli("inspect", store, *filters) == (DONE, "", "cleancopy: no record matches\n")


# The summary.


def test_the_summary_of_a_store_counts_what_is_there(run_cli: RunCli, store: Path) -> None:
    code, out, err = run_cli("inspect", store)
    assert (code, err) == (DONE, "")
    assert out.startswith("4 records of 3 articles; 28 of 401 characters taken out (7.0%)\n")
    for words in ("b.org 2", "en/advertisement 1 1 14", "field:byline 1 1 14", "empty 1", "bad_json 1", "bad_row 1"):
        assert any(" ".join(line.split()).startswith(words) for line in out.splitlines()), words


def test_the_summary_for_scripts_has_the_keys_that_the_docs_name(run_cli: RunCli, store: Path) -> None:
    code, out, _ = run_cli("inspect", store, "--json")
    (summary,) = [json.loads(line) for line in out.splitlines()]
    assert code == DONE
    docs = (Path(__file__).parents[3] / "docs" / "inspecting.md").read_text()
    assert all(f"| `{key}` |" in docs for key in summary)
    assert (summary["records"], summary["articles"], summary["characters"], summary["kept"]) == (4, 3, 401, 373)
    assert summary["quarantine"] == {"bad_json": 1, "bad_row": 1}
    assert summary["kinds"][0] == {"name": "ad_marker", "pieces": 1, "characters": 14, "records": 1}
    assert [group["name"] for group in summary["publishers"]] == ["b.org", None, "a.org"]


def test_a_file_and_standard_input_have_no_quarantine(run_cli: RunCli, store: Path) -> None:
    part = store / "records" / "a.jsonl"
    _, of_file, _ = run_cli("inspect", part, "--json")
    _, of_stream, _ = run_cli("inspect", "-", "--json", stdin=part.read_bytes())
    assert of_file == of_stream
    assert json.loads(of_file)["quarantine"] is None
    assert "set aside" not in run_cli("inspect", part)[1]


# Records.


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (["--id", "urn:2"], [1, 3]),
        (["--id", "urn:1", "--id", "urn:3"], [0, 2]),
        (["--kind", "byline", "--kind", "ad_marker"], [0, 1]),
        (["--rule", "en/"], [1]),
        (["--rule", "field:byline"], [0]),
        (["--publisher", "b.org"], [1, 3]),
        (["--publisher", "b.org", "--kind", "ad_marker"], [1]),
        (["--flag", "empty"], [2]),
        (["--unsure"], [2]),
        (["--random", "9"], [0, 1, 2, 3]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_filters_select_records_as_they_are_stored(
    run_cli: RunCli, store: Path, filters: list[str], numbers: list[int]
) -> None:
    code, out, err = run_cli("inspect", store, *filters, "--json")
    assert (code, err) == (DONE, "")
    assert out.splitlines(keepends=True) == [lines(store)[number] for number in numbers]


def test_lines_for_scripts_keep_their_bytes(run_cli: RunCli, record_of: RecordOf) -> None:
    """Other spacing, escapes and keys than ours, and no break at the end."""
    record: dict[str, Any] = json.loads(encode(record_of("Räin.", id="urn:1")))
    line = json.dumps({"later": 1, **record}, indent=None, separators=(", ", " : ")).encode()
    _, out, _ = run_cli("inspect", "-", "--id", "urn:1", "--json", stdin=line)
    assert out.encode() == line + b"\n"


def test_a_seed_draws_the_same_records_again(run_cli: RunCli, store: Path) -> None:
    drawn = {run_cli("inspect", store, "--random", "2", "--seed", str(seed), "--json")[1] for seed in [5] * 3}
    assert len(drawn) == 1
    assert len(drawn.pop().splitlines()) == 2


def test_matching_records_are_shown_one_after_the_other(run_cli: RunCli, store: Path) -> None:
    code, out, err = run_cli("inspect", store, "--kind", "byline", "--kind", "ad_marker")
    assert (code, err) == (DONE, "")
    first, second = out.split("═ 2 ═")
    assert "[-By Ann Author-]" in first
    assert "[-Advertisement-]" in second
    assert "\x1b" not in out
