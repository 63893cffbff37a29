"""Every forbidden network, from inside and from just outside."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest

from cleaners.errors import CleancopyError
from flows.fetching.addresses import FORBIDDEN, Network, literal_address, parse_allowed, why_forbidden

# A public neighbour of each network that has one; the others lie inside of one that is forbidden too.
PUBLIC = [
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.1.255",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "2000::",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:200::",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
    "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2003::",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:1000::",
    "64:ff9b::808:808",
    "::ffff:8.8.8.8",
]


def _ends(network: Network) -> tuple[str, str]:
    return str(network.network_address), str(network.broadcast_address)


@pytest.mark.parametrize(("network", "name"), FORBIDDEN, ids=str)
def test_first_and_last_address_of_a_network_are_forbidden(network: Network, name: str) -> None:
    assert all(why_forbidden(ip_address(end)) for end in _ends(network))
    assert why_forbidden(network[network.num_addresses // 2]) is not None
    assert name


@pytest.mark.parametrize("text", PUBLIC)
def test_just_outside_is_public(text: str) -> None:
    assert why_forbidden(ip_address(text)) is None


def test_every_border_is_tried() -> None:
    """Each neighbour of a network is forbidden by another, or is in the list above."""
    listed = set(map(ip_address, PUBLIC))
    for network, _ in FORBIDDEN:
        kind = type(network.network_address)
        borders = {int(network.network_address) - 1, int(network.broadcast_address) + 1}
        inside = {kind(border) for border in borders if 0 <= border <= int(kind(-1 % 2**network.max_prefixlen))}
        open_borders = {address for address in inside if why_forbidden(address) is None}
        assert open_borders <= listed, network


@pytest.mark.parametrize("text", ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "::ffff:0.0.0.0"])
def test_an_embedded_address_is_judged(text: str) -> None:
    assert why_forbidden(ip_address(text)) is not None


@pytest.mark.parametrize(
    "text", ["2002:7f00:1::", "64:ff9b:1::808:808", "::ffff:0:8.8.8.8", "2001:0:1::", "::8.8.8.8"]
)
def test_other_embeddings_are_forbidden_whole(text: str) -> None:
    assert why_forbidden(ip_address(text)) is not None


def test_an_address_bound_to_an_interface_is_forbidden_even_if_allowed() -> None:
    assert why_forbidden(IPv6Address("fe80::1%lo"), [ip_network("fe80::/10")]) is not None


def test_what_is_allowed_is_allowed_and_nothing_beside_it() -> None:
    allowed = parse_allowed(["127.0.0.2", "10.0.0.0/8", "fd00::/8"])
    reachable = ["127.0.0.2", "::ffff:127.0.0.2", "10.255.0.1", "fd12::1"]
    assert [why_forbidden(ip_address(text), allowed) for text in reachable] == [None] * 4
    beside = ["127.0.0.1", "127.0.0.3", "11.0.0.0", "192.168.0.1", "fc00::1"]
    assert [text for text in beside if why_forbidden(ip_address(text), allowed) is None] == ["11.0.0.0"]


@pytest.mark.parametrize("entry", ["10.1.2.3/8", "localhost", "", "1.2.3", "::1/200"])
def test_an_entry_that_is_none_is_named(entry: str) -> None:
    with pytest.raises(CleancopyError, match="allow_private"):
        parse_allowed([entry])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7F.1", "0177.0.0.1", "017700000001", "127.0.0.1."]
)
def test_forms_of_an_address_are_read(host: str) -> None:
    assert literal_address(host) == IPv4Address("127.0.0.1")


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1 x", "1.2.3.4.5", "256.1.1.1", "", "١٢٧.0.0.1"])
def test_a_name_is_no_address(host: str) -> None:
    assert literal_address(host) is None
