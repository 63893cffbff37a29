"""The immutable values that pass between the stages of cleaning."""

from enum import StrEnum
from typing import Literal

import msgspec

PublisherSource = Literal["input", "feed", "url", "rule"]
DateSource = Literal["jsonld", "meta", "time", "feed", "dateline", "input"]
DatePrecision = Literal["second", "minute", "day"]


class Kind(StrEnum):
    """What a removed, moved or flagged piece of text is. Each is described in docs/records.md."""

    ABOUT_ORGANISATION = "about_organisation"
    AD_MARKER = "ad_marker"
    AFFILIATE_SPONSORED_DISCLOSURE = "affiliate_sponsored_disclosure"
    AGENCY_CREDIT = "agency_credit"
    APP_PROMO = "app_promo"
    AUDIO_PLAYER = "audio_player"
    AUTHOR_BIO = "author_bio"
    BYLINE = "byline"
    CAPTION = "caption"
    COMMENT_INVITATION = "comment_invitation"
    CONTACT_LINE = "contact_line"
    CONTROL_CHARACTER = "control_character"
    COOKIE_CONSENT = "cookie_consent"
    COPYRIGHT = "copyright"
    CORRECTION_NOTE = "correction_note"
    DATELINE = "dateline"
    DATELINE_BYLINE = "dateline_byline"
    DISCLAIMER = "disclaimer"
    DONATION_ASK = "donation_ask"
    EDITORS_NOTE = "editors_note"
    FIRST_PUBLISHED = "first_published"
    LIVE_BLOG_FURNITURE = "live_blog_furniture"
    NEWSLETTER = "newsletter"
    PHOTO_CREDIT_CAPTION = "photo_credit_caption"
    READING_TIME = "reading_time"
    RELATED_LINK = "related_link"
    REPEATED_HEADLINE = "repeated_headline"
    SHARE_BAR = "share_bar"
    SOCIAL_FOLLOW = "social_follow"
    SOURCE_CREDIT = "source_credit"
    STANDFIRST = "standfirst"
    SUBSCRIPTION_PAYWALL = "subscription_paywall"
    SYNDICATION_NOTICE = "syndication_notice"
    TAGS = "tags"
    UI_JUNK = "ui_junk"


class Flag(StrEnum):
    """What a reader of a record should know before trusting it. Each is described in docs/records.md."""

    CONSENT_WALL = "consent_wall"
    DECODED_WITH_ERRORS = "decoded_with_errors"
    EMPTY = "empty"
    FROM_FEED_CONTENT = "from_feed_content"
    OVER_BUDGET = "over_budget"
    PAYWALLED = "paywalled"
    TRUNCATED = "truncated"


FIGCAPTION = "figcaption"
"""The element that holds a picture's caption."""


class LineHint(msgspec.Struct, frozen=True, array_like=True):
    """What the page says of a line of its text.

    Attributes:
        tag: the element that it was: `p`, `h2`, `li`, `blockquote`, `tr`, ...; `figcaption` for all that is in one;
            `script` where it stood in no element, but in the page's data.
        linked: the share of its characters that are links.
        score: how probable it is, to the page model, that the line is no part of the article.
        reason: why, where the line is over the threshold; else empty.
    """

    tag: str
    linked: float
    score: float
    reason: str


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of the lines of its text, and the model that judged them.

    Attributes:
        model: the page model's version.
        threshold: the score from which on a line is taken out.
        lines: one for each line of the text.
    """

    model: str
    threshold: float
    lines: tuple[LineHint, ...]


class Agency(msgspec.Struct, frozen=True, kw_only=True):
    """A news agency that supplied copy, and the words that say so."""

    name: str
    evidence: str


class Given(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of an article besides its text, as its source gave it.

    A record keeps it as `input`, so that cleaning the restored original with it gives the record again.

    Attributes:
        publisher: a registrable domain, or a name that the phrase library knows; any other string is kept.
        publisher_source: where `publisher` was found.
        language: a BCP 47 tag; only its first subtag counts. None: every language's phrases are tried.
        date_published: as the source wrote it; RFC 3339, RFC 5322 or ISO 8601 are understood.
        agencies: that supplied the copy, where the source names them in a field of its own.
        flags: what the reader of the document noticed.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        hints: what the page says of each line; None where the text came as text.
    """

    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    publisher_source: PublisherSource = "input"
    language: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    date_source: DateSource = "input"
    agencies: tuple[Agency, ...] = ()
    flags: tuple[Flag, ...] = ()
    strip_datelines: bool = False
    hints: Hints | None = None


class Document(Given, frozen=True, kw_only=True, omit_defaults=True):
    """An article as it came: its text, one block a line, and what is known besides."""

    text: str

    def given(self) -> Given:
        """Everything but the text."""
        return Given(**{name: getattr(self, name) for name in Given.__struct_fields__})


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the original that is not in the text.

    Attributes:
        start: offset in the original, in code points.
        end: offset past the piece; `end - start == len(text)`.
        action: `moved` where the piece lives on in a field, else `removed`.
        fields: the record's fields that the piece went into or was read into.
        rule: a phrase's id (`mid-day.com/app-promo`), a step (`field:dateline`) or `model:<version>`.
        reason: why, in words.
        score: the model's; None for rules.
    """

    start: int
    end: int
    text: str
    kind: Kind
    action: Literal["removed", "moved"]
    fields: tuple[str, ...]
    rule: str
    reason: str
    score: float | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A correction, disclosure or the like: it stays in the text, and is listed."""

    kind: Kind
    text: str
    rule: str


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A date as exact as its source: RFC 3339 with offset, or a full-date where only the day is sure."""

    value: str | None
    precision: DatePrecision | None
    raw: str


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """Clean copy: the text, all that left it, and the fields that were read from it."""

    text: str
    removed: tuple[Removal, ...]
    publisher: str | None
    publisher_source: PublisherSource | None
    syndicated_from: str | None
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    date_published: Moment | None
    date_modified: Moment | None
    date_source: DateSource | None
    dateline: str | None
    agencies: tuple[Agency, ...]
    syndicated: bool | None
    captions: tuple[str, ...]
    notices: tuple[Notice, ...]
    flags: tuple[Flag, ...]
