"""Why bytes are no feed."""

from enum import StrEnum

from cleaners.errors import CleancopyError


class Refusal(StrEnum):
    """What the bytes are instead. Each is described in docs/feed-formats.md."""

    EMPTY = "empty"
    BINARY = "binary"
    HTML = "html"
    SITEMAP = "sitemap"
    OPML = "opml"
    OTHER_XML = "other_xml"
    OTHER_JSON = "other_json"
    BROKEN_JSON = "broken_json"
    NO_MARKUP = "no_markup"
    ENCODING = "encoding"
    ENTITIES = "entities"
    UNREADABLE = "unreadable"


class NotAFeedError(CleancopyError):
    """What was read is no feed, or none that can be read; `reason` says why."""

    def __init__(self, reason: Refusal, message: str) -> None:
        super().__init__(message)
        self.reason = reason
