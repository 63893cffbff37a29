"""Retrying what may pass, with growing pauses; what cannot pass is tried once."""

import logging
from collections.abc import Awaitable, Callable

import msgspec
import stamina

from flows.fetching.results import Failed, Outcome, Reason

_FIRST_PAUSE, _LONGEST_PAUSE, _JITTER = 1.0, 30.0, 1.0
"""Seconds; a pause doubles each time, and up to a second of chance keeps hosts and workers apart."""

RETRIED = frozenset(
    {
        Reason.CONNECTION_LOST,
        Reason.DEADLINE,
        Reason.DEFERRED,
        Reason.DNS,
        Reason.PROXY,
        Reason.REFUSED,
        Reason.SERVER_ERROR,
        Reason.TRUNCATED,
    }
)
"""What may pass. DEFERRED only if the pause is no longer than `longest_delay`; then that pause is the wait."""

# stamina tells of each retry on standard error unless somebody listens; an outcome's `attempts` tells as much.
logging.getLogger("stamina").addHandler(logging.NullHandler())


class _MayPassError(Exception):
    """Carries a failure to stamina, which retries exceptions."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.reason)
        self.failed = failed


def _pause(error: Exception) -> bool | float:
    """Whether to retry; after no pause of ours where the host has named one, which its turn waits for."""
    if not isinstance(error, _MayPassError):
        return False
    return 0.0 if error.failed.reason is Reason.DEFERRED else True


async def persist(ask: Callable[[], Awaitable[Outcome]], *, attempts: int, longest_delay: float) -> Outcome:
    """Ask until there is something, or nothing more to hope for; the outcome counts the attempts."""
    sent = 0
    failed: Failed | None = None
    try:
        async for attempt in stamina.retry_context(
            on=_pause,
            attempts=attempts,
            timeout=None,
            wait_initial=_FIRST_PAUSE,
            wait_max=_LONGEST_PAUSE,
            wait_jitter=_JITTER,
        ):
            with attempt:
                outcome = await ask()
                if failed is not None and isinstance(outcome, Failed) and not outcome.attempts:
                    # Not sent again: the failure before says more than "the circuit is open" does.
                    return msgspec.structs.replace(failed, attempts=sent, retry_after=outcome.retry_after)
                sent += outcome.attempts
                failed = outcome if isinstance(outcome, Failed) else None
                _raise_if_it_may_pass(outcome, longest_delay)
                return msgspec.structs.replace(outcome, attempts=sent)
    except _MayPassError as last:
        return msgspec.structs.replace(last.failed, attempts=sent)
    raise AssertionError("stamina ends with an outcome or an error")


def _raise_if_it_may_pass(outcome: Outcome, longest_delay: float) -> None:
    """Raise a failure to retry; what was not even sent has been judged already."""
    if not isinstance(outcome, Failed) or not outcome.attempts or outcome.reason not in RETRIED:
        return
    if outcome.reason is not Reason.DEFERRED or (outcome.retry_after or 0.0) <= longest_delay:
        raise _MayPassError(outcome)
