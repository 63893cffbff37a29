"""What a store notes of an entry of a feed, so that it knows it again, and of the text that it has of its article."""

from typing import Literal, get_args

import msgspec

TextSource = Literal["page", "feed_content", "feed_summary"]
"""Where the text of a record came from."""

FULLEST: tuple[TextSource, ...] = get_args(TextSource)
"""The same, the fullest first."""


class Sighted(msgspec.Struct, frozen=True, gc=False):
    """How a feed showed an article when it was last dealt with.

    Attributes:
        fingerprint: of what the feed said of it.
    """

    fingerprint: bytes


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


class Held(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is known of the text that a store has of an article: enough to tell whether another is a lesser one.

    Attributes:
        source: where it came from.
        words: how many it has, about.
        cut: whether the rest of the article may be missing.
        feed: whose entry brought it; what that one says anew is a correction, what others say is another wording.
        link: the name of the page's link; None of a feed's own text.
        title: as `feed` gave it.
    """

    source: TextSource
    words: int
    cut: bool
    feed: str
    link: str | None = None
    title: str | None = None
