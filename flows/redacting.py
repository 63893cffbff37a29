"""URLs as they may be shown: a password in one is nobody's business who reads a log."""

import re

_PASSWORD = re.compile(r"(?<=:)(?P<slashes>//?)(?P<user>[^/@:\s]*):[^/\s]*@")


def redacted(text: str) -> str:
    """A URL, or a text with some in it, with three asterisks in the place of passwords."""
    return _PASSWORD.sub(r"\g<slashes>\g<user>:***@", text)
