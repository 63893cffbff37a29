import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaners import load_phrases
from cleaners.document import Kind
from flows.record import Record, encode

RunCli = Callable[..., tuple[int, str, str]]
RecordOf = Callable[..., Record]

DONE, WRONG_USAGE = 0, 2
PROSE = (
    "The old canal bridge was closed on Monday, and the council said that it would stay shut until the spring ends."
)
LINE = "Download the Example News app today."
GUIDE = Path(__file__).parents[3] / "docs" / "adding-a-publisher.md"
FILE = """\
publisher: example.org
names: [Example News]
phrases:
  - id: promo
    kind: app_promo
    text: "Get the Example News {what:20}"
    matches: ["Get the Example News app"]
    keeps: ["Shops get the app for free."]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path, record_of: RecordOf) -> Path:
    out = folder / "out"
    out.mkdir()
    record = record_of(f"{PROSE}\n{LINE}", id="urn:example:1", language="en")
    (out / "records.jsonl").write_bytes(encode(record))
    return out


def fill_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r'"FILL IN: [^"]*"', '"The council took the app out of the shop."', text), encoding="utf-8"
    )


def test_of_hard_wrapped_copy_the_whole_paragraph_is_taken(
    run_cli: RunCli, folder: Path, record_of: RecordOf
) -> None:
    story = "The council voted on Monday to close the old bridge over the canal\nuntil its railing has been replaced."
    promo = "Follow us for more about the bridge and the canal, and tell all of\nyour friends what they can read here"
    record = record_of(f"{story}\n\n{promo}\n\n{story}\n\n{story}", id="urn:1", language="en")
    (folder / "records.jsonl").write_bytes(encode(record))
    for line in (4, 5):
        code, _, _ = run_cli("phrases", "new", f"a{line}.org", "--from", "records.jsonl", f"urn:1:{line}")
        assert code == DONE
        assert promo.replace("\n", " ") in (folder / f"a{line}.org.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["new"], "Missing argument 'publisher'"),
        (["new", "Example News", LINE], "a domain in small letters"),
        (["new", "../example.org", LINE], "a domain in small letters"),
        (["new", "example.org", " "], "the line is empty"),
        (["new", "example.org", "half \ud800"], "lone surrogate"),
        (["new", "example.org", LINE, "--country", "India"], "two capital letters"),
        (["new", "example.org", LINE, "--from", "out", "urn:example:1:2"], "either a line or --from"),
        (["new", "example.org", "--from", "out", "urn:example:1"], "no record with the id urn:example"),
        (["new", "example.org", "--from", "out", "nonsense"], "say ID:LINE"),
        (["new", "example.org", "--from", "out", "urn:example:1:9"], "no words in line 9 of 2"),
        (["new", "example.org", "--from", "out", "urn:example:2:1"], "no record with the id urn:example:2"),
        (["new", "example.org", "--from", "nowhere", "urn:example:1:1"], "nowhere: cannot be read"),
        (["new", "example.org", LINE, "--kind", "nonsense"], "'nonsense' is not one of"),
        (["check"], "Missing argument"),
        (["check", "nowhere.yaml"], "1 of what was checked cannot be used"),
        (["check", "out"], "no phrase files"),
        (["list", "--kind", "nonsense"], "'nonsense' is not one of"),
        (["explain"], "either the ID of a phrase or --text"),
        (["explain", "a.org/b", "--text", "c"], "either the ID of a phrase or --text"),
        (["explain", "a.org/nothing"], "no phrase has the id 'a.org/nothing'"),
        ([], "Missing command"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    run_cli: RunCli, store: Path, arguments: list[str], complaint: str
) -> None:
    code, _, err = run_cli("phrases", *arguments)
    assert code == WRONG_USAGE
    assert complaint in err
    assert err.count("\n") == 1
    assert [path.name for path in store.parent.iterdir()] == ["out"]


def test_a_draft_is_refused_until_a_person_says_what_must_stay(run_cli: RunCli, folder: Path) -> None:
    code, out, _ = run_cli("phrases", "new", "example.org", LINE, "--name", "Example News", "--country", "IN")
    assert (code, out.partition(":")[0]) == (DONE, "example.org.yaml")
    code, out, err = run_cli("phrases", "check", folder)
    assert code == WRONG_USAGE
    assert out.startswith(f"{folder}/example.org.yaml:5: example.org/app-promo is a draft: fill in 'FILL IN")
    assert err == "cleancopy: 1 of what was checked cannot be used\n"
    code, _, err = run_cli("clean", "-", "--phrases", folder)
    assert (code, "is a draft" in err) == (WRONG_USAGE, True)

    fill_in(folder / "example.org.yaml")
    assert run_cli("phrases", "check", folder) == (DONE, "1 phrases can be used, 0 warnings\n", "")
    row = json.dumps({"id": "1", "text": f"{PROSE}\n{LINE}"}).encode() + b"\n"
    code, out, _ = run_cli("clean", "-", "--phrases", folder, stdin=row)
    assert (code, json.loads(out)["text"]) == (DONE, PROSE)


def test_a_second_phrase_goes_below_the_first_and_gets_an_id_of_its_own(run_cli: RunCli, folder: Path) -> None:
    (folder / "example.org.yaml").write_text(FILE, encoding="utf-8")
    for line in (LINE, "Download the Example News app {now} for 2024, see https://example.org/app?a=1"):
        assert run_cli("phrases", "new", "example.org", line, "--kind", "app_promo")[0] == DONE
    fill_in(folder / "example.org.yaml")
    assert run_cli("phrases", "check", folder)[0] == DONE
    library = load_phrases(folder)
    texts = {p.id: p.text for p in library.phrases if p.publisher == "example.org"}
    assert texts == {
        "example.org/promo": "Get the Example News {what:20}",
        "example.org/app-promo": LINE,
        "example.org/app-promo-2": "Download the Example News app {{now}} for {year:4}, see {url:120}",
    }


def test_a_file_that_does_not_end_in_its_phrases_stays_as_it_was(run_cli: RunCli, folder: Path) -> None:
    path = folder / "example.org.yaml"
    path.write_text(FILE.replace("names: [Example News]\n", "") + "names: [Example News]\n", encoding="utf-8")
    before = path.read_bytes()
    assert run_cli("phrases", "new", "example.org", LINE)[0] == WRONG_USAGE
    assert (path.read_bytes(), [p.name for p in folder.iterdir()]) == (before, ["example.org.yaml"])


def test_a_line_of_a_store_knows_its_place(run_cli: RunCli, store: Path, folder: Path) -> None:
    code, _, err = run_cli("phrases", "new", "example.org", "--from", store, "urn:example:1:2", "--dir", "own")
    assert (code, err) == (DONE, "")
    fill_in(folder / "own" / "example.org.yaml")
    (phrase,) = (p for p in load_phrases(folder / "own").phrases if p.publisher == "example.org")
    assert (phrase.matches, phrase.where, phrase.kind) == ((LINE,), "tail", Kind.APP_PROMO)


def test_a_known_publishers_names_and_country_are_kept(run_cli: RunCli, folder: Path) -> None:
    assert run_cli("phrases", "new", "ndtv.com", "Watch NDTV on your phone")[0] == DONE
    fill_in(folder / "ndtv.com.yaml")
    library = load_phrases(folder)
    assert (library.resolve("NDTV"), library.country("ndtv.com")) == ("ndtv.com", "IN")


def more(identity: str, text: str, matches: str, keeps: str = "By luck.") -> str:
    return f'  - {{id: {identity}, kind: ui_junk, text: "{text}", matches: ["{matches}"], keeps: ["{keeps}"]}}\n'


@pytest.mark.parametrize(
    ("added", "warning"),
    [
        (
            more("more", "Get the Example News {all:60}", "Get the Example News now"),
            "example.org/promo is never needed: example.org/more takes each of its lines",
        ),
        (
            more("same", "get the example news {what:20}", "Get the Example News x"),
            "example.org/same says the same as example.org/promo",
        ),
        (
            more("near", "Shut the door", "Shut the door", "Get the Example News dog."),
            "example.org/near must keep 'Get the Example News dog.', which example.org/promo takes",
        ),
        (more("good", "More by luck than {what:90}", "More by luck than skill"), None),
    ],
)
def test_what_loads_but_is_of_no_use_or_does_harm_is_a_warning(
    run_cli: RunCli, folder: Path, added: str, warning: str | None
) -> None:
    path = folder / "example.org.yaml"
    path.write_text(FILE + added, encoding="utf-8")
    code, out, err = run_cli("phrases", "check", path)
    assert (code, err) == (DONE, "")
    found = [line.partition(": warning: ")[2] for line in out.splitlines() if "warning: " in line]
    assert (warning in found) if warning else not found


def test_a_phrase_that_takes_what_the_library_must_keep_is_warned_of(run_cli: RunCli, folder: Path) -> None:
    (folder / "en.yaml").write_text(
        'language: en\nphrases:\n  - {id: own, kind: ui_junk, text: "The advertisement ran for {long:20}",'
        ' matches: ["The advertisement ran for a year"], keeps: ["It ran."]}\n',
        encoding="utf-8",
    )
    _, out, _ = run_cli("phrases", "check", folder)
    assert "en/own takes what en/advertisement must keep: 'The advertisement ran for two weeks.'" in out


def test_list_filters_and_tells_all_as_json(run_cli: RunCli) -> None:
    code, out, _ = run_cli("phrases", "list", "--publisher", "Mid-Day", "--kind", "app_promo", "--text", "gossip")
    assert (code, [line.split("  ")[0] for line in out.splitlines()]) == (DONE, [])
    code, out, _ = run_cli("phrases", "list", "--publisher", "Mid-Day", "--kind", "app_promo", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert "mid-day.com/app-promo" in [phrase["id"] for phrase in told]
    assert {(phrase["kind"], phrase["action"]) for phrase in told} == {("app_promo", "remove")}
    assert all(phrase["matches"] and phrase["keeps"] for phrase in told)
    _, out, _ = run_cli("phrases", "list", "--language", "de", "--kind", "correction_note")
    assert out.splitlines()
    assert all(line.startswith("de/") and "  flag  " in line for line in out.splitlines())


def test_explain_tells_what_a_phrase_is_and_works_on(run_cli: RunCli) -> None:
    code, out, _ = run_cli("phrases", "explain", "ndtv.com/read-time")
    assert code == DONE
    assert "works_on sentences of texts of ndtv.com\n" in out
    code, out, _ = run_cli("phrases", "explain", "en/advertisement", "--json")
    assert json.loads(out)["works_on"].startswith("whole lines of texts in en")


@pytest.mark.parametrize(
    ("arguments", "identity", "reason"),
    [
        (["Read more: Harbour grows"], "en/read-more-headline", "takes it: the whole line"),
        (["Read Time: 3 mins", "--publisher", "NDTV"], "ndtv.com/read-time", "takes it: the whole line"),
        (["Watch Live News: Follow Us:"], "ndtv.com/watch-live", "works on text of ndtv.com only"),
        (["Anzeige", "--language", "fr"], "de/anzeige", "is a phrase of the language de"),
        (["Leave a comet"], "en/leave-comment", "the line does not go on with 'ment'"),
        (["Leave a comment to history"], "en/leave-comment", "but a common phrase is a whole line"),
    ],
)
def test_explain_tells_which_phrase_takes_a_line_and_what_the_nearest_miss(
    run_cli: RunCli, arguments: list[str], identity: str, reason: str
) -> None:
    code, out, _ = run_cli("phrases", "explain", "--text", *arguments)
    assert code == DONE
    assert any(line.startswith(f"{identity}  ") and reason in line for line in out.splitlines()), out


def test_a_line_that_is_near_nothing_is_told(run_cli: RunCli) -> None:
    assert run_cli("phrases", "explain", "--text", "zzz") == (DONE, "", "cleancopy: no phrase comes near this line\n")


@pytest.mark.usefixtures("store")
@pytest.mark.slow
def test_the_guide_for_newcomers_works_as_it_is_written(run_cli: RunCli, folder: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL) for line in block.splitlines()]
    (keeps,) = re.findall(r"```yaml\n    keeps:\n      - (.*?)\n```", guide)
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text(f"{PROSE}\n{LINE}\n", encoding="utf-8")
    assert len(commands) == 6
    for command in commands:
        if " new " not in command:
            path = folder / "my-phrases" / "example.org.yaml"
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r'"FILL IN: [^"]*"', lambda _: keeps, text), encoding="utf-8")
        name, *arguments = shlex.split(command.replace("--out tried", "--out tried --direct --quiet"))
        code, out, err = run_cli(*arguments)
        assert (name, code) == ("cleancopy", DONE), (command, out, err)
        if " explain " in command:
            assert out.startswith("example.org/app-promo  app_promo  takes it")
    records = "".join(p.read_text(encoding="utf-8") for p in (folder / "tried" / "records").iterdir())
    assert json.loads(records)["text"].strip() == PROSE
