"""Whether an entry is the article to which one of its names leads. Pure.

A guid leads to another article where plain numbers meet those of another system of the publisher's, where all entries
have one, or where it is used again; a link, where it is the section's, or where a redirect ends at a login.
"""

from collections.abc import Collection

from flows.feeds.sighting import Marks

# One difference is a correction, or an entry of another feed; an article that differs in two of its marks is another.
_TOO_MANY = 2


def is_same(name: str, one: Marks, before: Collection[Marks]) -> bool:
    """Whether an entry is the article that its name leads to, as feeds showed that; nothing known speaks for it.

    Args:
        name: the name that leads there.
        one: the marks of the entry.
        before: those of the article, in each feed that showed it.
    """
    return not before or any(_is_same(name, one, each) for each in before)


def is_surely_same(one: Marks, before: Collection[Marks]) -> bool:
    """The same where the name leads to several articles: now its title must say so, or if it has none, its minute."""
    return any(
        _agree(one.title, each.title)
        or (one.title is each.title is None and _agree(one.published, each.published) is True)
        for each in before
    )


def _is_same(name: str, one: Marks, other: Marks) -> bool:
    """Agreement in any further mark says so; a link that agrees is sure in spite of a day that does not.

    The minute says it only with the link, or within one feed: many articles are set to appear at six.
    """
    guid, link = _agree(one.guid, other.guid), _agree(one.link, other.link)
    title, published = _agree(one.title, other.title), _agree(one.published, other.published)
    by_link = name.startswith("link:")
    agreed = (guid, title, published) if by_link else (link, title, published if guid else None)
    if True in agreed:
        return True
    differing = (guid, link, title) if by_link else (link, title, published)
    return differing.count(False) < _TOO_MANY


def _agree(one: bytes | None, other: bytes | None) -> bool | None:
    """None where either is not known."""
    return None if one is None or other is None else one == other
