import gzip
import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from flows.job import Job
from flows.record import CLEANER_VERSION
from flows.store.errors import StoreError

RunCli = Callable[..., tuple[int, str, str]]
Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

DONE, SET_ASIDE, WRONG_USAGE, STOPPED = 0, 1, 2, 3
PATIENCE = 60
ADVERT = "Rain fell.\nAdvertisement\nSun came."


def complaint(err: str) -> str:
    """The one line on standard error."""
    (line,) = err.splitlines()
    assert line.startswith("cleancopy: ")
    return line


def jsonl(*values: Any) -> bytes:  # noqa: ANN401 - JSON is anything
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run that is fed while it goes on."""
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0) as process:
        try:
            yield process
        finally:
            process.kill()


def next_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert readable, "nothing was written in time"
    return process.stdout.readline()


def feed(process: subprocess.Popen[bytes], *values: Any) -> None:  # noqa: ANN401 - JSON is anything
    assert process.stdin is not None
    process.stdin.write(jsonl(*values))


# Wrong usage: exit code 2, one line that names the thing, nothing done.


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nonsense"], "'nonsense'"),
        (["clean"], "inputs"),
        (["clean", "a.txt", "--nonsense"], "--nonsense"),
        (["clean", "a.txt"], "--out"),
        (["clean", "a.txt", "--out"], "--out"),
        (["clean", "-", "a.txt"], "- reads rows"),
        (["clean", "a.txt", "-"], "- reads rows"),
        (["clean", "-", "--out", "out"], "--out"),
        (["restore"], "records"),
        (["show"], "records"),
        (["inspect"], "records"),
        (["restore", "nowhere"], "nowhere: cannot be read"),
        (["show", "nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
        (["inspect", "nowhere"], "nowhere: cannot be read"),
        (["clean", "nowhere.txt", "--out", "out", "--direct"], "nowhere.txt"),
        (["clean", "nowhere.txt", "--out", "out"], "nowhere.txt"),
        (["clean", "-", "--disable", "example.org/none"], "'example.org/none'"),
        (["clean", "-", "--phrases", "nowhere"], "nowhere: no phrase files"),
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_2_and_one_line_that_names_the_thing(
    run_cli: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run_cli(*arguments)
    assert (code, out) == (WRONG_USAGE, "")
    assert named in complaint(err)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_format_and_an_empty_folder_are_named(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("Rain.")
    for given, named in ((tmp_path / "a.pdf", "a.pdf: not one of the formats"), (tmp_path, f"{tmp_path}: no .txt")):
        code, _, err = run_cli("clean", given, "--out", tmp_path / "out", "--direct")
        assert code == WRONG_USAGE
        assert named in complaint(err)


def test_an_unknown_phrase_to_disable_is_named_before_anything_is_done(
    run_cli: RunCli, rows: Rows, tmp_path: Path
) -> None:
    file = rows({"text": "Rain."})
    code, _, err = run_cli("clean", file, "--out", tmp_path / "out", "--direct", "--disable", "en/none")
    assert code == WRONG_USAGE
    assert "'en/none'" in complaint(err)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "line"),
    [("publisher: example.org\nphrases: [\n", 3), ("language: en\nnonsense: 1\n", 2), ("", 1)],
    ids=["no yaml", "unknown key", "empty"],
)
def test_a_phrase_file_that_cannot_be_used_is_named_with_its_line(
    run_cli: RunCli, tmp_path: Path, content: str, line: int
) -> None:
    (tmp_path / "own.yaml").write_text(content)
    code, out, err = run_cli("clean", "-", "--phrases", tmp_path, stdin=jsonl({"text": "Rain."}))
    assert (code, out) == (WRONG_USAGE, "")
    assert complaint(err).startswith(f"cleancopy: {tmp_path}/own.yaml:{line}: ")


def test_a_store_that_cannot_be_written_is_named(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    file = rows({"text": "Rain."})
    outs = [file, file / "below", *([Path("/sys/cleancopy-test")] if os.geteuid() == 0 else [])]
    for out in outs:
        code, _, err = run_cli("clean", file, "--out", out, "--direct")
        assert code == WRONG_USAGE
        assert complaint(err).startswith(f"cleancopy: {out}/records: cannot be written: ")
    assert list(tmp_path.iterdir()) == [file]


def test_an_id_that_no_record_has_is_named(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    run_cli("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct")
    code, out, err = run_cli("show", tmp_path / "out", "--id", "urn:none")
    assert (code, out) == (WRONG_USAGE, "")
    assert complaint(err).endswith("out: no record with the id urn:none")


@pytest.mark.parametrize("verb", ["show", "restore", "inspect"])
def test_a_line_that_is_no_record_is_named_with_its_file(run_cli: RunCli, rows: Rows, verb: str) -> None:
    file = rows({"text": "Rain."})
    code, out, err = run_cli(verb, file)
    assert (code, out) == (WRONG_USAGE, "")
    assert complaint(err).startswith(f"cleancopy: {file}:1: not a record: ")


def test_restore_of_a_folder_without_records_is_an_error(run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("restore", tmp_path)[0] == WRONG_USAGE


def test_a_record_that_contradicts_itself_is_named(run_cli: RunCli) -> None:
    _, out, _ = run_cli("clean", "-", stdin=jsonl({"id": "urn:example:1", "text": ADVERT}))
    record = {**json.loads(out), "text": ""}
    code, _, err = run_cli("restore", "-", stdin=jsonl(record))
    assert code == WRONG_USAGE
    assert "urn:example:1" in complaint(err)


# Set aside: exit code 1, a line for each.


def test_bad_rows_are_told_with_file_and_line_and_the_rest_is_stored(
    run_cli: RunCli, rows: Rows, tmp_path: Path, stored: Stored
) -> None:
    file = rows({"text": "Rain."}, b"{", {"text": "Snow."}, {"id": 1})
    code, out, err = run_cli("clean", file, "--out", tmp_path / "out", "--direct")
    assert code == SET_ASIDE
    first, second = err.splitlines()
    assert first.startswith("cleancopy: rows.jsonl:2: bad_json: ")
    assert second.startswith("cleancopy: rows.jsonl:4: bad_row: ")
    assert out.startswith("2 records: 2 new, ")
    assert len(stored()) == len(stored("quarantine")) == 2


def test_only_the_first_ten_of_many_bad_rows_are_told_on_standard_error(
    run_cli: RunCli, rows: Rows, tmp_path: Path, stored: Stored
) -> None:
    code, _, err = run_cli("clean", rows(*[b"{"] * 30), "--out", tmp_path / "out", "--direct")
    assert code == SET_ASIDE
    assert len(err.splitlines()) == 10
    assert len(stored("quarantine")) == 30


def test_a_file_name_with_a_line_break_is_told_on_one_line(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    rows(b"{", name="in/a\nb.jsonl")
    _, _, err = run_cli("clean", tmp_path / "in", "--out", tmp_path / "out", "--direct")
    complaint(err)


def test_a_file_name_with_escape_sequences_is_told_with_them_spelt_out(
    run_cli: RunCli, rows: Rows, tmp_path: Path
) -> None:
    rows(b"{", name="in/a\x1b[2J\u202e.jsonl")
    _, _, err = run_cli("clean", tmp_path / "in", "--out", tmp_path / "out", "--direct")
    assert complaint(err).startswith(r"cleancopy: a\x1b[2J\u202e.jsonl:1: ")


def test_a_truncated_gzip_is_told_and_what_came_before_is_stored(
    run_cli: RunCli, tmp_path: Path, stored: Stored
) -> None:
    whole = gzip.compress(jsonl(*({"text": f"{n} {os.urandom(200).hex()}"} for n in range(100))))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    code, _, err = run_cli("clean", tmp_path / "a.jsonl.gz", "--out", tmp_path / "out", "--direct")
    assert code == SET_ASIDE
    assert complaint(err).startswith("cleancopy: a.jsonl.gz: bad_compression: ")
    assert 20 < len(stored()) < 80


def test_a_stream_tells_bad_rows_with_their_line_and_goes_on(run_cli: RunCli) -> None:
    rows = jsonl({"id": "1", "text": "Rain."}) + b"\n{\n" + jsonl({"id": "2", "text": "Snow."}, [])
    code, out, err = run_cli("clean", "-", stdin=rows)
    assert code == SET_ASIDE
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", "2"]
    first, second = err.splitlines()
    assert first.startswith("cleancopy: -:3: bad_json: ")
    assert second == "cleancopy: -:5: bad_row: a row must be a JSON object"


# Stopped: exit code 3.


def test_a_store_that_was_tampered_with_is_refused_with_advice(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_cli("clean", rows({"text": "Rain."}), "--out", out, "--direct")
    (out / "records" / "a.jsonl").write_text('{"id": "1", "ver')
    code, _, err = run_cli("clean", rows({"text": "Rain."}), "--out", out, "--direct")
    assert code == STOPPED
    assert complaint(err) == (
        f"cleancopy: {out}/records/a.jsonl: was not committed by this store; "
        f"`cleancopy repair {out}` rebuilds the state from the records"
    )


def test_a_run_that_is_interrupted_leaves_with_3_and_one_line(
    run_cli: RunCli, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Job, _stop: object, **_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Job, "run_all", interrupted)
    code, _, err = run_cli("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct")
    assert code == STOPPED
    assert complaint(err) == "cleancopy: stopped; what was committed stays"


@pytest.mark.parametrize(("started", "code"), [(True, STOPPED), (False, WRONG_USAGE)])
def test_a_store_error_leaves_with_3_only_once_the_run_has_started(
    run_cli: RunCli,
    rows: Rows,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    started: bool,
    code: int,
) -> None:
    def full(_: Job, _stop: object, **_given: object) -> None:
        raise StoreError("p.jsonl: cannot be written:\nNo space left on device", started=started)

    monkeypatch.setattr(Job, "run_all", full)
    left, _, err = run_cli("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct")
    assert left == code
    assert complaint(err) == "cleancopy: p.jsonl: cannot be written: No space left on device"


_FILLS_THE_DISK = """
import resource, signal, sys
from flows import cli, job
job.SHARD_BYTES = 1
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, 80_000))
cli.main()
"""


@pytest.mark.slow
def test_a_full_disk_leaves_with_3_and_the_shards_before_stay(rows: Rows, tmp_path: Path, stored: Stored) -> None:
    rows({"text": "Rain."}, name="in/a.jsonl")
    rows({"text": "x" * 90_000}, name="in/b.jsonl")
    out = tmp_path / "out"
    command = [sys.executable, "-c", _FILLS_THE_DISK, "clean", str(tmp_path / "in"), "--out", str(out), "--direct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == STOPPED
    assert complaint(done.stderr).endswith("-00002-00001.jsonl: cannot be written: File too large")
    assert [line["text"] for line in stored()] == ["Rain."]
    assert len(list((out / "records").iterdir())) == 1


def test_an_interrupted_stream_leaves_with_3_and_one_line(command: str) -> None:
    with running(command, "clean", "-") as process:
        feed(process, {"id": "1", "text": "Rain."})
        assert json.loads(next_line(process))["id"] == "1"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == STOPPED
    assert complaint(err.decode()) == "cleancopy: stopped; what was committed stays"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_leaves_with_3_and_one_line(
    execute: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = execute("clean", "-", input=jsonl({"text": "Rain."}), stdout=full)
    assert done.returncode == STOPPED
    complaint(done.stderr.decode())


# All done: exit code 0.


def test_the_installed_command_cleans_a_folder(
    execute: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path, stored: Stored
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ADVERT)
    done = execute("clean", "in", "--out", "out", "--direct", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert done.stdout.decode().splitlines()[0] == (
        "1 record: 1 new, 0 updated, 0 unchanged; 14 of 34 characters taken out (41.2%)"
    )
    assert [line["text"] for line in stored()] == ["Rain fell.\nSun came."]


def test_the_installed_command_leaves_with_2_and_one_line(
    execute: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    done = execute("clean", "nowhere", "--out", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (WRONG_USAGE, b"")
    assert complaint(done.stderr.decode()) == "cleancopy: nowhere: no such file or folder"


def test_a_second_run_says_that_nothing_changed(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    file = rows({"id": "1", "text": "Rain."})
    assert run_cli("clean", file, "--out", tmp_path / "out", "--direct")[0] == DONE
    code, out, err = run_cli("clean", file, "--out", tmp_path / "out", "--direct")
    assert (code, err) == (DONE, "")
    assert out.startswith("1 record: 0 new, 0 updated, 1 unchanged; 1 file not read again\n")


def test_options_reach_the_cleaning_of_a_stream(run_cli: RunCli) -> None:
    prose = (
        "The canal bridge was closed on Monday, and the council said that it would stay shut until the spring ends."
    )
    text = f"LONDON (Reuters) - {prose}\nAdvertisement\n{prose}"
    code, out, _ = run_cli(
        "clean", "-", "--disable", "en/advertisement", "--strip-datelines", stdin=jsonl({"text": text})
    )
    assert code == DONE
    assert json.loads(out)["text"] == f"{prose}\nAdvertisement\n{prose}"


def test_a_stream_gives_one_record_for_each_row_in_order(run_cli: RunCli) -> None:
    code, out, err = run_cli("clean", "-", stdin=jsonl(*({"id": n, "text": f"Rain {n}."} for n in range(50))))
    assert (code, err) == (DONE, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [str(n) for n in range(50)]


def test_an_empty_stream_gives_nothing(run_cli: RunCli) -> None:
    assert run_cli("clean", "-", stdin=b"") == (DONE, "", "")


def test_the_first_record_comes_before_standard_input_ends(command: str) -> None:
    with running(command, "clean", "-") as process:
        feed(process, {"id": "1", "text": "Rain."})
        assert json.loads(next_line(process))["id"] == "1"
        assert process.poll() is None
        out, err = process.communicate(jsonl({"id": "2", "text": "Snow."}), timeout=PATIENCE)
    assert json.loads(out)["id"] == "2"
    assert (process.returncode, err) == (DONE, b"")


_TELLS_MODULES = """
import sys
from flows import cli
try:
    cli.main()
