"""What an answer's status means."""

from flows.fetching.faults import FaultError
from flows.fetching.headers import Headers, first, retry_after
from flows.fetching.redirects import Trail
from flows.fetching.results import Fetched, Outcome, Reason, Request, Unchanged

_PARTIAL = 206
_UNCHANGED = 304
_PROXY_WANTS_PASSWORD = 407
_GONE = 410
_TOO_MANY = 429
_SERVER_ERRORS = 500


def outcome_of(
    request: Request, trail: Trail, status: int, headers: Headers, content: bytes, *, asked_if: bool
) -> Outcome:
    """The outcome of an answer that is no redirect.

    Args:
        request: what was asked for.
        trail: how the answer was reached.
        status: the answer's.
        headers: the answer's.
        content: the answer's, decoded.
        asked_if: whether the hop was conditional, so that 304 makes sense.

    Raises:
        FaultError: for a status that brings nothing.
    """
    if status == _UNCHANGED and asked_if:
        return Unchanged(request=request, url=str(trail.url), moved_to=trail.moved_to, headers=headers)
    # A part that nobody asked for must not pass for the whole.
    if 200 <= status < 300 and status != _PARTIAL:  # noqa: PLR2004 - the class of success
        return Fetched(
            request=request,
            url=str(trail.url),
            moved_to=trail.moved_to,
            status=status,
            headers=headers,
            content=content,
            etag=first(headers, "etag"),
            last_modified=first(headers, "last-modified"),
        )
    raise _refusal(status, headers)


def _refusal(status: int, headers: Headers) -> FaultError:
    wait = retry_after(headers) if status == _TOO_MANY or status >= _SERVER_ERRORS else None
    reason, detail = _meaning(status, wait)
    return FaultError(reason, f"status {status}{detail}", status=status, retry_after=wait)


def _meaning(status: int, wait: float | None) -> tuple[Reason, str]:
    if status == _TOO_MANY or wait is not None:
        return Reason.DEFERRED, f": again after {wait:g} s" if wait is not None else ""
    named = {
        _PARTIAL: (Reason.TRUNCATED, ": a part that was not asked for"),
        _UNCHANGED: (Reason.SERVER_ERROR, " to a request without conditions"),
        _PROXY_WANTS_PASSWORD: (Reason.PROXY, ": the proxy wants a user and password"),
        _GONE: (Reason.GONE, ""),
    }
    if status in named:
        return named[status]
    if status < 200:  # noqa: PLR2004 - the class of interim answers; 101 is the one that ends a reply
        return Reason.NOT_HTTP, ": another protocol"
    return (Reason.CLIENT_ERROR, "") if status < _SERVER_ERRORS else (Reason.SERVER_ERROR, "")
