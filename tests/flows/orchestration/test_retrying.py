"""What is tried again."""

import pytest
from prefect.states import Failed

from cleaners.errors import CleancopyError
from flows.failing import is_stop
from flows.orchestration.retrying import may_pass
from flows.store.errors import BusyError, DamagedError, StoreError, TakenOverError


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (BusyError("another run is rewriting this store"), True),
        (StoreError("the disk is full", started=True), True),
        (OSError("the network folder is away"), True),
        (StoreError("no permission"), False),
        (TakenOverError("another run has taken the store over"), False),
        (DamagedError("state.db", "is broken", "out"), False),
        (CleancopyError("no such phrase"), False),
        (ValueError("a mistake of ours"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, passes: bool) -> None:  # noqa: FBT001
    assert may_pass(None, None, Failed(data=error)) is passes  # type: ignore[arg-type]


def test_a_run_whose_store_was_taken_over_leaves_as_one_that_was_stopped() -> None:
    assert is_stop(TakenOverError("another run has taken the store over"))
