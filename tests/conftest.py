"""What tests of all folders share."""

import sys
from collections.abc import Callable

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those with a server of Prefect's first, which take longest: in the end one process would have them alone."""
    items.sort(key=lambda item: item.get_closest_marker("prefect") is None)


@pytest.fixture
def steps() -> Callable[[Callable[[], object]], int]:
    """Count the lines of Python that a call runs through: work, measured the same on every machine."""

    def count(call: Callable[[], object]) -> int:
        lines = 0

        def tracer(_frame: object, event: str, _argument: object) -> object:
            nonlocal lines
            lines += event == "line"
            return tracer

        before = sys.gettrace()
        sys.settrace(tracer)  # type: ignore[arg-type]
        try:
            call()
        finally:
            sys.settrace(before)
        return lines

    return count
