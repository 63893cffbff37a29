"""Functions of the standard library stand for those of feeds and pages: a worker can import them."""

import io
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaners.errors import PhraseFileError
from flows.documents.limits import read_whole
from flows.documents.loaded import Reason, UnusableError
from flows.sandbox import Loss, Lost, Sandbox

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PID = "__import__('os').getpid()"
SLEEP = "__import__('time').sleep"
ENDLESS = "sum(iter(int, 1))"  # a loop in C: no signal handler of Python ever runs
PATIENCE = 30


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=2, deadline=2, memory=1_000_000_000) as sandbox:
        assert sandbox.call(eval, "1") == 1  # the server has started, which is part of no call's time
        yield sandbox


def running(pid: int, group: int | None = None) -> bool:
    """Whether a process runs, in a process group if one is given; one that nobody has buried yet does not."""
    try:
        state, _, its_group = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and group in {None, int(its_group)}


def processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def ends(going_on: Callable[[], bool], within: float = 1) -> bool:
    """Whether something ends in time."""
    until = time.monotonic() + within
    while going_on():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("bad", "reason", "detail"),
    [
        ("1 / 0", Loss.FAILED, "ZeroDivisionError: division by zero"),
        ("__import__('sys').exit(3)", Loss.FAILED, "SystemExit: 3"),
        ("lambda: 1", Loss.FAILED, "_pickle.PicklingError"),
        ("exec('raise ValueError(\\'a\\\\n\\' + 10**6 * \\'b\\')')", Loss.FAILED, "ValueError: a bbb"),
        ("(lambda f: f(f))(lambda f: f(f))", Loss.FAILED, "RecursionError"),
        ("(_ for _ in ()).throw(KeyboardInterrupt)", Loss.FAILED, "KeyboardInterrupt"),
        ("__import__('os')._exit(3)", Loss.CRASHED, "exit code 3"),
        ("__import__('signal').raise_signal(11)", Loss.CRASHED, "SIGSEGV"),
        ("__import__('signal').raise_signal(9)", Loss.CRASHED, "SIGKILL"),
        ("__import__('os').abort()", Loss.CRASHED, "SIGABRT"),
        ("bytearray(10**10)", Loss.OUT_OF_MEMORY, "took more than 1,000,000,000 bytes"),
        ("[bytes(10**7) for _ in iter(int, 1)]", Loss.OUT_OF_MEMORY, "took more than 1,000,000,000 bytes"),
        (ENDLESS, Loss.TIMED_OUT, "took more than 2 s"),
        (f"{SLEEP}(60)", Loss.TIMED_OUT, "took more than 2 s"),
    ],
)
def test_a_bad_call_is_lost_in_time_and_the_others_are_not(
    sandbox: Sandbox, bad: str, reason: Loss, detail: str
) -> None:
    started = time.monotonic()
    first, lost, *rest = sandbox.run(eval, ["1", bad, "2", "3", "4"])
    assert time.monotonic() - started < 2 + 1
    assert isinstance(lost, Lost)
    assert (lost.reason, lost.detail.startswith(detail)) == (reason, True), lost
    assert len(lost.detail) <= 500
    assert [first, *rest] == [1, 2, 3, 4]


def test_workers_that_die_again_and_again_cost_their_own_calls_alone(sandbox: Sandbox) -> None:
    outcomes = list(
        sandbox.run(eval, [f"{number} if {number} % 2 else __import__('os')._exit(1)" for number in range(40)])
    )
    assert outcomes == [number if number % 2 else Lost(Loss.CRASHED, "exit code 1") for number in range(40)]


def test_a_killed_idle_worker_is_replaced(sandbox: Sandbox) -> None:
    pid = sandbox.call(eval, PID)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    assert ends(lambda: running(pid))
    assert list(sandbox.run(eval, ["1"] * 5)) == [1] * 5


