"""Which engine is chosen, and what of it does not go together."""

import pytest

from flows.engines.ahead import EngineError
from flows.engines.choosing import POOL_BYTES, Engine


@pytest.mark.parametrize("wrong", [{"name": "dask"}, {"scheduler": "tcp://10.0.0.1:8786"}])
def test_dask_and_its_scheduler_go_together(wrong: dict[str, str]) -> None:
    with pytest.raises(EngineError, match="go together"):
        Engine(**wrong)  # type: ignore[arg-type]


def test_little_input_is_cleaned_before_processes_have_come_up() -> None:
    engine = Engine(workers=3)
    assert (engine.count(POOL_BYTES - 1), engine.count(POOL_BYTES)) == (1, 3)
