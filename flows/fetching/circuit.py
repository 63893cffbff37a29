"""A circuit of one host: it opens where failure follows failure, so that what is down is left alone."""

import random
from collections.abc import Callable

from flows.fetching.results import Failed, Outcome, Reason

FAILURES = 5
"""In a row, until the circuit opens."""

_FIRST, _LONGEST = 30.0, 1800.0
_DOUBLINGS = 6  # 30 s to 30 min

OF_THE_HOST = frozenset(
    {
        Reason.CONNECTION_LOST,
        Reason.DEADLINE,
        Reason.DEFERRED,
        Reason.DNS,
        Reason.NOT_HTTP,
        Reason.REFUSED,
        Reason.SERVER_ERROR,
        Reason.TLS,
        Reason.TRUNCATED,
    }
)
"""What speaks of the host and not of one page.

A host that puts off one request after another counts, too: each in its queue would wait for hours to learn that.
"""

# No word of the host: a proxy's fault, and an address that was not asked.
_OF_OTHERS = frozenset({Reason.PROXY, Reason.FORBIDDEN_ADDRESS, Reason.BAD_URL})


def _about_a_tenth() -> float:
    return random.uniform(0.9, 1.1)  # noqa: S311 - spreads requests, guards nothing


class Circuit:
    """Closed at first; times are seconds of any clock that only goes forward.

    Once its time is over it is half open: whoever asks next is the trial. That there is one at a time is the affair
    of the host's line (hosts.py), and a trial that is given up needs no mending: the next one is a trial as well.
    """

    def __init__(self, jitter: Callable[[], float] = _about_a_tenth) -> None:
        self._jitter = jitter
        self._failures = 0
        self._opened = 0
        self._until = 0.0

    def wait(self, now: float) -> float:
        """Seconds for which it stays open; 0 if the host may be asked."""
        return max(0.0, self._until - now)

    def note(self, outcome: Outcome, now: float) -> None:
        """Learn from what the host did."""
        if not isinstance(outcome, Failed):
            self.answered()
        elif outcome.reason in OF_THE_HOST:
            self._failed(now)
        elif outcome.reason not in _OF_OTHERS:
            self.answered()

    def answered(self) -> None:
        """The host works: close, and forget."""
        self._failures = self._opened = 0
        self._until = 0.0

    def _failed(self, now: float) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._until = now + min(_FIRST * 2**self._opened, _LONGEST) * self._jitter()
            self._opened = min(self._opened + 1, _DOUBLINGS)
