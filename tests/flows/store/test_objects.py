"""A store by URL: on fsspec's memory, in a local folder, and on a small S3 server."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fsspec import filesystem

from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.inspection.reading import read_records
from flows.job import Job
from flows.shard import Shard
from flows.store.compacting import compact
from flows.store.errors import DamagedError, StoreError, TakenOverError
from flows.store.objects import ObjectParts, StagedObject
from flows.store.repairing import repair
from flows.store.store import Store, open_store

pytestmark = pytest.mark.slow

Rows = Callable[..., Path]
RunCli = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A bucket on a server of its own; the client finds it, and its keys, in the environment."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - imports for a second

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patched.setenv(name, "none")
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        filesystem("s3").mkdir("bucket")
        yield "s3://bucket"
    server.stop()


_numbers = count()


@pytest.fixture(params=["memory", "file", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place for a store."""
    kinds = {"memory": lambda: "memory://", "file": lambda: f"file://{tmp_path}/", "s3": lambda: None}
    root = kinds[request.param]() or f"{request.getfixturevalue('s3')}/"
    return f"{root}store-{next(_numbers)}"


@pytest.fixture
def state(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/state.db"


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def taken() -> None:
    raise TakenOverError("another run has taken the store over")


def away(*_: object) -> None:
    raise StoreError("the place is away", started=True)


def listed(place: str, folder: str = "records") -> list[str]:
    parts = ObjectParts(place)
    return sorted(parts._present(folder))  # type: ignore[arg-type] # noqa: SLF001


def said(place: str) -> list[dict[str, Any]]:
    """The manifest."""
    parts = ObjectParts(place)
    content = parts._system.cat_file(f"{parts._root}/manifest.jsonl")  # noqa: SLF001
    return [json.loads(line) for line in content.splitlines()]


def texts(place: str) -> list[str]:
    return [record.text for record in read_records(place)]


def test_a_store_elsewhere_does_what_a_local_one_does(
    place: str, state: str, rows: Rows, tmp_path: Path, run_cli: RunCli
) -> None:
    outs: dict[str, tuple[str, ...]] = {str(tmp_path / "local"): (), place: ("--state", state)}
    for snow in ("Snow.", "Hail."):
        file = rows({"id": "1", "text": "Rain."}, {"id": "2", "text": snow}, b"{")
        for out, options in outs.items():
            code, _, complaints = run_cli("clean", file, "--out", out, "--direct", *options)
            assert code == 1, complaints
    assert [texts(out) for out in outs] == [["Rain.", "Snow.", "Hail."]] * 2
    assert [part["name"] for part in said(place) if part["folder"] == "records"] == listed(place)
    for command in (["retry"], ["compact"], ["reclean", "--in-place"], ["repair"]):
        told = [run_cli(command[0], out, *command[1:], *options)[:2] for out, options in outs.items()]
        assert told[0] == told[1]
        assert [sorted(texts(out)) for out in outs] == [
            ["Hail.", "Rain."] if "retry" not in command else ["Hail.", "Rain.", "Snow."]
        ] * 2
    assert [part["name"] for part in said(place) if part["folder"] == "records"] == listed(place)
    shown = [run_cli(*command, out)[:2] for command in (["restore"], ["show"]) for out in outs]
    assert shown[0] == shown[1]
    assert shown[2][0] == shown[3][0] == 0


def test_a_store_elsewhere_needs_a_state_somewhere(place: str, rows: Rows, run_cli: RunCli) -> None:
    code, _, complaint = run_cli("clean", rows({"text": "Rain."}), "--out", place, "--direct")
    assert code == 2
    assert "--state says where it is" in complaint


@pytest.fixture
def bring(state: str, library: Library, rows: Rows) -> Callable[..., None]:
    def bring(place: str, *texts: str, run: str) -> None:
        with open_store(place, run, state=state) as store:
            file = rows(*({"text": text} for text in texts))
            Shard(store, library, name=run).run(read_documents(find_sources([file])))

    return bring


def test_what_a_run_wrote_and_did_not_register_is_never_shown_and_goes_with_the_next(
    place: str, state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(place, "Rain.", run="run-1")

    with monkeypatch.context() as patched:
        patched.setattr("flows.store.store.register", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(place, "Snow.", run="run-2")
    assert len(listed(place)) == 2
    assert texts(place) == ["Rain."]
    Store(place, "run-3", state).open(wait=False).close()
    assert len(listed(place)) == 1


def test_what_was_registered_and_not_shown_is_shown_by_the_next_run(
    place: str, state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(place, "Rain.", run="run-1")

    with monkeypatch.context() as patched:
        patched.setattr(ObjectParts, "reveal", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(place, "Snow.", run="run-2")
    assert texts(place) == ["Rain."]
    Store(place, "run-3", state).open(wait=False).close()
    assert texts(place) == ["Rain.", "Snow."]


@pytest.mark.parametrize("step", ["_upload_next", "exchange", "_remove"])
def test_a_rewriting_that_is_killed_leaves_the_old_or_the_new_records_and_no_others(
    place: str, state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for number, text in enumerate(("Rain.", "Snow.")):
        bring(place, text, run=f"run-{number}")
    store = Store(place, "run-2", state).open(wait=False)
    with monkeypatch.context() as patched:
        patched.setattr(ObjectParts, step, killed)
        with pytest.raises(KeyboardInterrupt):
            compact(store)
    store.close()
    assert texts(place) == ["Rain.", "Snow."]
    Store(place, "run-3", state).open(wait=False).close()
    assert texts(place) == ["Rain.", "Snow."]
    assert len(listed(place)) == (2 if step == "_upload_next" else 1)


def test_a_rewriting_tried_again_under_the_same_name_never_touches_what_is_committed(
    place: str, state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, text in enumerate(("Rain.", "Snow.")):
        bring(place, text, run=f"run-{number}")
    for failing in ("flows.store.objects.ObjectParts.exchange", "flows.store.store.register_anew"):
        with monkeypatch.context() as patched, open_store(place, "run-2", state=state) as store:
            patched.setattr(failing, away)
            with pytest.raises(StoreError):
                compact(store)
    Store(place, "run-3", state).open(wait=False).close()
    assert texts(place) == ["Rain.", "Snow."]


def test_objects_that_no_run_of_this_state_wrote_are_named_and_not_touched(
    place: str, state: str, bring: Callable[..., None], tmp_path: Path
) -> None:
    bring(place, "Rain.", run="run-1")
    other = f"sqlite:///{tmp_path}/other.db"
    with pytest.raises(DamagedError, match="is missing, though there are records"):
        Store(place, "run-2", other).open(wait=False)
    with pytest.raises(DamagedError, match="and is there with 0"):
        bring(f"{place}-other", "Snow.", run="run-2")
    parts = ObjectParts(place)
    parts._system.pipe_file(f"{parts._root}/records/stranger.jsonl", b"{}\n")  # noqa: SLF001
    with pytest.raises(DamagedError, match=r"stranger\.jsonl: was not committed by this store"):
        Store(place, "run-3", state).open(wait=False)
    assert len(listed(place)) == 2


def test_a_part_that_is_missing_or_cut_is_named_and_repair_keeps_the_rest(
    place: str, state: str, bring: Callable[..., None]
) -> None:
    bring(place, "Rain.", run="run-1")
    bring(place, "Snow.", run="run-2")
    parts = ObjectParts(place)
    first, second = listed(place)
    content = parts._system.cat_file(f"{parts._root}/records/{second}")  # noqa: SLF001
    parts._system.pipe_file(f"{parts._root}/records/{second}", content[:-9])  # noqa: SLF001
    with pytest.raises(DamagedError, match=f"{second}: was committed with {len(content)} bytes"):
        Store(place, "run-3", state).open(wait=False)
    done = repair(place, "run-3", state)
    assert (done.records, done.damaged) == (1, 1)
    assert texts(place) == ["Rain."]
    assert first not in listed(place)
    bring(place, "Rain.", "Snow.", run="run-4")
    assert texts(place) == ["Rain.", "Snow."]


@pytest.fixture
def two_sets(state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> str:
    """A store in memory in the middle of an exchange: the manifest says which of two sets counts."""
    place = f"memory://store-{next(_numbers)}"
    for number, text in enumerate(("Rain.", "Snow.")):
        bring(place, text, run=f"run-{number}")
    with monkeypatch.context() as patched, open_store(place, "run-2", state=state) as store:
        patched.setattr(ObjectParts, "_remove", killed)
        with pytest.raises(KeyboardInterrupt):
            compact(store)
    assert len(listed(place)) == 3
    return place


def test_an_exchange_drops_what_it_takes_the_place_of_and_nothing_else(
    place: str, state: str, bring: Callable[..., None]
) -> None:
    """What a successor of a run that was out of the world had committed by then was gone."""
    bring(place, "Rain.", run="run-1")
    with open_store(place, "run-2", state=state) as store:
        beside = ObjectParts(place)
        beside._system.pipe_file(f"{beside._root}/records/run-3-1.jsonl", b"{}\n")  # noqa: SLF001
        compact(store)
    assert [name.partition("-records")[0] for name in listed(place)] == ["run-2", "run-3-1.jsonl"]
    assert texts(place) == ["Rain."]


def test_a_run_that_was_taken_over_from_exchanges_nothing(
    place: str, state: str, bring: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(place, "Rain.", run="run-1")
    with open_store(place, "run-2", state=state) as store:
        monkeypatch.setattr(Store, "renew", lambda _: taken())
        with pytest.raises(TakenOverError):
            compact(store)
        monkeypatch.undo()
    assert len(listed(place)) == 2
    bring(place, "Rain.", run="run-3")
    assert (len(listed(place)), texts(place)) == (1, ["Rain."])


def test_two_runs_that_start_at_once_do_not_take_each_others_probes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    place = f"memory://store-{next(_numbers)}"
    system = filesystem("memory")
    pipe_file, others = type(system).pipe_file, iter([ObjectParts(place)])

    def beside(*given: Any, **options: Any) -> None:  # noqa: ANN401 - whatever fsspec takes
        pipe_file(*given, **options)
        if other := next(others, None):
            other.open()

    monkeypatch.setattr(type(system), "pipe_file", beside)
    ObjectParts(place).open()
    assert system.find(place) == []


def refusing(error: Exception, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(type(filesystem("memory")), method, refuse)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Access Denied"), OSError(5, "Service Unavailable"), ValueError()]
)
@pytest.mark.parametrize("command", [["show"], ["restore"], ["inspect"]])
def test_a_manifest_that_cannot_be_read_is_an_error_and_nothing_is_read_without_it(
    two_sets: str, run_cli: RunCli, monkeypatch: pytest.MonkeyPatch, error: Exception, command: list[str]
) -> None:
    refusing(error, "cat_file", monkeypatch)
    code, told, complaint = run_cli(*command, two_sets)
    assert (code, told) == (2, "")
    detail = getattr(error, "strerror", None) or "ValueError()"
    assert complaint == f"cleancopy: {two_sets}/manifest.jsonl: cannot be read: {detail}\n"


def test_what_the_place_or_this_machine_refuses_is_an_error_of_the_store_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"memory://store-{next(_numbers)}"
    with monkeypatch.context() as patched:
        refusing(PermissionError(13, "Access Denied"), "put_file", patched)
        staged = ObjectParts(place).stage("records", "a.jsonl")
        with pytest.raises(StoreError, match=f"^{place}/records/a.jsonl: cannot be written: Access Denied$"):
            staged.finish()
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "tempdir", str(tmp_path / "none"))
        with pytest.raises(
            StoreError, match=f"^{tmp_path}/none/cleancopy-.*: cannot be written: No such file"
        ) as none:
            ObjectParts(place).stage("records", "a.jsonl")
    assert none.value.started
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=f"^{tmp_path}/file/records.*: cannot be written: Not a directory"):
        StagedObject("records", tmp_path / "file" / "records" / "a.jsonl", lambda *_: None)
    staged = StagedObject("records", tmp_path / "a.jsonl", lambda _, path: path.unlink())
    with pytest.raises(StoreError, match=f"^{tmp_path}/a.jsonl: cannot be written: No such file"):
        staged.finish()


def break_manifest(place: str) -> None:
    parts = ObjectParts(place)
    path = f"{parts._root}/manifest.jsonl"  # noqa: SLF001
    parts._system.pipe_file(path, parts._system.cat_file(path)[:-9])  # noqa: SLF001


def test_a_manifest_with_a_bad_line_is_named_and_the_next_run_writes_it_anew(
    two_sets: str, state: str, run_cli: RunCli
) -> None:
    break_manifest(two_sets)
    code, told, complaint = run_cli("restore", two_sets)
    assert (code, told) == (3, "")
    assert complaint.startswith(f"cleancopy: {two_sets}/manifest.jsonl:1: is no line of a manifest; ")
    assert complaint.count("\n") == 1
    Store(two_sets, "run-3", state).open(wait=False).close()
    assert texts(two_sets) == ["Rain.", "Snow."]


@pytest.mark.parametrize("has_state", [True, False])
def test_a_repair_does_without_the_manifest(two_sets: str, state: str, tmp_path: Path, *, has_state: bool) -> None:
    break_manifest(two_sets)
    if not has_state:
        (tmp_path / "state.db").unlink()
        with pytest.raises(DamagedError, match="no line of a manifest"):
            Store(two_sets, "run-3", state).open(wait=False)
    assert repair(two_sets, "run-3", state).records == 2
    assert sorted(texts(two_sets)) == ["Rain.", "Snow."]
    assert len(listed(two_sets)) == 1


def test_a_store_without_a_manifest_shows_all_that_lies_there(place: str, bring: Callable[..., None]) -> None:
    bring(place, "Rain.", run="run-1")
    parts = ObjectParts(place)
    parts._system.rm_file(f"{parts._root}/manifest.jsonl")  # noqa: SLF001
    assert texts(place) == ["Rain."]


def test_a_place_that_cannot_be_written_is_an_error_of_the_store(rows: Rows, state: str, s3: str) -> None:
    job = Job(inputs=(str(rows({"text": "Rain."})),), out=f"{s3}-none/store", state=state)
    with pytest.raises(StoreError, match="bucket-none"):
        job.run_all()