def test_a_call_whose_worker_is_told_to_end_with_the_whole_program_is_made_again(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Prefect cancels a run by SIGTERM to all its processes; what is done is then committed, and this is no crash."""
    said = tmp_path / "pids"
    said.touch()
    call = f"(open({str(said)!r}, 'a').write(str({PID}) + ' '), {SLEEP}(0.5), 'done')[2]"
    with ThreadPoolExecutor() as threads:
        outcome = threads.submit(sandbox.call, eval, call)
        assert ends(lambda: not said.read_text(), within=5)
        os.kill(int(said.read_text()), signal.SIGTERM)
        assert outcome.result(PATIENCE) == "done"
    assert len(said.read_text().split()) == 2


def test_an_error_of_ours_comes_back_as_itself(sandbox: Sandbox) -> None:
    error = sandbox.call(read_whole, io.BytesIO(b"abc"), 2)
    assert isinstance(error, UnusableError)
    assert (error.reason, str(error)) == (Reason.TOO_LARGE, "more than 2 bytes")
    made = sandbox.call(eval, "__import__('cleaners.errors').errors.PhraseFileError('a.yaml:1: bad')")
    assert isinstance(made, PhraseFileError)
    assert str(made) == "a.yaml:1: bad"


def test_a_function_that_no_worker_can_import_is_lost(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(io, "made_here", made_here := type("made_here", (), {"__module__": "io"}), raising=False)
    lost = sandbox.call(made_here)
    assert isinstance(lost, Lost)
    assert (lost.reason, lost.detail.startswith("AttributeError")) == (Loss.FAILED, True)


def test_outcomes_have_the_order_of_their_items(sandbox: Sandbox) -> None:
    assert list(sandbox.run(eval, [f"{SLEEP}({0.2 if n % 3 else 0}) or {n}" for n in range(9)])) == list(range(9))


def test_of_endlessly_many_items_a_few_are_taken_ahead(sandbox: Sandbox) -> None:
    taken = 0

    def items() -> Iterator[str]:
        nonlocal taken
        for taken in itertools.count(1):  # noqa: B007
            yield "1"

    outcomes = sandbox.run(eval, items())
    for given, _ in enumerate(itertools.islice(outcomes, 100), start=1):
        assert taken - given <= 8
    outcomes.close()  # type: ignore[attr-defined]


def test_an_outcome_does_not_wait_for_slow_items(sandbox: Sandbox) -> None:
    """Pages come from the network, one a second."""
    given: list[object] = []

    def items() -> Iterator[str]:
        yield "0"
        time.sleep(1)
        yield "1"
        assert given == [0]
        yield "2"

    for outcome in sandbox.run(eval, items()):
        given.append(outcome)  # noqa: PERF402 - one by one, as they come
    assert given == [0, 1, 2]


def test_large_items_and_outcomes_come_through(sandbox: Sandbox) -> None:
    content = b"x" * 20_000_000
    assert [len(outcome) for outcome in sandbox.run(bytes, [content] * 3)] == [20_000_000] * 3  # type: ignore[arg-type]


def test_threads_may_share_a_sandbox(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as threads:
        sums = list(threads.map(lambda n: list(sandbox.run(eval, [f"{n} + {k}" for k in range(5)])), range(8)))
    assert sums == [[n + k for k in range(5)] for n in range(8)]


def test_what_is_left_early_is_ended(sandbox: Sandbox) -> None:
    outcomes = sandbox.run(eval, ["1", f"{SLEEP}(1.9)", f"{SLEEP}(1.9)"])
    assert next(outcomes) == 1
    outcomes.close()  # type: ignore[attr-defined]
    started = time.monotonic()
    assert list(sandbox.run(eval, ["1"] * 3)) == [1] * 3
    assert time.monotonic() - started < 1.5


def test_an_exception_of_the_items_passes_and_what_was_begun_ends(sandbox: Sandbox) -> None:
    def items() -> Iterator[str]:
        yield "1"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(sandbox.run(eval, items()))
    assert sandbox.call(eval, "1") == 1


def test_closing_ends_workers_whatever_they_do_and_at_once() -> None:
    with Sandbox(workers=2, deadline=60) as sandbox:
        pid = sandbox.call(eval, PID)
        outcomes = sandbox.run(eval, ["1", *[ENDLESS] * 20, "b'x' * 10**7"])
        assert next(outcomes) == 1
        started = time.monotonic()
    assert time.monotonic() - started < 1
    assert isinstance(pid, int)
    assert ends(lambda: running(pid))
    with pytest.raises(RuntimeError, match="closed"):
        sandbox.call(eval, "1")
    sandbox.close()


def test_a_pool_that_answers_no_more_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.sandbox._GRACE", 0.2)
    with Sandbox(workers=1, deadline=1) as sandbox:
        assert sandbox.call(eval, "1") == 1
        (worker,) = sandbox._pool._pool_manager.worker_manager.workers.values()  # type: ignore[union-attr]  # noqa: SLF001
        monkeypatch.setattr("pebble.pool.process.PoolManager.update_status", lambda _: None)
        worker.kill()
        assert ends(worker.is_alive)
        assert sandbox.call(eval, "2") == 2


def test_nothing_is_started_before_the_first_call() -> None:
    with Sandbox() as sandbox:
        assert sandbox._pool is None  # noqa: SLF001


def program(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "program.py"
    path.write_text(f"from flows.sandbox import Sandbox\nprint('main', flush=True)\n{text}\n", encoding="utf-8")
    return path


def started(*command: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        text=True,
    )


def test_the_main_module_is_not_run_again(tmp_path: Path) -> None:
    text = "with Sandbox() as sandbox: print(list(sandbox.run(eval, ['1', '__import__(\"os\")._exit(1)', '2'])))"
    run = started(program(tmp_path, text))
    out, err = run.communicate(timeout=PATIENCE)
    assert (run.returncode, err, out.count("main")) == (0, "", 1)
    run = started(
        "-c", f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r}); runpy._run_module_as_main('program')"
    )
    out, err = run.communicate(timeout=PATIENCE)
    assert (run.returncode, err, out.count("main")) == (0, "", 1)


def test_a_program_that_does_not_close_its_sandbox_ends(tmp_path: Path) -> None:
    text = (
        f"sandbox = Sandbox(deadline=60)\nprint(sandbox.call(eval, {PID!r}))\n"
        f"next(sandbox.run(eval, ['1', {ENDLESS!r}]))"
    )
    run = started(program(tmp_path, text))
    out, err = run.communicate(timeout=PATIENCE)
    assert (run.returncode, err) == (0, "")
    assert not running(int(out.split()[1]))


@pytest.mark.parametrize(
    ("ending", "code", "within"),
    [
        (signal.SIGINT, 130, 1),
        pytest.param(signal.SIGTERM, -15, 5, marks=pytest.mark.slow),
        pytest.param(signal.SIGKILL, -9, 5, marks=pytest.mark.slow),
    ],
)
def test_nothing_outlives_a_program_that_is_ended(
    tmp_path: Path, ending: signal.Signals, code: int, within: float
) -> None:
    """Ctrl-C reaches the whole group, as a terminal sends it; SIGKILL the program alone."""
    text = (
        f"with Sandbox(deadline=2) as sandbox:\n    print(sandbox.call(eval, {PID!r}), flush=True)\n"
        f"    list(sandbox.run(eval, [{ENDLESS!r}] * 20))"
    )
    run = started(program(tmp_path, text))
    assert run.stdout is not None
    assert run.stdout.readline() == "main\n"
    pid = int(run.stdout.readline())
    time.sleep(0.3)
    began = time.monotonic()
    if ending == signal.SIGINT:
        os.killpg(run.pid, ending)
    else:
        run.send_signal(ending)
    _, err = run.communicate(timeout=PATIENCE)
    assert time.monotonic() - began < within
    assert run.returncode in {code, -ending}
    assert err.count("Traceback") == (ending == signal.SIGINT), err
    assert not running(pid) or ending != signal.SIGINT
    assert ends(lambda: any(running(process, run.pid) for process in processes()), within)
