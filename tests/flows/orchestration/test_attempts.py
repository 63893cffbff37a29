"""A task that is tried again: what its last attempt wrote may be committed."""

import logging
from collections.abc import Callable
from typing import Any

import pytest

from flows import compact, reclean
from flows.orchestration.parameters import ALL_RULES
from flows.store.errors import StoreError


@pytest.mark.parametrize(
    ("module", "attempt"),
    [
        (compact, lambda: compact.rewrite.fn("out", state=None, wait=False)),
        (reclean, lambda: reclean.rewrite.fn("out", ALL_RULES, state=None, wait=False)),
    ],
    ids=["compact", "reclean"],
)
def test_each_attempt_to_write_all_records_anew_is_a_run_of_its_own(
    module: Any,  # noqa: ANN401 - a module
    attempt: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs: list[str] = []

    def failing(_out: object, run: str, **_: object) -> None:
        runs.append(run)
        raise StoreError("the place is away", started=True)

    monkeypatch.setattr(module, "open_store", failing)
    monkeypatch.setattr(module, "get_run_logger", logging.getLogger)
    for _ in range(3):
        with pytest.raises(StoreError):
            attempt()
    assert len(set(runs)) == 3
