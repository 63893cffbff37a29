"""Whether the site that a syndication notice names is another than the article's own.

WordPress ends each article of a site's own feed with `The post Ferry stops appeared first on Example News`.
"""

import re

from cleaners.document import Given
from cleaners.folding import FULL_STOPS, key
from cleaners.phrases.library import Library

SLOT = "first_site"
"""The slot of a syndication notice for the site on which the article appeared first."""

_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}")
_BEFORE_NAME = re.compile(r"\A(?:(?:on|by|in|at|en|por|av|på)\s)?(?:the\s)?", re.IGNORECASE)
_COMMON_LABELS = {"www", "com", "org", "net", "edu", "news", "blog"}
_SHORTEST_TELLING = 3


class Owners:
    """Those whose an article may be: its publisher, and the host of its URL."""

    def __init__(self, given: Given, publisher: str | None, library: Library) -> None:
        self._library = library
        self._names = [library.resolve(name) for name in (publisher, _host(given.url or "")) if name]

    def exclude(self, said: str) -> bool:
        """Whether the site that is said is told to be none of them; never where none of them is known.

        Two names without a common word are two owners, and so are two domains without a common label: `example.com`
        and `example.co.uk` may be one. A name beside a domain tells nothing, unless the library knows either: many a
        site is called otherwise than its domain.
        """
        site = self._site(said)
        return site is not None and bool(self._names) and all(_differ(site, name) for name in self._names)

    def _site(self, said: str) -> str | None:
        """The domain or the name in `by the Hill Gazette. Read the original article`; None where there is none."""
        domain = _DOMAIN.search(said.lower())
        if domain:
            return domain[0]
        name = _BEFORE_NAME.sub("", said, count=1).partition(". ")[0].strip().rstrip(FULL_STOPS)
        known = self._library.resolve(name)
        if known != name:
            return known
        # `in our May issue`, `on 3 May 2024`: no name of a site.
        return None if name[:1].islower() or any(map(str.isdecimal, name)) else name or None


def _differ(site: str, owner: str) -> bool:
    domains = [_DOMAIN.fullmatch(name) is not None for name in (site, owner)]
    if any(domains) and not all(domains):
        return False
    return _telling(site, labels=all(domains)).isdisjoint(_telling(owner, labels=all(domains)))


def _telling(name: str, *, labels: bool) -> set[str]:
    """The words by which a name, or the labels by which a domain is told from another."""
    if labels:
        return set(name.split(".")[:-1]) - _COMMON_LABELS
    return {word for word in re.findall(r"\w+", key(name)) if len(word) > _SHORTEST_TELLING}


def _host(url: str) -> str:
    return url.lower().partition("//")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