finally:
    heavy = {"prefect", "rich.console", "flows.job", "sqlite3"}
    print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def test_a_stream_imports_no_prefect() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TELLS_MODULES, "clean", "-"],
        input=jsonl({"text": ADVERT, "url": "https://www.example.org/a"}),
        capture_output=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 1
    assert b"prefect" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no list of a process's threads")
def test_the_command_starts_no_threads_for_linear_algebra() -> None:
    counting = "import flows.cli, numpy, pathlib; print(len(list(pathlib.Path('/proc/self/task').iterdir())))"
    done = subprocess.run([sys.executable, "-c", counting], capture_output=True, check=True, timeout=PATIENCE)
    assert int(done.stdout) == 1


@pytest.mark.slow
def test_a_direct_run_imports_no_prefect(rows: Rows, tmp_path: Path) -> None:
    arguments = ["clean", str(rows({"text": ADVERT})), "--out", str(tmp_path / "out"), "--direct"]
    done = subprocess.run(
        [sys.executable, "-c", _TELLS_MODULES, *arguments], capture_output=True, check=True, timeout=PATIENCE
    )
    assert b"prefect" not in done.stderr


def test_a_stream_ends_quietly_when_nobody_reads_on(command: str) -> None:
    with running(command, "clean", "-") as process:
        feed(process, {"text": "Rain."})
        assert next_line(process)
        assert process.stdout is not None
        process.stdout.close()
        feed(process, {"text": "Snow."})
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE) == DONE
        assert process.stderr is not None
        assert process.stderr.read() == b""


