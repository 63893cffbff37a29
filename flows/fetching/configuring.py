"""Settings checked before any request is sent; whatever is wrong with them is one line."""

import ipaddress
from importlib.metadata import version

import httpx2
import msgspec

from cleaners.errors import CleancopyError
from flows.fetching.robotstxt import PRODUCT
from flows.fetching.settings import FetchSettings


def configured(settings: FetchSettings) -> FetchSettings:
    """The settings, checked, with the User-Agent that follows from them.

    Raises:
        CleancopyError: a setting cannot be used.
    """
    try:
        # The types say which numbers are possible, and a value made in Python has not met them yet.
        msgspec.convert(msgspec.to_builtins(settings), FetchSettings)
    except msgspec.ValidationError as error:
        what, _, name = str(error).rpartition(" - at `$.")
        raise CleancopyError(f"fetch settings: {name.rstrip('`')}: {what}") from None
    for network in settings.allow_private:
        _check_network(network)
    if settings.proxy is not None:
        _check_proxy(settings.proxy)
    return msgspec.structs.replace(settings, user_agent=_user_agent(settings))


def _check_network(network: str) -> None:
    try:
        ipaddress.ip_network(network)
    except ValueError as error:
        raise CleancopyError(f"fetch settings: allow_private: {error}") from None


def _check_proxy(proxy: str) -> None:
    # The URL may hold a password, so the message does not repeat it.
    try:
        url = httpx2.URL(proxy)
    except (httpx2.InvalidURL, ValueError):
        raise CleancopyError("fetch settings: proxy: not a URL") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise CleancopyError("fetch settings: proxy: not a URL of the form http://host:port or https://host:port")


def _user_agent(settings: FetchSettings) -> str:
    """What we call ourselves: the given one, or name and version, and whom to write to."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    agent = settings.user_agent or f"{PRODUCT}/{version(PRODUCT)}{contact}"
    if not (agent.isascii() and agent.isprintable() and agent.strip()):
        raise CleancopyError("fetch settings: contact and user_agent hold printable ASCII characters only")
    return agent
