"""What a store notes of an entry of a feed, so that it knows it again."""

from typing import Literal

import msgspec

TextSource = Literal["page", "feed_content", "feed_summary"]
"""Where the text of a record came from, the fullest first."""


class Sighted(msgspec.Struct, frozen=True, gc=False):
    """How a feed showed an article when it was last dealt with.

    Attributes:
        fingerprint: of what the feed said of it.
        text: where the stored text came from; None where this feed brought none: another had, or none came at all.
    """

    fingerprint: bytes
    text: TextSource | None = None


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a feed, by all the names that it has there.

    Attributes:
        feed: the feed's URL, as it was subscribed to.
        names: each of them leads to the article the next time.
        sighted: what the feed said.
    """

    feed: str
    names: tuple[str, ...]
    sighted: Sighted
