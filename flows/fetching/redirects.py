"""Redirects, followed by hand: where they lead, how often, and whether for good."""

import httpx2

from flows.fetching.faults import FaultError
from flows.fetching.results import Reason
from flows.fetching.urls import checked_url

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
"""All of them lead to another GET, since nothing but GET is ever asked."""


class Trail:
    """The URLs of one request so far.

    From https to http is allowed, since publishers do it and nothing secret is sent; but no such move is for good.

    Attributes:
        url: that is asked now.
    """

    def __init__(self, start: httpx2.URL, most_redirects: int) -> None:
        self.url = start
        self._start = start
        self._seen = {str(start)}
        self._left = self._most = most_redirects
        self._for_good = True

    @property
    def moved_to(self) -> str | None:
        """Where permanent redirects alone have led, from the start."""
        return str(self.url) if self._for_good and self.url != self._start else None

    @property
    def on_first_host(self) -> bool:
        """Whether whoever is asked now is who was asked first."""
        return _who(self.url) == _who(self._start)

    def follow(self, status: int, location: str | None) -> None:
        """Go where a redirect leads.

        Raises:
            FaultError: BAD_URL or REDIRECT_LOOP.
        """
        if not location:
            raise FaultError(Reason.BAD_URL, "a redirect without a Location", status=status)
        try:
            url = checked_url(_as_written(location), self.url)
        except FaultError as fault:
            fault.status = status
            raise
        if str(url) in self._seen:
            raise FaultError(Reason.REDIRECT_LOOP, f"back to {url}", status=status)
        if self._left == 0:
            raise FaultError(Reason.REDIRECT_LOOP, f"more than {self._most} redirects", status=status)
        downgrade = (self.url.scheme, url.scheme) == ("https", "http")
        self._for_good = self._for_good and status in PERMANENT and not downgrade
        self._left -= 1
        self._seen.add(str(url))
        self.url = url


def _who(url: httpx2.URL) -> tuple[str, bytes]:
    return url.scheme, url.netloc


def _as_written(location: str) -> str:
    """Headers are read as Latin-1; a Location with other letters is UTF-8, if it can be."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
