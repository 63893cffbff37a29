"""What a store notes of an entry of a feed, so that it knows it again, and of the text that it has of its article."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

TextSource = Literal["page", "feed_content", "feed_summary"]
"""Where the text of a record came from."""

FULLEST: tuple[TextSource, ...] = get_args(TextSource)
"""The same, the fullest first."""


class Marks(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """By what an entry is told from others: digests of each of these; None where the feed does not say.

    Attributes:
        guid, link: its names; a link that several entries of a feed share, or the site's own, is none.
        title: whatever its capitals and signs.
        published: the instant, if the feed says more than a day.
        text: how its text begins, as `flows.ingesting.wording` has it.
    """

    guid: bytes | None = None
    link: bytes | None = None
    title: bytes | None = None
    published: bytes | None = None
    text: bytes | None = None

    def elsewhere(self) -> "Marks":
        """As they tell something to another feed, which counts its guids in its own way."""
        return msgspec.structs.replace(self, guid=None)


class Sighted(msgspec.Struct, frozen=True, gc=False):
    """How a feed showed an article when it was last dealt with.

    Attributes:
        fingerprint: of what the feed said of it.
        marks: by which it is told from other articles under one of its names.
    """

    fingerprint: bytes
    marks: Marks = Marks()


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

    Each article that has a record has it, whoever brought that; so None in its place says that there is no record.

    Attributes:
        source: where it came from.
        words: how many it has, about.
        cut: whether the rest of the article may be missing.
        feed: whose entry brought it; what that one says anew is a correction, what others say is another wording.
            Empty where no feed did, but `clean`.
        link: the name of the page's link; None of a feed's own text.
        title: as `feed` gave it.
    """

    source: TextSource
    words: int
    cut: bool
    feed: str
    link: str | None = None
    title: str | None = None


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An article that waits for its page, or for a run that brings it.

    Attributes:
        due: when that may be asked for; None: at once. Since when, for one that a limit left.
        tries: how often it could not be had.
        why: the last time, as a reason code.
        candidate: all that is known of the article: it may be gone from its feed by the time that its page comes.
    """

    due: datetime | None
    tries: int
    why: str
    candidate: bytes