def many_records(run_cli: RunCli, tmp_path: Path) -> Path:
    """More than a pipe holds."""
    _, out, _ = run_cli("clean", "-", stdin=jsonl(*({"id": n, "text": "Rain. " * 5000} for n in range(20))))
    (tmp_path / "records.jsonl").write_text(out)
    return tmp_path / "records.jsonl"


@pytest.mark.parametrize(
    "arguments",
    [["restore"], ["show"], ["inspect", "--random", "30"], ["inspect", "--random", "30", "--json"]],
    ids=" ".join,
)
def test_other_commands_end_quietly_when_nobody_reads_on(
    command: str, run_cli: RunCli, tmp_path: Path, arguments: list[str]
) -> None:
    with running(command, *arguments, str(many_records(run_cli, tmp_path))) as process:
        assert process.stdout is not None
        assert process.stdout.read(1)
        process.stdout.close()
        code = process.wait(PATIENCE)
        assert process.stderr is not None
        assert (code, process.stderr.read()) == (DONE, b"")


def test_restore_gives_the_rows_again_from_a_stream_and_from_a_store(
    run_cli: RunCli, rows: Rows, tmp_path: Path
) -> None:
    given = [
        {"id": str(n), "text": text} for n, text in enumerate([ADVERT, "", "a\x00b\r\n\u2028\x0c", "By Ann\n\n"])
    ]
    _, records, _ = run_cli("clean", "-", stdin=jsonl(*given))
    code, out, err = run_cli("restore", "-", stdin=records.encode())
    assert (code, err) == (DONE, "")
    assert [json.loads(line) for line in out.encode().splitlines()] == given

    run_cli("clean", rows(*given), "--out", tmp_path / "out", "--direct")
    code, out, err = run_cli("restore", tmp_path / "out")
    assert (code, err) == (DONE, "")
    assert [json.loads(line) for line in out.encode().splitlines()] == given


