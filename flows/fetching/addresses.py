"""Which IP addresses may be reached: an explicit list of what is not the public internet, and exceptions from it.

`ipaddress.is_global` is not asked: it calls 64:ff9b::7f00:1, 2002:7f00:1:: and 224.0.0.1 global, and its answers
change between versions of Python.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from cleaners.errors import CleancopyError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# From IANA's registries of special-purpose addresses (IPv4, IPv6) and of IPv6 address space. The first that holds an
# address names it, so the narrow stand before the wide.
_FORBIDDEN = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "a carrier's own (CGNAT)",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::/96": "IPv4-compatible",
    "::ffff:0:0:0/96": "IPv4-translated",
    "64:ff9b:1::/48": "local NAT64",
    "100::/64": "discard-only",
    "100:0:0:1::/64": "dummy prefix",
    "2001::/32": "Teredo",
    "2001:2::/48": "benchmarking",
    "2001:10::/28": "ORCHID",
    "2001:20::/28": "ORCHIDv2",
    "2001::/23": "protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fc00::/7": "unique local",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
    # What is left outside 2000::/3 is nobody's global unicast.
    "::/3": "reserved",
    "4000::/2": "reserved",
    "8000::/1": "reserved",
}
FORBIDDEN: tuple[tuple[Network, str], ...] = tuple((ip_network(text), name) for text, name in _FORBIDDEN.items())

_EMBEDDING = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""The last 32 bits are an IPv4 address: mapped ones, and those of NAT64, which a network without IPv4 resolves to."""


def parse_allowed(entries: Iterable[str]) -> tuple[Network, ...]:
    """The networks of `allow_private`.

    Raises:
        CleancopyError: if an entry is no address and no network, or a network with host bits (`10.1.2.3/8`).
    """
    networks: list[Network] = []
    for entry in entries:
        try:
            networks.append(ip_network(entry))
        except ValueError as error:
            raise CleancopyError(
                f"fetch settings: allow_private: {entry!r} is no address or network ({error})"
            ) from None
    return tuple(networks)


def why_forbidden(address: Address, allowed: Iterable[Network] = ()) -> str | None:
    """What an address is, in a word or two, if it must not be reached; else None."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return "bound to an interface"
        if any(address in network for network in _EMBEDDING):
            return why_forbidden(IPv4Address(int(address) & 0xFFFF_FFFF), allowed)
    if any(address in network for network in allowed):
        return None
    return next((name for network, name in FORBIDDEN if address in network), None)


def literal_address(host: str) -> Address | None:
    """The address that a host spells out, in any form that a C library reads: `127.1`, `2130706433`, `0x7f000001`."""
    host = host.removesuffix(".")
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        # inet_aton also takes an address with anything behind a space, which is no host.
        return None if any(map(str.isspace, host)) else IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None
