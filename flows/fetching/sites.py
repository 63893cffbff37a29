"""Which host a URL belongs to: the unit of politeness, of robots.txt and of the circuit."""

from functools import lru_cache

import msgspec

from flows.fetching.urls import PORTS, checked_url


class Site(msgspec.Struct, frozen=True):
    """Where a URL leads.

    Attributes:
        host: name and port, `xn--bcher-kva.example:443`: IDNA in small letters, no dot at the end, no scheme. Whoever
            listens there has one line of requests.
        origin: with the scheme: what says nothing to https at that port may well answer http.
        path: path and query, as they go over the wire.
    """

    host: str
    origin: str
    path: str

    @property
    def robots(self) -> str:
        """The URL of its robots.txt."""
        return f"{self.origin}/robots.txt"


@lru_cache(maxsize=4096)  # asked when a request is scheduled, when it is its turn, and at each retry
def site_of(url: str) -> Site:
    """The site of a URL.

    Raises:
        FaultError: BAD_URL, if it cannot be asked.
    """
    checked = checked_url(url)
    host = f"{checked.raw_host.decode('ascii')}:{checked.port or PORTS[checked.scheme]}"
    return Site(host, f"{checked.scheme}://{checked.netloc.decode('ascii')}", checked.raw_path.decode("ascii"))
