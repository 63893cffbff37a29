"""Which text becomes the record's: the page's or the feed's. Evidence decides; nothing here touches the outside."""

from typing import Literal

import msgspec

from cleaners.document import Flag, Hints
from flows.feeds.feed import Entry
from flows.feeds.sighting import TextSource
from flows.feeds.subscriptions import FullText
from flows.ingesting.elsewhere import Place, place_of
from flows.ingesting.replacing import LONGER
from flows.pages.likeness import share, shingles, size, topics, words
from flows.pages.page import Page
from flows.pages.walls import FEWEST_TOPICS, Wall, is_cut_off, is_surely_about, wall_of, with_lead_apart

# In words. Of 105 summaries in 13 languages the longest had 121, the median 23; a shorter text costs one request.
_WHOLE = 250
_BLOCKS = 3
_CLEARLY_LONGER = 1.5
# Of what headline and summary are about, the page has to say so much. Of those 105 articles, one said less of its own
# headline and summary; of another's in their language, 82 of 100 did. Menus and terms of use say less still.
_ABOUT = 0.25
# Of a few words, title included. Of 719 articles with short titles, 2 said less of their own; of another's in their
# language, 87 of 100 did. One word that both had would have let 85 of 100 pass.
_ABOUT_FEW = 0.6
# A page to which a link led by another URL has so much of the headline in its own, or it is not the article's.
_HEADLINE = 0.5
# How much of a whole text's own wording the page must have: an extraction that has less lost paragraphs.
_SAME_TEXT = 0.5


REDIRECTED = "redirected"
MAY_PASS = frozenset({REDIRECTED, str(Wall.ERROR)})
"""Why a page that came was not taken, though it may be another time: not how a site treats all who come."""


NOT_ITS_PAGE = frozenset({REDIRECTED, *map(str, (Wall.CAPTCHA, Wall.LOGIN, Wall.ERROR))})
"""Why a page was not taken that says nothing of the article in its head either, as many a consent wall does."""


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


def wants_page(entry: Entry, full_text: FullText, *, is_foreign: bool = False) -> bool:
    """Whether an entry's page is to be fetched: not where the feed evidently gives the whole text, in `auto`.

    What a feed says at length of another site's page is not that page's text.
    """
    if entry.link is None or full_text == "never":
        return False
    return full_text == "always" or is_foreign or not _gives_all(entry)


def choose(
    entry: Entry,
    page: Page | None,
    missing: str | None,
    full_text: FullText,
    *,
    reached: str | None = None,
    is_foreign: bool = False,
) -> Choice:
    """The text of an entry's record.

    Args:
        entry: what the feed says.
        page: what the entry's page says, if there is one.
        missing: why there is none, as a reason of fetching, of the sandbox or of the quarantine; None where it was
            not asked for.
        full_text: what was asked for.
        reached: the page's URL after redirects; None where it was not fetched.
        is_foreign: whether the page is another site's than the feed's: what the feed says are remarks of its own.
    """
    if page is None or full_text == "never":
        why = _why_no_page(entry, missing, full_text, is_foreign=is_foreign)
        return _of_feed(entry, why, are_remarks=is_foreign and missing is not None)
    text, _ = _given(entry)
    remarks = is_foreign and bool(entry.title)
    about = f"{entry.title or ''}\n{'' if remarks else text}"
    wall = wall_of(page, about)
    why_not = _why_not(entry, page, about, wall, reached, is_headline=remarks or not text)
    if why_not is not None:
        consent = [Flag.CONSENT_WALL] if wall is Wall.CONSENT else []
        return _of_feed(entry, why_not, *consent, are_remarks=is_foreign)
    if wall is Wall.PAYWALL:
        return _behind_paywall(entry, page, is_foreign=is_foreign)
    if is_foreign and share(shingles(page.text), shingles(text)) < _SAME_TEXT:
        return _of_page(page, "page")
    return _longer(entry, text, page) if text else _of_page(page, "page")


