"""Whether a link led to its article's page, or somewhere else: by its URL and the one that was reached. Pure."""

import re
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from flows.identity import link_name

# What sites call the places to which they send those who may not read, or ask for what they do not have.
_PLACES = frozenset(
    [
        *("login", "log-in", "signin", "sign-in", "sign_in", "logon", "sso", "oauth", "account"),
        *("register", "registration", "signup", "sign-up", "subscribe", "abo"),
        *("anmelden", "connexion", "acceso", "accedi", "entrar", "inloggen"),
        *("consent", "cookie-consent", "privacy-gate", "gdpr", "captcha"),
        *("404", "403", "410", "error", "errors", "notfound", "not-found", "not_found"),
        *("page-not-found", "pagenotfound", "unavailable", "maintenance"),
    ]
)
# `/index.html`, and the front page of a language, `/de` or `/en-gb`.
_FRONT = re.compile(
    r"(?:index|home|default|start|startseite|accueil)(?:\.\w+)?|[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE
)
# Pieces of a path that say how a page is shown.
_FORMS = frozenset({"amp", "feed"})
# Shorter pieces of a path, as `de` or `2026` of a date, are shared by all pages of a site.
_WORD = re.compile(r"[^\W\d_]{4,}|\d{5,}")


class Place(StrEnum):
    """Where a link led, by the URL that was reached."""

    THERE = "there"
    OTHER = "other"
    """Another URL, which does not tell whether it is the article's: a short link leads to its article so."""
    ABOVE = "above"
    """A part of the way: a section, or the article's number without its headline."""
    AWAY = "away"
    """The site's front page, or a place where articles are not: the login, the consent, the error."""


def place_of(asked: str, reached: str) -> Place:
    """Where a link led.

    Args:
        asked: the link.
        reached: the last URL, after redirects.
    """
    if link_name(asked) == link_name(reached):
        return Place.THERE
    before, after = urlsplit(asked), urlsplit(reached)
    if _is_front(after) or _names(after) & _PLACES - _names(before):
        return Place.AWAY
    asked_for = [segment for segment in _segments(before) if segment not in _FORMS]
    if _is_above(_segments(after), asked_for):
        return Place.ABOVE
    is_alike = _words("".join(asked_for[-1:])) & _words(f"{after.path} {after.query}")
    return Place.THERE if is_alike or after.path == before.path else Place.OTHER


def _is_front(url: SplitResult) -> bool:
    segments = _segments(url)
    return not url.query and (not segments or (len(segments) == 1 and _FRONT.fullmatch(segments[0]) is not None))


def _names(url: SplitResult) -> set[str]:
    """What a URL calls its place: the pieces of its path without their endings, and the first of its host."""
    pieces = (segment.lower().partition(".")[0] for segment in _segments(url))
    return {*pieces, (url.hostname or "").partition(".")[0]}


def _is_above(upper: list[str], lower: list[str]) -> bool:
    return 0 < len(upper) < len(lower) and lower[: len(upper)] == upper


def _words(text: str) -> set[str]:
    return set(_WORD.findall(unquote(text).lower()))


def _segments(url: SplitResult) -> list[str]:
    return [segment for segment in url.path.split("/") if segment]
