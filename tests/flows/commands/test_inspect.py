import json
import re
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
        ["--rule", "model:"],
    ],
    ids=" ".join,
)
def test_no_match_is_told_on_standard_error(run_cli: RunCli, store: Path, filters: list[str]) -> None:
    assert run_cli("inspect", store, *filters) == (DONE, "", "cleancopy: no record matches\n")


# Lines in doubt.


@pytest.fixture
def doubtful(tmp_path: Path, store: Path, record_of: RecordOf) -> Path:
    """The store, and a record of many lines that no rule knows, some of which the model is not sure of."""
    text = f"Home\nVillage life\n{PROSE}\n{PROSE}\nBig tower, small lake\nElsewhere today\nOur pages\nAdvertisement"
    (store / "records" / "c.jsonl").write_bytes(encode(record_of(text, id="urn:4", publisher="d.org", language="en")))
    return tmp_path


def test_unsure_of_a_store_without_records_says_so(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    code, out, err = run_cli("inspect", tmp_path, "--unsure")
    assert (code, out) == (WRONG_USAGE, "")
    assert "no records" in complaint(err)
    assert run_cli("inspect", "-", "--unsure") == (DONE, "", "cleancopy: no record matches\n")


def test_phrases_go_with_unsure(run_cli: RunCli, store: Path) -> None:
    for option in (["--phrases", str(store)], ["--disable", "en/advertisement"]):
        code, out, err = run_cli("inspect", store, *option)
        assert (code, out) == (WRONG_USAGE, "")
        assert "--phrases and --disable go with --unsure" in complaint(err)


def test_phrases_that_settings_name_are_in_no_ones_way(
    run_cli: RunCli, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/settings.md began with a file after which `inspect` could not be used."""
    monkeypatch.setenv("CLEANCOPY_DISABLE", "en/advertisement")
    assert run_cli("inspect", store)[0] == DONE


def test_unsure_lists_lines_that_phrases_new_takes(run_cli: RunCli, doubtful: Path) -> None:
    code, out, err = run_cli("inspect", doubtful, "--unsure")
    assert (code, err) == (DONE, "")
    header, *places, empty, command = out.splitlines()[1:]
    assert out.splitlines()[0] == "urn:3: empty"
    assert header.startswith("urn:4: ")
    assert empty == ""
    assert command == f"make a phrase of a line: cleancopy phrases new PUBLISHER --from {doubtful} ID:LINE"
    place, score, decision, words = places[0].split(maxsplit=3)
    assert 0.5 <= float(score) < 0.97
    assert decision in {"kept", "moved", "removed"}
    code, _, err = run_cli("phrases", "new", "d.org", "--from", doubtful, place, "--dir", doubtful / "mine")
    assert (code, err) == (DONE, "")
    assert words in (doubtful / "mine" / "d.org.yaml").read_text()


def test_unsure_for_scripts_is_an_object_a_line(run_cli: RunCli, doubtful: Path) -> None:
    _, out, _ = run_cli("inspect", doubtful, "--unsure", "--json")
    first, *others = [json.loads(line) for line in out.splitlines()]
    assert (first["id"], first["line"], first["reason"]) == ("urn:3", None, "empty")
    assert others
    docs = (Path(__file__).parents[3] / "docs" / "inspecting.md").read_text()
    for line in others:
        assert all(f"| `{key}` |" in docs for key in line)
        assert line["id"] == "urn:4"
        assert line["reason"].count("(") == 3
    assert run_cli("inspect", doubtful, "--unsure", "--json", "--publisher", "D.org")[1] == "".join(
        line + "\n" for line in out.splitlines()[1:]
    )


def test_unsure_can_be_drawn_at_random(run_cli: RunCli, doubtful: Path) -> None:
    drawn = {
        run_cli("inspect", doubtful, "--unsure", "--random", "1", "--seed", str(seed))[1].partition(":4")[0]
        for seed in range(20)
    }
    assert len(drawn) == 2


def test_records_of_another_model_are_told_once(run_cli: RunCli, doubtful: Path) -> None:
    for part in (doubtful / "records").iterdir():
        part.write_text(re.sub(r'"model":"\w+"', '"model":null', part.read_text()))
    code, _, err = run_cli("inspect", doubtful, "--unsure")
    assert code == DONE
    assert "another model: 5;" in complaint(err)


def test_a_line_that_ones_own_phrase_takes_is_not_in_doubt(run_cli: RunCli, doubtful: Path) -> None:
    _, before, _ = run_cli("inspect", doubtful, "--unsure", "--json", "--id", "urn:4")
    text = json.loads(before.splitlines()[0])["text"]
    (doubtful / "mine").mkdir()
    (doubtful / "mine" / "en.yaml").write_text(
        f"language: en\nphrases:\n  - id: own\n    kind: ui_junk\n    text: {text!r}\n"
        f"    matches: [{text!r}]\n    keeps: [Rain.]\n"
    )
    _, after, _ = run_cli("inspect", doubtful, "--unsure", "--json", "--phrases", doubtful / "mine")
    assert text in before
    assert text not in [json.loads(line)["text"] for line in after.splitlines()]


def test_the_models_removals_are_counted_and_found_by_their_rule(
    run_cli: RunCli, tmp_path: Path, record_of: RecordOf
) -> None:
    head = ["Home", "Sport", "Council closes the old bridge", "By Jane Doe", "3 May 2024, 10:15"]
    tail = [
        "Related stories",
        "Another story about the lake",
        "Big story about the tower",
        "Sign in",
        "Privacy policy",
    ]
    record = record_of("\n".join([*head, PROSE, PROSE, *tail]), id="urn:5", language="en")
    (tmp_path / "records.jsonl").write_bytes(encode(record) + encode(record_of("Rain.", id="urn:6")))
    rule = f"model:{record.cleaner.model}"
    _, out, _ = run_cli("inspect", tmp_path)
    assert [line.split()[1] for line in out.splitlines() if line.startswith(rule)] == ["1"]
    for wanted in ("model:", rule):
        assert run_cli("inspect", tmp_path, "--rule", wanted, "--json")[1].encode() == encode(record)


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


def test_show_gives_the_last_version_of_an_article_and_says_how_many_there_are(
    run_cli: Callable[..., tuple[int, str, str]], rows: Callable[..., Path], tmp_path: Path
) -> None:
    for text in ("Rain.", "Snow.", "Hail."):
        run_cli(
            "clean",
            rows({"id": "1", "text": text}, {"id": "2", "text": "Fog."}),
            "--out",
            tmp_path / "out",
            "--direct",
        )
    _, out, _ = run_cli("show", tmp_path / "out", "--id", "1")
    assert "Hail." in out
    assert "Rain." not in out
    assert out.endswith("the last of 3 versions\n")
    assert "versions" not in run_cli("show", tmp_path / "out", "--id", "2")[1]
