"""One try over plain httpx2: a stand-in where the real exchange is not there, without its guards."""

from email.utils import parsedate_to_datetime
from time import time
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx2

from flows.fetching.asking import BeforeHop
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request, Unchanged
from flows.fetching.settings import FetchSettings


class PlainExchange:
    """Sends requests to servers that mean well."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=settings.concurrency * 2)
        headers = {"user-agent": settings.user_agent or "cleancopy"}
        self._client = httpx2.AsyncClient(headers=headers, limits=limits, trust_env=False, timeout=settings.deadline)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        """Ask, and follow redirects."""
        url = request.url
        conditions = {"if-none-match": request.etag, "if-modified-since": request.last_modified}
        headers = {"accept": request.accept, **{name: value for name, value in conditions.items() if value}}
        for _ in range(self._settings.most_redirects + 1):
            try:
                response = await self._client.get(url, headers=headers)
            except httpx2.HTTPError as error:
                lost = not isinstance(error, httpx2.ConnectError)
                reason = Reason.CONNECTION_LOST if lost else Reason.REFUSED
                return Failed(request=request, url=url, reason=reason, detail=repr(error))
            if not response.has_redirect_location:
                return _outcome(request, url, response)
            url = urljoin(url, response.headers["location"])
            if before_hop is not None and (refused := await before_hop(url)) is not None:
                return refused
        return Failed(request=request, url=url, reason=Reason.REDIRECT_LOOP, detail="too many redirects")


def _outcome(request: Request, url: str, response: httpx2.Response) -> Outcome:
    headers = tuple(response.headers.multi_items())
    status = response.status_code
    if status == httpx2.codes.NOT_MODIFIED:
        return Unchanged(request=request, url=url, headers=headers)
    if response.is_success:
        return Fetched(request=request, url=url, status=status, headers=headers, content=response.content)
    reason = Reason.SERVER_ERROR if response.is_server_error else Reason.CLIENT_ERROR
    after = response.headers.get("retry-after")
    return Failed(
        request=request, url=url, reason=reason, detail=f"status {status}", status=status, retry_after=_seconds(after)
    )


def _seconds(after: str | None) -> float | None:
    if after is None:
        return None
    return float(after) if after.isdigit() else parsedate_to_datetime(after).timestamp() - time()