def _why_not(
    entry: Entry, page: Page, about: str, wall: Wall | None, reached: str | None, *, is_headline: bool
) -> str | None:
    """Why a page is not the article's; None where it is, for all that is known."""
    if wall not in {None, Wall.PAYWALL}:
        return str(wall)
    if entry.link and reached and not _is_there(entry, page, about, place_of(entry.link, reached)):
        return REDIRECTED
    return "page_differs" if wall is None and _is_about_else(entry, page, about, is_headline=is_headline) else None


def _is_there(entry: Entry, page: Page, about: str, place: Place) -> bool:
    """Whether the page to which a link led is the article's: of a front page never, of others if they say so.

    A section names the headlines of its articles, too; so its text is no evidence.
    """
    if place in {Place.THERE, Place.AWAY}:
        return place is Place.THERE
    headline = words(entry.title or "")
    if headline and share(headline, words(page.title or "")) >= _HEADLINE:
        return True
    if place is Place.ABOVE:
        return is_surely_about(page, about)
    return not _is_about_else(entry, page, about, is_headline=False)


def _is_about_else(entry: Entry, page: Page, about: str, *, is_headline: bool) -> bool:
    """Whether a page says too little of what is known of the article.

    Args:
        entry: what the feed says.
        page: what it says.
        about: what is known.
        is_headline: whether that is a headline alone, which the page may have above its text.
    """
    wanted = topics(about)
    said = f"{page.title or ''}\n{page.text}" if is_headline else page.text
    if len(wanted) >= FEWEST_TOPICS:
        return share(wanted, topics(said)) < _ABOUT
    on_page = words(f"{page.title or ''}\n{page.text}")
    return max(share(words(few), on_page) for few in (about, entry.title or about)) < _ABOUT_FEW


def _longer(entry: Entry, text: str, page: Page) -> Choice:
    """The page, unless the feed's text has what the page's lacks."""
    feeds, pages = size(text), size(page.text)
    if feeds > LONGER * pages:
        return _of_feed(entry, "feed_longer")
    if _is_whole(text) and share(shingles(text), shingles(page.text)) < _SAME_TEXT:
        return _of_feed(entry, "page_differs")
    return _of_page(page, "page_longer" if pages > LONGER * feeds else "page")


def _behind_paywall(entry: Entry, page: Page, *, is_foreign: bool) -> Choice:
    """The longer of two beginnings, or the feed's whole text."""
    text, _ = _given(entry)
    if size(text) > size(page.text) and not is_foreign:
        return _of_feed(entry, str(Wall.PAYWALL))
    return _of_page(page, str(Wall.PAYWALL), Flag.TRUNCATED)


def _why_no_page(entry: Entry, missing: str | None, full_text: FullText, *, is_foreign: bool) -> str:
    if full_text == "never":
        return "never"
    if missing is not None:
        return "robots" if missing == "robots" else f"page_failed:{missing}"
    # If it was wanted and there was none to ask for, the link is that of many, or of the site.
    asked_for = wants_page(entry, full_text, is_foreign=is_foreign)
    return "no_link" if asked_for or entry.link is None else "feed_full"


def _of_page(page: Page, reason: str, *flags: Flag) -> Choice:
    return Choice(text=page.text, source="page", reason=reason, flags=flags, hints=page.hints)


def _of_feed(entry: Entry, reason: str, *flags: Flag, are_remarks: bool = False) -> Choice:
    """The feed's text; remarks on a page that cannot be had are not all of it, however long they are."""
    text, source = _given(entry)
    cut = are_remarks or is_cut_off(text) or (source == "feed_summary" and not _is_whole(text))
    told = [Flag.FROM_FEED_CONTENT, *([Flag.TRUNCATED] if cut else [])]
    return Choice(text=with_lead_apart(text), source=source, reason=reason, flags=(*told, *flags))


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
