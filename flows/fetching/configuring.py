"""Settings checked before any request is sent; whatever is wrong with them is one line."""

import httpx2
import msgspec

from cleaners.errors import CleancopyError
from flows.fetching.addresses import parse_allowed
from flows.fetching.headers import user_agent
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
    parse_allowed(settings.allow_private)
    if settings.proxy is not None:
        _check_proxy(settings.proxy)
    return msgspec.structs.replace(settings, user_agent=user_agent(settings))


def _check_proxy(proxy: str) -> None:
    # The URL may hold a password, so the message does not repeat it.
    try:
        url = httpx2.URL(proxy)
    except (httpx2.InvalidURL, ValueError):
        raise CleancopyError("fetch settings: proxy: not a URL") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise CleancopyError("fetch settings: proxy: not a URL of the form http://host:port or https://host:port")
