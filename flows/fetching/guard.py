"""Connections to checked addresses only, below HTTP: whatever name or redirect leads there.

A name is resolved here, once; every address it has is checked, and one that is forbidden fails them all; then the
checked address itself is connected to, never the name again. A name that changes between check and connection (DNS
rebinding) changes nothing.

With a proxy, this sees the proxy's address alone, and the proxy's rules hold for what lies behind it: it resolves the
names. What a URL spells out (`127.1`, `localhost`) is still checked by the transport.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import ip_address
from itertools import chain, zip_longest

import httpcore2

from flows.fetching.addresses import Address, Network, literal_address, why_forbidden
from flows.fetching.faults import FaultError
from flows.fetching.meter import CURRENT
from flows.fetching.results import Reason
from flows.fetching.streams import GuardedStream

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, for a port; an OSError if it has none."""

_MOST_ADDRESSES = 4
_PATIENCE = 2.0  # seconds for each address but the last: a family that leads nowhere must not use up the time


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, in its order.

    A lookup cannot be interrupted. In a daemon thread of its own, one that hangs keeps neither other lookups nor the
    end of the event loop waiting, as it would in the loop's pool.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(addresses: Sequence[str], error: Exception | None) -> None:
        if answer.done():  # whoever asked has given up
            return
        if error is None:
            answer.set_result(addresses)
        else:
            answer.set_exception(error)

    def look_up() -> None:
        addresses: Sequence[str] = ()
        failure: Exception | None = None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        except Exception as error:  # noqa: BLE001 - raised again where the answer is awaited
            failure = error
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(settle, addresses, failure)

    threading.Thread(target=look_up, name="cleancopy-resolving", daemon=True).start()
    return await answer


class Guard(httpcore2.AsyncNetworkBackend):
    """Opens connections for httpcore2.

    Args:
        allowed: private networks that may be reached.
        resolve: what gives a host's addresses.
        proxy: the scheme of the proxy to which all connections lead, if they do.
    """

    def __init__(
        self, allowed: Iterable[Network] = (), resolve: Resolve = system_resolve, proxy: str | None = None
    ) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._proxy = proxy
        self._backend = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore2's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to one of a host's addresses, all of them checked."""
        if (meter := CURRENT.get()) is not None:
            meter.opened = True
            meter.at_proxy = self._proxy is not None
        try:
            async with asyncio.timeout(timeout):
                addresses = _order(await self._checked(host, port))
                stream = await self._first(addresses, host, port, local_address, socket_options)
        except TimeoutError:
            raise FaultError(Reason.DEADLINE, f"no connection to {host} within {timeout:g} s") from None
        return GuardedStream(stream, self._proxy)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore2's interface
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore2.AsyncNetworkStream:
        """Never."""
        raise FaultError(Reason.FORBIDDEN_ADDRESS, f"a socket file: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[Address]:
        literal = literal_address(host)
        addresses = [literal] if literal is not None else await self._resolved(host, port)
        for address in addresses:
            self.check(host, address)
        return addresses

    def check(self, host: str, address: Address) -> None:
        """Raise a FaultError if a host's address must not be reached."""
        why = why_forbidden(address, self._allowed)
        if why is not None:
            said = f'{host} is at {address}: {why}; allow_private = ["{address}"] under [fetch] would allow it'
            raise FaultError(Reason.FORBIDDEN_ADDRESS, said)

    async def _resolved(self, host: str, port: int) -> list[Address]:
        try:
            found = [ip_address(text) for text in await self._resolve(host, port)]
        # A label of more than 63 letters is a UnicodeError, one with a wrong address a ValueError.
        except (OSError, ValueError) as error:
            raise FaultError(Reason.DNS, f"{host} has no address: {error}") from error
        if not found:
            raise FaultError(Reason.DNS, f"{host} has no address")
        return found

    async def _first(
        self,
        addresses: Sequence[Address],
        host: str,
        port: int,
        local_address: str | None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None,
    ) -> httpcore2.AsyncNetworkStream:
        """The first of the addresses that answers."""
        for address in addresses:
            patience = None if address is addresses[-1] else _PATIENCE
            try:
                return await self._backend.connect_tcp(str(address), port, patience, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
        raise FaultError(Reason.REFUSED, f"no connection to {host} at {addresses[-1]}: {last}") from last


def _order(addresses: Sequence[Address]) -> list[Address]:
    """The families in turn, the resolver's first choice first, and not too many (after RFC 8305)."""
    first = [address for address in addresses if address.version == addresses[0].version]
    second = [address for address in addresses if address.version != addresses[0].version]
    both = chain.from_iterable(zip_longest(first, second))
    return [address for address in both if address is not None][:_MOST_ADDRESSES]
