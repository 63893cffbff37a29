"""Which host a URL belongs to: the unit of politeness, of robots.txt and of the circuit."""

import httpx2
import msgspec

_PORTS = {"http": 80, "https": 443}


class Site(msgspec.Struct, frozen=True):
    """Where a URL leads.

    Attributes:
        host: name and port, `xn--bcher-kva.example:443`: IDNA in small letters, no dot at the end, no scheme.
        robots: the URL of its robots.txt.
        path: path and query, as they go over the wire.
    """

    host: str
    robots: str
    path: str


def site_of(url: str) -> Site | None:
    """The site of a URL; None if it is not http or https, names nobody, or carries a user or a password."""
    try:
        parsed = httpx2.URL(url.strip())
        host = parsed.raw_host.decode("ascii").lower().rstrip(".")
        port = parsed.port or _PORTS.get(parsed.scheme)
        if port is None or parsed.scheme not in _PORTS or not host or parsed.userinfo:
            return None
        robots = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}/robots.txt"
        return Site(f"{host}:{port}", robots, parsed.raw_path.decode("ascii"))
    except (httpx2.InvalidURL, ValueError):  # of encodings and ports, too
        return None
