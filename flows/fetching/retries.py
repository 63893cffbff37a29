"""Retrying what may pass, with growing pauses; what cannot pass is tried once."""

from collections.abc import Awaitable, Callable

import msgspec
import stamina
from stamina.instrumentation import set_on_retry_hooks

from flows.fetching.asking import Tried
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

# stamina tells of each retry: by logging, or, where structlog is installed for whatever reason, on standard output,
# among what a command prints. An outcome's `attempts` tells as much.
set_on_retry_hooks(())


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


async def persist(ask: Callable[[], Awaitable[Tried]], *, attempts: int, longest_delay: float) -> Outcome:
    """Ask until there is something, or nothing more to hope for; the outcome counts all that was sent."""
    sent = 0
    before: Failed | None = None
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
                tried = await ask()
                sent += tried.outcome.attempts
                outcome = _after(before, tried) if before else tried.outcome
                if not tried.refused and isinstance(outcome, Failed):
                    before = outcome
                    _raise_if_it_may_pass(outcome, longest_delay)
                return msgspec.structs.replace(outcome, attempts=sent)
    except _MayPassError as last:
        return msgspec.structs.replace(last.failed, attempts=sent)
    raise AssertionError("stamina ends with an outcome or an error")


def _after(before: Failed, tried: Tried) -> Outcome:
    """A refusal is why nothing more was sent; what had failed before is still worth a word."""
    refused = tried.outcome
    if not tried.refused or not isinstance(refused, Failed):
        return refused
    return msgspec.structs.replace(
        refused,
        detail=f"{refused.detail}; before that, {before.reason}: {before.detail}",
        status=before.status if refused.status is None else refused.status,
    )


def _raise_if_it_may_pass(failed: Failed, longest_delay: float) -> None:
    """Raise a failure to retry."""
    if failed.reason not in RETRIED:
        return
    if failed.reason is not Reason.DEFERRED or (failed.retry_after or 0.0) <= longest_delay:
        raise _MayPassError(failed)
