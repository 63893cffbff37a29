import io
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from flows.watching import progress as module
from flows.watching.progress import progress


class Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=clock.monotonic))
    return clock


def terminal(width: int = 80) -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    return Console(file=output, width=width, force_terminal=True, color_system=None), output


def frames(output: io.StringIO) -> list[str]:
    """Each drawing of the bar, its escape sequences left out."""
    pieces = output.getvalue().replace("\r", "\n").split("\n")
    plain = [Text.from_ansi(piece).plain for piece in pieces]
    return [line for line in plain if "records" in line]


def test_nothing_is_drawn_in_a_pipe(clock: Clock) -> None:
    output = io.StringIO()
    console = Console(file=output, force_terminal=False)
    with progress(100, console=console) as advance:
        for _ in range(10):
            clock.now += 1
            advance(10, 1)
    assert output.getvalue() == ""


@pytest.mark.parametrize("total", [0, 50])
def test_more_than_the_total_leaves_the_bar_full(clock: Clock, total: int) -> None:
    console, output = terminal()
    with progress(total, console=console) as advance:
        clock.now = 1
        advance(90, 3)
    assert "3 records" in frames(output)[-1]
    assert ("100%" in frames(output)[-1]) is bool(total)


def test_an_error_of_the_run_passes_and_the_bar_is_gone(clock: Clock) -> None:
    console, output = terminal()

    def stopped_run() -> None:
        with progress(100, console=console) as advance:
            clock.now = 1
            advance(10, 1)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stopped_run()
    assert output.getvalue().endswith("\x1b[2K")
    assert "\x1b[?25h" in output.getvalue(), "the cursor is shown again"


def test_share_records_and_rate_are_told(clock: Clock) -> None:
    console, output = terminal()
    with progress(1000, console=console) as advance:
        clock.now = 2.0
        advance(420, 2400)
    last = frames(output)[-1]
    assert " 42% " in last
    assert "2,400 records" in last
    assert "1,200/s" in last


def test_it_is_drawn_at_most_ten_times_a_second(clock: Clock) -> None:
    console, output = terminal()
    with progress(10_000, console=console) as advance:
        for _ in range(10_000):
            clock.now += 0.0002
            advance(1, 1)
    assert 15 <= len(frames(output)) <= 25


@pytest.mark.usefixtures("clock")
def test_a_call_that_draws_nothing_does_little(steps: Callable[[Callable[[], object]], int]) -> None:
    console, _ = terminal()
    with progress(100, console=console) as advance:
        assert steps(lambda: advance(1, 1)) <= 6


@pytest.mark.parametrize("width", [60, 100])
def test_the_bar_is_one_line_of_the_terminals_width(clock: Clock, width: int) -> None:
    console, output = terminal(width)
    with progress(10**12, console=console) as advance:
        clock.now = 100
        advance(10**11, 12_345_678)
    assert cell_len(frames(output)[-1].rstrip()) <= width
    assert "12,345,678 records" in frames(output)[-1]


def test_standard_output_stays_the_runs_own(clock: Clock) -> None:
    console, _ = terminal()
    before = sys.stdout
    with progress(10, console=console) as advance:
        clock.now = 1
        advance(1)
        assert sys.stdout is before
