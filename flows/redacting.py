"""URLs as they may be shown: a password in one is nobody's business who reads a log."""

import re

# With slashes: SQLAlchemy takes them, too. A port and a path with an @ look like one, and are not missed.
_PASSWORD = re.compile(r"(?<=:)(//?[^/@:\s]*):\S*@|(?<=[?&])(password)=[^&\s]*")


def redacted(text: str) -> str:
    """A URL, or a text with some in it, with three asterisks in the place of passwords."""
    return _PASSWORD.sub(lambda found: f"{found[1]}:***@" if found[2] is None else f"{found[2]}=***", text)
