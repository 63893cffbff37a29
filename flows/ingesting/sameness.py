"""Whether an entry is the article to which one of its names leads. Pure.

A guid leads to another article where plain numbers meet those of another system of the publisher's, where all entries
have one, or where it is used again; a link, where it is the section's, or where a redirect ends at a login.
"""

import re
from collections.abc import Collection

import msgspec

from flows.feeds.sighting import Marks
from flows.ingesting.wording import Likeness, likeness

# Ids that nobody gives away twice by mistake; `12`, `latest` and URLs are.
_UNIQUE = re.compile(r"(?:tag|urn):|(?:.*:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE)
SAME = 0
"""From here on it is the same article."""
SURE = 100
"""More than any marks say."""


class _Weights(msgspec.Struct, frozen=True):
    """How much each mark speaks for one article where it agrees, and where it differs.

    Attributes:
        lead: what the name that leads there says by itself.
        name: the other one of guid and link.
        published: the minute.
        wording: of the texts: the same, something of both, another, of a few words.
    """

    lead: int
    name: tuple[int, int]
    title: tuple[int, int]
    published: tuple[int, int]
    wording: tuple[int, int, int, int]


# One difference is a correction, or an entry of another feed; two that nothing outweighs are another article.
_BY_GUID = _Weights(lead=1, name=(4, -1), title=(1, -1), published=(2, -1), wording=(2, 0, -1, 0))
_BY_UNIQUE_GUID = msgspec.structs.replace(_BY_GUID, lead=5)
# Stories that develop keep their link, and change headline, hour and some of their wording. `Accident`, at the link
# of all news of the roads, keeps its headline, too, but comes with another guid and other words.
_BY_LINK = _Weights(lead=3, name=(4, -3), title=(1, -1), published=(2, 0), wording=(2, -2, -3, 0))
# A link that is neither's own: where both lead. That may be a login, but hardly with one headline.
_BY_DETOUR = _Weights(lead=0, name=(4, -1), title=(1, -1), published=(2, 0), wording=(2, 0, -1, 0))
# Two entries of a feed at once: what they share says nothing, and a text is no correction of one that is still there.
_AT_ONCE = _Weights(lead=0, name=(0, -1), title=(1, -1), published=(1, 0), wording=(2, -2, -3, -2))
# A second link at once weighs more than a second guid, which some make at each correction.
_OTHER_LINK = -2


def is_same(name: str, one: Marks, before: Collection[Marks]) -> bool:
    """Whether an entry is the article that its name leads to, as feeds showed that; nothing known speaks for it.

    Args:
        name: the name that leads there.
        one: the marks of the entry.
        before: those of the article, in each feed that showed it.
    """
    return how_sure(name, one, before) >= SAME


def how_sure(name: str, one: Marks, before: Collection[Marks]) -> int:
    """How much speaks for it that an entry is the article that its name leads to; below 0 it is another."""
    return max((_score(name, one, each) for each in before), default=SAME)


def is_surely_same(one: Marks, before: Collection[Marks]) -> bool:
    """The same where the name leads to several articles: now its title must say so, or if it has none, its minute."""
    return any(_is_surely_same(one, each) for each in before)


def _is_surely_same(one: Marks, other: Marks) -> bool:
    published = _agree(one.published, other.published)
    if not (_agree(one.title, other.title) or (one.title is other.title is None and published is True)):
        return False
    guid, link = _agree(one.guid, other.guid), _agree(one.link, other.link)
    sure = _sum(_AT_ONCE, one, other, name=guid, published=published)
    return sure + _weight((0, _OTHER_LINK), link) >= SAME


def _score(name: str, one: Marks, other: Marks) -> int:
    guid, link = _agree(one.guid, other.guid), _agree(one.link, other.link)
    published = _agree(one.published, other.published)
    is_permalink = _is_permalink(one) or _is_permalink(other)
    if is_permalink or name.startswith("link:"):
        weights, guid = _BY_DETOUR if link is False else _BY_LINK, None if is_permalink else guid
        return _sum(weights, one, other, name=guid, published=published)
    if published and not guid:
        # Of another feed: many articles are set to appear at six.
        published = None
    return _sum(_BY_UNIQUE_GUID if _UNIQUE.match(name) else _BY_GUID, one, other, name=link, published=published)


def _is_permalink(marks: Marks) -> bool:
    """Whether guid and link are one name: that both agree says no more than one of them."""
    return marks.guid is not None and marks.guid == marks.link


def _sum(weights: _Weights, one: Marks, other: Marks, *, name: bool | None, published: bool | None) -> int:
    said = likeness(one.text, other.text)
    return (
        weights.lead
        + _weight(weights.name, name)
        + _weight(weights.title, _agree(one.title, other.title))
        + _weight(weights.published, published)
        + (0 if said is Likeness.UNKNOWN else weights.wording[said])
    )


def _weight(weights: tuple[int, int], agrees: bool | None) -> int:  # noqa: FBT001 - None is an answer, too
    return 0 if agrees is None else weights[0 if agrees else 1]


def _agree(one: bytes | None, other: bytes | None) -> bool | None:
    """None where either is not known."""
    return None if one is None or other is None else one == other
