"""Answers of the network read in killable processes: each answer with what was read of it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from cleaners.errors import CleancopyError
from flows.fetching.results import Fetched, Outcome
from flows.sandbox import Lost, Sandbox

Answer = TypeVar("Answer")
Read = TypeVar("Read")


def read_answers(
    answers: Iterable[tuple[Outcome, Answer]], read: Callable[[Fetched], Read], sandbox: Sandbox
) -> Iterator[tuple[Outcome, Answer, Read | Lost | CleancopyError | None]]:
    """The answers in their order as they come, each body read by a function in a process of its own.

    Only as many are under way as the sandbox looks ahead.

    Args:
        answers: outcomes, each with what it is the answer to.
        read: a function of a module, which gives something small.
        sandbox: where it is called.

    Yields:
        The outcome, what it is the answer to, and what was read, or why nothing could be; None where nothing came.
    """
    to_read: deque[tuple[Outcome, Answer]] = deque()
    bodiless: deque[tuple[Outcome, Answer]] = deque()

    def bodies() -> Iterator[Fetched]:
        for outcome, answer in answers:
            if isinstance(outcome, Fetched):
                to_read.append((outcome, answer))
                yield outcome
            else:
                bodiless.append((outcome, answer))

    for result in sandbox.run(read, bodies()):
        while bodiless:
            yield *bodiless.popleft(), None
        yield *to_read.popleft(), result
    while bodiless:
        yield *bodiless.popleft(), None