def test_show_prints_what_was_removed_and_why(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    run_cli(
        "clean",
        rows({"id": "1", "text": "Snow."}, {"id": "2", "text": ADVERT}),
        "--out",
        tmp_path / "out",
        "--direct",
    )
    code, out, err = run_cli("show", tmp_path / "out", "--id", "2")
    assert (code, err) == (DONE, "")
    assert "[-Advertisement-]" in out
    assert "en/advertisement" in out
    assert "Snow." not in out


def test_show_without_an_id_shows_the_first_record(run_cli: RunCli) -> None:
    _, records, _ = run_cli("clean", "-", stdin=jsonl({"text": "Snow."}, {"text": "Hail."}))
    code, out, _ = run_cli("show", "-", stdin=records.encode())
    assert code == DONE
    assert "Snow." in out
    assert "Hail." not in out


@pytest.mark.parametrize("verb", ["clean", "inspect", "restore", "show"])
def test_help_shows_examples(run_cli: RunCli, verb: str) -> None:
    code, out, err = run_cli(verb, "--help")
    assert (code, err) == (DONE, "")
    _, _, examples = out.partition("Examples:\n")
    lines = [line.strip() for line in examples.strip().splitlines()]
    assert len(lines) >= 2
    assert all(f"cleancopy {verb}" in line for line in lines)


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_command_the_help_names_the_commands(run_cli: RunCli, arguments: list[str]) -> None:
    code, out, err = run_cli(*arguments)
    assert (code, err) == (DONE, "")
    for verb in ("clean", "inspect", "restore", "show"):
        assert f"\n  {verb} " in out


@pytest.mark.slow
def test_restore_gives_the_bytes_of_one_file_or_of_all(
    execute: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    content = {"a.txt": "\ufeffRain.\r\nAdvertisement\r\n".encode(), "b.txt": "Été à Zürich.\n".encode("cp1252")}
    (tmp_path / "in").mkdir()
    for name, text in content.items():
        (tmp_path / "in" / name).write_bytes(text)
    execute("clean", "in", "--out", "out", "--direct", cwd=tmp_path)
    done = execute("restore", "out", "--bytes", cwd=tmp_path)
    assert done.returncode == WRONG_USAGE
    assert complaint(done.stderr.decode()).endswith("say --id ID for one, or --out DIR for all")
    assert execute("restore", "out", "--bytes", "--out", "back", cwd=tmp_path).returncode == DONE
    assert {path.name: path.read_bytes() for path in (tmp_path / "back").iterdir()} == content
    (first, _) = (json.loads(line)["id"] for line in execute("restore", "out", cwd=tmp_path).stdout.splitlines())
    assert execute("restore", "out", "--bytes", "--id", first, cwd=tmp_path).stdout == content["a.txt"]
    assert execute("restore", "out", "--id", "none", cwd=tmp_path).returncode == WRONG_USAGE


@pytest.mark.slow
def test_a_run_goes_on_when_standard_error_goes_away(rows: Rows, tmp_path: Path, stored: Stored) -> None:
    file = rows({"text": "Rain."}, *[b"{"] * 20, {"text": "Snow."})
    inner = "from flows import cli; cli.main()"
    words = [sys.executable, "-c", inner, "clean", str(file), "--out", str(tmp_path / "out")]
    read, write = os.pipe()
    os.close(read)
    for extra in ([], ["--log-json"]):
        with subprocess.Popen([*words, "--direct", *extra], stdout=subprocess.DEVNULL, stderr=write) as process:
            assert process.wait(PATIENCE) == SET_ASIDE
    os.close(write)
    assert len(stored()) == 2


@pytest.mark.slow
def test_closed_streams_lead_nowhere(rows: Rows, tmp_path: Path, stored: Stored) -> None:
    inner = f"from flows import cli; import sys; sys.argv[1:] = ['clean', {str(rows({'text': 'Rain.'}))!r}, '--out', "
    inner += f"{str(tmp_path / 'out')!r}, '--direct']; cli.main()"
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -c "$1" >&- 2>&-', sys.executable, inner], check=False, timeout=PATIENCE
    )
    assert done.returncode == DONE
    assert len(stored()) == 1


def test_a_mistake_of_ours_is_one_line_that_says_where(
    run_cli: RunCli, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: object, **_given: object) -> None:
        raise KeyError("nonsense")

    monkeypatch.setattr(Job, "run_all", mistaken)
    code, _, err = run_cli("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", "--direct")
    assert code == STOPPED
    assert re.fullmatch(
        r"cleancopy: stopped by a mistake in cleancopy: KeyError\('nonsense'\) at test_cli.py:\d+\n", err
    )


def test_the_version_is_told(run_cli: RunCli) -> None:
    assert run_cli("--version") == (DONE, f"cleancopy {CLEANER_VERSION}\n", "")


@pytest.mark.slow
def test_a_prefect_server_that_does_not_answer_is_named(
    execute: Callable[..., subprocess.CompletedProcess[bytes]], rows: Rows, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        "PREFECT_HOME": str(tmp_path / "prefect"),
    }
    done = execute("clean", rows({"text": "Rain."}), "--out", tmp_path / "out", env=environment)
    assert done.returncode == WRONG_USAGE
    assert "--direct does without it" in complaint(done.stderr.decode())
