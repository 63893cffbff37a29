"""The sandbox of local files, where a program has processes of its own."""

import operator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from flows.documents.confined import read_apart


def _plus_one(number: int) -> int:
    return read_apart(operator.add, number, 1)


def test_processes_of_a_pool_can_read_and_end() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_plus_one, range(4), timeout=30)) == [1, 2, 3, 4]
    # Leaving the block waits for the processes, which waited for their sandboxes for ever.
