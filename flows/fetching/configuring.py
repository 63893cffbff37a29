"""Settings checked before any request is sent; whatever is wrong with them is one line."""

import msgspec

from cleaners.errors import CleancopyError
from flows.fetching.addresses import parse_allowed
from flows.fetching.headers import user_agent
from flows.fetching.proxies import proxy_of
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
        proxy_of(settings.proxy)
    return msgspec.structs.replace(settings, user_agent=user_agent(settings))
