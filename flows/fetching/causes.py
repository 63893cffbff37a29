"""Which reason an error of the HTTP libraries stands for."""

import h2.events
import h2.exceptions
import httpcore2

from flows.fetching.faults import FaultError
from flows.fetching.meter import Meter
from flows.fetching.results import Reason

_KINDS: dict[type[Exception], Reason] = {
    httpcore2.ProxyError: Reason.PROXY,
    httpcore2.TimeoutException: Reason.DEADLINE,
    httpcore2.NetworkError: Reason.CONNECTION_LOST,
}
_ROOTS: dict[type, Reason] = {
    h2.exceptions.InvalidBodyLengthError: Reason.TRUNCATED,
    # httpcore2 raises h2's events themselves: a stream reset, and GOAWAY.
    h2.events.StreamReset: Reason.CONNECTION_LOST,
    h2.events.ConnectionTerminated: Reason.CONNECTION_LOST,
}
_TOO_MANY_HEADERS = 431  # h11's hint for a head that does not end


def fault_of(error: Exception, meter: Meter | None, *, in_body: bool) -> FaultError:
    """The fault that an exception stands for.

    Args:
        error: from httpcore2, or from h2 and h11 below it.
        meter: of the hop.
        in_body: whether headers had come.
    """
    reason = _reason(error, meter, in_body=in_body)
    said = str(_root(error))
    return FaultError(reason, f"{_WORDS[reason]}: {said}" if said else _WORDS[reason])


_WORDS = {
    Reason.CONNECTION_LOST: "the connection was lost",
    Reason.DEADLINE: "too slow",
    Reason.NOT_HTTP: "not HTTP",
    Reason.PROXY: "the proxy refuses",
    Reason.TOO_LARGE: "too many headers",
    Reason.TRUNCATED: "the body was cut off",
}


def _reason(error: Exception, meter: Meter | None, *, in_body: bool) -> Reason:
    named = next((reason for kind, reason in _KINDS.items() if isinstance(error, kind)), None)
    if named is not None:
        return named
    root = _root(error)
    if getattr(root, "error_status_hint", None) == _TOO_MANY_HEADERS:
        return Reason.TOO_LARGE
    if meter is not None and meter.ended:
        return Reason.TRUNCATED if in_body else Reason.CONNECTION_LOST
    return next((reason for kind, reason in _ROOTS.items() if isinstance(root, kind)), Reason.NOT_HTTP)


def _root(error: BaseException) -> object:
    """What httpcore2 wrapped; its pool drops `__cause__`, but the arguments keep it."""
    return (
        error.args[0] if isinstance(error, httpcore2.ProtocolError | httpcore2.NetworkError) and error.args else error
    )
