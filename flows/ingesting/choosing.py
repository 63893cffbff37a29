"""Which text becomes the record's: the page's or the feed's. Evidence decides; nothing here touches the outside."""

from typing import Literal

import msgspec

from cleaners.document import Flag, Hints
from flows.feeds.feed import Entry
from flows.feeds.sighting import TextSource
from flows.feeds.subscriptions import FullText
from flows.ingesting.likeness import share, shingles, size, topics
from flows.ingesting.walls import Wall, is_cut_off, recognise
from flows.pages.page import Page

# In words. Of 105 summaries in 13 languages the longest had 121, the median 23; a shorter text costs one request.
_WHOLE = 250
_BLOCKS = 3
# By how much one text has to be longer, to have something that the other has not: a byline or caption is less.
_LONGER = 1.1
_CLEARLY_LONGER = 1.5
# Of what headline and summary are about, the page has to say so much. Of those 105 articles, one said less of its own
# headline and summary; of another's in their language, 82 of 100 did. Menus and terms of use say less still.
_ABOUT = 0.25
# So many make a share mean something.
_FEWEST_TOPICS = 6
# A page that says so much of it is the article, whatever its text looks like: 81 of those, and 1 of 400 others.
_SURELY_ABOUT = 0.6
# How much of a whole text's own wording the page must have: an extraction that has less lost paragraphs.
_SAME_TEXT = 0.5


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The text that was chosen, and why.

    Attributes:
        text: one block a line; empty where neither feed nor page has one.
        reason: a code, described in docs/records.md.
        hints: what the page says of each line of its text.
    """

    text: str
    source: TextSource
    reason: str
    flags: tuple[Flag, ...] = ()
    hints: Hints | None = None


def wants_page(entry: Entry, full_text: FullText) -> bool:
    """Whether an entry's page is to be fetched: not where the feed evidently gives the whole text, in `auto`."""
    if entry.link is None or full_text == "never":
        return False
    return full_text == "always" or not _gives_all(entry)


def choose(entry: Entry, page: Page | None, missing: str | None, full_text: FullText) -> Choice:
    """The text of an entry's record.

    Args:
        entry: what the feed says.
        page: what the entry's page says, if there is one.
        missing: why there is none, as a reason of fetching, of the sandbox or of the quarantine; None where it was
            not asked for.
        full_text: what was asked for.
    """
    if page is None or full_text == "never":
        return _of_feed(entry, _why_no_page(entry, missing, full_text))
    wall = recognise(page.text)
    if wall is Wall.PAYWALL:
        return _behind_paywall(entry, page)
    text, _ = _given(entry)
    about = topics(f"{entry.title or ''}\n{text}")
    said = share(about, topics(page.text)) if len(about) >= _FEWEST_TOPICS else None
    if wall is not None and (said is None or said < _SURELY_ABOUT):
        return _of_feed(entry, str(wall), *([Flag.CONSENT_WALL] if wall is Wall.CONSENT else []))
    if not text:
        return _of_page(page, "page")
    if said is not None and said < _ABOUT:
        return _of_feed(entry, "page_differs")
    return _longer(entry, text, page)


def _longer(entry: Entry, text: str, page: Page) -> Choice:
    """The page, unless the feed's text has what the page's lacks."""
    feeds, pages = size(text), size(page.text)
    if feeds > _LONGER * pages:
        return _of_feed(entry, "feed_longer")
    if _is_whole(text) and share(shingles(text), shingles(page.text)) < _SAME_TEXT:
        return _of_feed(entry, "page_differs")
    return _of_page(page, "page_longer" if pages > _LONGER * feeds else "page")


def _behind_paywall(entry: Entry, page: Page) -> Choice:
    """The longer of two beginnings, or the feed's whole text."""
    text, _ = _given(entry)
    if size(text) > size(page.text):
        return _of_feed(entry, str(Wall.PAYWALL))
    return _of_page(page, str(Wall.PAYWALL), Flag.TRUNCATED)


def _why_no_page(entry: Entry, missing: str | None, full_text: FullText) -> str:
    if full_text == "never":
        return "never"
    if missing is not None:
        return "robots" if missing == "robots" else f"page_failed:{missing}"
    asked_for = wants_page(entry, full_text)  # and had none to ask for: the link is that of many, or of the site
    return "no_link" if asked_for or entry.link is None else "feed_full"


def _of_page(page: Page, reason: str, *flags: Flag) -> Choice:
    return Choice(text=page.text, source="page", reason=reason, flags=flags, hints=page.hints)


def _of_feed(entry: Entry, reason: str, *flags: Flag) -> Choice:
    text, source = _given(entry)
    cut = is_cut_off(text) or (source == "feed_summary" and not _is_whole(text))
    told = [Flag.FROM_FEED_CONTENT, *([Flag.TRUNCATED] if cut else [])]
    return Choice(text=text, source=source, reason=reason, flags=(*told, *flags))


def _given(entry: Entry) -> tuple[str, Literal["feed_content", "feed_summary"]]:
    """The longer text of the feed: some give the whole text as the description, and an excerpt as the content."""
    content, summary = entry.content or "", entry.summary or ""
    return (content, "feed_content") if content and size(content) >= size(summary) else (summary, "feed_summary")


def _gives_all(entry: Entry) -> bool:
    content, summary = entry.content or "", entry.summary or ""
    if not _is_whole(content):
        return False
    return _is_whole(summary) or size(content) >= _CLEARLY_LONGER * size(summary)


def _is_whole(text: str) -> bool:
    blocks = sum(1 for line in text.split("\n") if line.strip())
    return blocks >= _BLOCKS and size(text) >= _WHOLE and not is_cut_off(text)
