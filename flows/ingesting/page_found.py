"""What came of asking for an article's page, and by which names that tells the article. Pure."""

import re
from datetime import timedelta

import msgspec

from flows.documents.pages import canonical_of
from flows.identity import link_name
from flows.ingesting.elsewhere import Place, place_of
from flows.pages.page import Page, RawPage

# `https://m.example.org/`, `https://amp.example.org/`, `/amp/`, `.amp.html`, `?amp=1`, `?outputType=amp`.
_FORMS = re.compile(r"^https?://(?:m|mobile|amp)\.|[/.]amp(?:[/.?]|$)|[?&=]amp(?:[&=]|$)", re.IGNORECASE)


class PageFound(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking for an article's page.

    Attributes:
        url: as fetched, after redirects.
        date_fetched: RFC 3339.
        page: as it was drawn; None where there is none.
        missing: why there is none; None where there is one.
        pauses: between its tries, if asking again may bring it.
        retry_after: seconds for which its server wants to be left alone.
        raw: as it came, if that is to be kept.
    """

    url: str
    date_fetched: str
    page: Page | None = None
    missing: str | None = None
    pauses: tuple[timedelta, ...] = ()
    retry_after: float | None = None
    raw: RawPage | None = None


def names_of_page(found: PageFound | None, link: str | None) -> list[str]:
    """The names of an article that its page told: where a detour ended, and of what it is an AMP or mobile page.

    The page's word alone is not enough for the latter: on some sites every page calls the same URL its own. A front
    page, login or consent is no article's.

    Args:
        found: what came of asking for the page.
        link: for which it was asked.
    """
    if found is None or found.page is None or (link and place_of(link, found.url) is Place.AWAY):
        return []
    names = [link_name(found.url)]
    canonical = canonical_of(found.page, found.url)
    if canonical is not None and (found.page.amp or _FORMS.search(found.url)):
        names.append(link_name(canonical))
    return names
