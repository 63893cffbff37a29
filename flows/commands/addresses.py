"""Addresses and domains as people type them."""

from urllib.parse import urlsplit

import typer

from flows.fetching.addresses import literal_address, why_forbidden
from flows.fetching.faults import FaultError
from flows.fetching.urls import checked_url

_PORTS = {80: ["http"], 443: ["https"]}


def meant(address: str) -> list[str]:
    """The URLs that an address may mean, the likeliest first; one with its scheme is only itself.

    Without a scheme it is https, as in a browser. Where a port is named, http may be meant as well; on one's own
    machine or network it is what is meant first.
    """
    address = address.strip()
    if "://" in address:
        return [address]
    return [f"{scheme}://{address}" for scheme in _schemes(address)]


def _schemes(address: str) -> list[str]:
    try:
        parts = urlsplit(f"//{address}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ["https"]
    if port in _PORTS:
        return _PORTS[port]
    if _is_own(host):
        return ["http", "https"]
    return ["https", "http"] if port is not None else ["https"]


def _is_own(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = literal_address(host)
    return address is not None and why_forbidden(address) is not None


def domain(publisher: str) -> str:
    """A publisher's domain in small letters.

    Raises:
        typer.BadParameter: it is none.
    """
    name = publisher.strip().lower()
    try:
        is_host = (
            "." in name
            and ":" not in name
            and checked_url(f"https://{name}/").netloc.decode() in {name, _in_ascii(name)}
        )
    except (FaultError, UnicodeError):
        is_host = False
    if not is_host:
        raise typer.BadParameter(f"--publisher {publisher}: not a domain of the form example.org")
    return name


def _in_ascii(name: str) -> str:
    return name.encode("idna").decode("ascii")
