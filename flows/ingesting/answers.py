"""Asking the network for bodies that are read in killable processes: each answer with what was read of it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from cleaners.errors import CleancopyError
from flows.fetching.batch import FetchMany
from flows.fetching.results import Fetched, Outcome, Request
from flows.sandbox import Lost, Sandbox

Asked = TypeVar("Asked")
Read = TypeVar("Read")


def read_answers(
    asked: Iterable[tuple[Request, Asked]], read: Callable[[Fetched], Read], fetch: FetchMany, sandbox: Sandbox
) -> Iterator[tuple[Asked, Outcome, Read | Lost | CleancopyError | None]]:
    """What is asked for with its answer, as the answers come, each body read by a function in a process of its own.

    A URL that several ask for is asked once, with the request of the first. Only as many bodies are under way as the
    sandbox looks ahead.

    Args:
        asked: requests, each with what it is for.
        read: a function of a module, which gives something small.
        fetch: fetches all requests.
        sandbox: where `read` is called.

    Yields:
        What was asked for, the outcome, and what was read, or why nothing could be; None where nothing came.
    """
    requests: dict[str, Request] = {}
    waiting: dict[str, list[Asked]] = {}
    for request, one in asked:
        requests.setdefault(request.url, request)
        waiting.setdefault(request.url, []).append(one)
    for outcome, result in _read(fetch(requests.values()), read, sandbox):
        for one in waiting[outcome.request.url]:
            yield one, outcome, result


def _read(
    outcomes: Iterable[Outcome], read: Callable[[Fetched], Read], sandbox: Sandbox
) -> Iterator[tuple[Outcome, Read | Lost | CleancopyError | None]]:
    to_read: deque[Fetched] = deque()
    bodiless: deque[Outcome] = deque()

    def bodies() -> Iterator[Fetched]:
        for outcome in outcomes:
            if isinstance(outcome, Fetched):
                to_read.append(outcome)
                yield outcome
            else:
                bodiless.append(outcome)

    for result in sandbox.run(read, bodies()):
        while bodiless:
            yield bodiless.popleft(), None
        yield to_read.popleft(), result
    while bodiless:
        yield bodiless.popleft(), None
