"""Whether a text may take the place of the one that the store has of its article. Pure."""

from flows.feeds.sighting import FULLEST, Held

# What a preview leaves of an article is less than this, and so is what a changed page leaves of an extraction.
_MUCH_SHORTER = 0.5
# A page has captions and boxes that the feed's whole text has not; a correction takes a paragraph, now and then.
_SOMEWHAT_SHORTER = 0.8
LONGER = 1.1
"""By how much one text has to be longer, to have something that the other has not: a byline or caption is less."""


def replaces(new: Held, held: Held | None) -> bool:
    """Whether a text is the article's next one: the first, a correction, or a fuller one.

    A summary of what is stored in full is never a correction: it is what is left when a page is gone, or what another
    feed gives. Nor is another feed's wording, which would alternate with the first from poll to poll.
    """
    if held is None:
        return True
    if new.cut and not held.cut:
        return False
    return new.words >= held.words * _least(new, held)


def is_retitled(new: Held, held: Held | None) -> bool:
    """Whether the headline was corrected: by the feed that gave it; another has headlines of its own.

    Not where the headline is gone, nor where it was never known.
    """
    if held is None or new.feed != held.feed or not new.title or not held.title:
        return False
    return new.title.split() != held.title.split()


def _least(new: Held, held: Held) -> float:
    """How long the new text has to be, in lengths of the old one."""
    if new.source == "page" and not new.cut and held.source != "page" and held.cut:
        return _MUCH_SHORTER
    if not _is_of_same_origin(new, held):
        return LONGER
    if FULLEST.index(new.source) <= FULLEST.index(held.source):
        return _MUCH_SHORTER
    return 1.0 if new.cut else _SOMEWHAT_SHORTER


def _is_of_same_origin(new: Held, held: Held) -> bool:
    """Whether the same feed brings it, or the same page is read, whichever feed leads there."""
    return new.feed == held.feed or (new.link is not None and new.link == held.link)
