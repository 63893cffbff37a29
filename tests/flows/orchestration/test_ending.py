"""The states in which runs end."""

import pytest
from prefect.client.schemas.objects import State, StateType

from flows.orchestration.ending import StoppedError, ended, failed, result
from flows.store.errors import StoreError


@pytest.mark.parametrize(
    ("how", "type_", "name"),
    [
        ({}, StateType.COMPLETED, "Completed"),
        ({"set_aside": True}, StateType.COMPLETED, "Completed with items set aside"),
        ({"stopped": True, "set_aside": True}, StateType.CANCELLED, "Cancelled"),
    ],
)
def test_the_state_says_what_happened_and_has_what_was_done(how: dict[str, bool], type_: str, name: str) -> None:
    state = ended(7, "7 records", **how)
    assert (state.type, state.name, result(State(type=state.type, data=state.data))) == (type_, name, 7)
    assert str(state.message).endswith("7 records")


def test_prefect_raises_what_a_stopped_run_says() -> None:
    with pytest.raises(StoppedError, match=r"what was committed stays.*: 7 records"):
        ended(7, "7 records", stopped=True).result()


def test_a_failure_is_said_in_one_line_and_raised_where_the_result_is_asked_for() -> None:
    state = failed(StoreError("out: is no store"))
    assert (state.type, state.message) == (StateType.FAILED, "out: is no store")
    with pytest.raises(StoreError, match="out: is no store"):
        result(state)


def test_a_failure_tells_no_password() -> None:
    state = failed(StoreError("sftp://ann:secret@host/out: is no store"))
    assert state.message == "sftp://ann:***@host/out: is no store"
