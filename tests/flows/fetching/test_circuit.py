"""The circuit by itself: it knows no clock but the one it is told."""

import pytest

from flows.fetching.circuit import FAILURES, Circuit
from flows.fetching.results import Failed, Fetched, Reason, Request

REQUEST = Request(url="http://a.example/")
FINE = Fetched(request=REQUEST, url=REQUEST.url, status=200, headers=(), content=b"")


def failed(reason: Reason) -> Failed:
    return Failed(request=REQUEST, url=REQUEST.url, reason=reason, detail="")


def opened() -> Circuit:
    circuit = Circuit(jitter=lambda: 1.0)
    for _ in range(FAILURES):
        assert circuit.wait(0) == 0
        circuit.note(failed(Reason.REFUSED), 0)
    return circuit


def test_it_opens_after_five_failures_in_a_row_for_half_a_minute() -> None:
    circuit = opened()
    assert [circuit.wait(at) for at in (0, 29, 30)] == [30, 1, 0]


def test_each_trial_that_fails_doubles_the_time_up_to_half_an_hour() -> None:
    circuit, at, waits = opened(), 0.0, []
    for _ in range(9):
        waits.append(circuit.wait(at))
        at += waits[-1]
        circuit.note(failed(Reason.DNS), at)
    assert waits == [30, 60, 120, 240, 480, 960, 1800, 1800, 1800]


@pytest.mark.parametrize("outcome", [FINE, failed(Reason.CLIENT_ERROR), failed(Reason.TOO_LARGE)], ids=repr)
def test_an_answer_closes_it_and_all_is_forgotten(outcome: Fetched | Failed) -> None:
    circuit = opened()
    circuit.note(outcome, 30)
    for _ in range(FAILURES - 1):
        circuit.note(failed(Reason.TLS), 31)
    assert circuit.wait(31) == 0
    circuit.note(failed(Reason.TLS), 31)
    assert circuit.wait(31) == 30


@pytest.mark.parametrize("reason", [Reason.PROXY, Reason.FORBIDDEN_ADDRESS, Reason.BAD_URL])
def test_what_says_nothing_of_the_host_changes_nothing(reason: Reason) -> None:
    circuit = opened()
    for _ in range(FAILURES):
        circuit.note(failed(reason), 10)
    assert circuit.wait(10) == 20


def test_chance_spreads_the_trials() -> None:
    waits = set()
    for _ in range(50):
        circuit = Circuit()
        for _ in range(FAILURES):
            circuit.note(failed(Reason.REFUSED), 0)
        waits.add(circuit.wait(0))
    assert len(waits) > 10
    assert 27 <= min(waits) <= max(waits) <= 33
