"""The names of a site, and headlines without them."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from flows.identity import registrable_domain

# What parts a headline from what stands behind it: a bar anywhere, other marks between spaces.
_MARK = re.compile(r"\s*[|｜ㅣ‖]\s*|\s+(?:[-–—―·•»/~]|--|::|>)\s+|--")
# What parts it from a name before it: a colon, too.
_MARK_BEHIND = re.compile(rf"{_MARK.pattern}|:\s+")
_SHORTEST = 3
_MOST_WORDS = 7
_MOST_WORDS_OF_SECTION = 2
_MOST_BEHIND = 3
_FORMS = ("m", "www", "amp", "mobile")


class Site:
    """By what names a site is known.

    Args:
        names: as the page gives them.
        url: of the page.
    """

    def __init__(self, names: Iterable[str], url: str | None) -> None:
        host = (urlsplit(url).hostname or "") if url else ""
        domain = (registrable_domain(url) if url else None) or host
        self.label = fold(domain.split(".")[0])
        labels = [label for label in host.split(".") if label not in _FORMS]
        self._names = {fold(name) for name in (*names, host, domain, self.label, "".join(labels))} - {""}

    def is_name(self, text: str) -> bool:
        """Whether a text is one of the site's names, with or without `the`."""
        said = fold(text)
        return said in self._names or said.removeprefix("the") in self._names or f"the{said}" in self._names

    def cut(self, headline: str, section: str | None = None) -> str:
        """A headline without the site's name before or behind it, and the section before that name."""
        marks = [mark for mark in _MARK.finditer(headline) if mark.start() > 0]
        for mark in marks[-_MOST_BEHIND:]:
            if self._ends(headline[mark.end() :]):
                return _without_section(headline[: mark.start()], section)
        before = _MARK_BEHIND.search(headline)
        if before and self.is_name(headline[: before.start()]):
            return headline[before.end() :]
        return headline

    def _ends(self, text: str) -> bool:
        """`Example`, `Example Online`, `News | Example`: what ends with the name, or with a text that holds it."""
        *before, last = _MARK.split(text)
        if len(before) > 1 or any(len(part.split()) > _MOST_WORDS_OF_SECTION for part in before):
            return False
        return self.is_name(last) or self._holds_label(last)

    def _holds_label(self, text: str) -> bool:
        said = fold(text)
        if min(len(self.label), len(said)) < _SHORTEST or len(text.split()) > _MOST_WORDS:
            return False
        return self.label in said or said in self.label


def _without_section(headline: str, section: str | None) -> str:
    """`Rain at last-Weather` less a section that the page names as its own."""
    if not section or not headline.endswith(section):
        return headline
    kept = headline[: -len(section)].rstrip()
    return kept.rstrip("-–—|·» ") if kept.endswith(tuple("-–—|·»")) else headline


def fold(text: str) -> str:
    """A text's letters and digits, in one case."""
    return "".join(filter(str.isalnum, text.casefold()))
