"""What stands on a page in place of its article, and what stands where a feed cut its text off.

Pages that were fetched and pages on disk are judged by the same words.
"""

import re
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cleaners.folding import fold, key
from flows.pages.likeness import share, topics
from flows.pages.page import Page

_WORDS = Path(__file__).with_name("walls.yaml")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_SLOT = "{}"
# Walls say little; the longest of consent name all purposes, in some 350 words. A longer text has words of its own.
_LONGEST = 400
# How much of the text, in characters, its telling sentences must be. An article about walls quotes them now and then.
_SHARE = 0.5
# Buttons and labels, on walls and in articles, are shorter than sentences; they speak neither for nor against one.
_BUTTON = 20
# How far behind the beginning of an article the paywall's words may begin, in lines from the end.
_LAST_LINES = 6
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\))[\s»>→'\"]*$")
_OPENING = " \t«<([→-|"
_CLOSING = " .…\"'>→)]|-"
_CUTS = ("…", "...", "]", "…)", "...)")
_ENDS = (".", "!", "?", '"', "”", "»", "。", "！", "？", "」")
# A line that leads on to the rest says no more than that, and perhaps the headline; behind a colon is another story.
_LONGEST_LEAD = 160


# Between a page's title and its site's name.
_PARTS = re.compile(r"\s[|·•:–—-]+\s|\s*\|\s*")
FEWEST_TOPICS = 6
"""So many make a share of what a text is about mean something."""
# A page that says so much of it is the article, whatever its text looks like: of 105 articles 81 did, and 1 of 400
# others.
_SURELY_ABOUT = 0.6


class Wall(StrEnum):
    """What stands in place of an article."""

    CONSENT = "consent_wall"
    CAPTCHA = "captcha"
    LOGIN = "login"
    ERROR = "error_page"
    PAYWALL = "paywall"


def wall_of(page: Page, about: str) -> Wall | None:
    """The wall that stands on a page in place of an article, or before the rest of it; None where the article is.

    Args:
        page: as it was drawn.
        about: what else is known of the article: a headline and summary. A page that says all of it is no wall.
    """
    wall = recognise(page.text)
    if wall is None and len(page.text.split()) <= _LONGEST:
        wall = _titled(page.title or "")
    return None if wall not in {None, Wall.PAYWALL} and is_surely_about(page, about) else wall


def is_surely_about(page: Page, about: str) -> bool:
    """Whether a page's text says what is known of an article; of a few words that is never sure."""
    wanted = topics(about)
    return len(wanted) >= FEWEST_TOPICS and share(wanted, topics(page.text)) >= _SURELY_ABOUT


def _titled(title: str) -> Wall | None:
    """The wall that a page calls itself, beside the name of its site."""
    parts = {key(part) for part in _PARTS.split(title)}
    return next((wall for wall in Wall if parts & _titles(wall)), None)


def recognise(text: str) -> Wall | None:
    """The wall that a page's text is, or, of a paywall, ends at; None for an article."""
    if len(text.split()) > _LONGEST or len(text) > _LONGEST * _BUTTON:
        return None
    sentences = [key(sentence) for sentence in _SENTENCE.split(text) if sentence.strip()]
    for wall in Wall:
        if wall is not Wall.PAYWALL and _tells(sentences, _phrases(wall)):
            return wall
    last = [key(line) for line in text.split("\n")[-_LAST_LINES:]]
    return Wall.PAYWALL if any(_begins(line, _phrases(Wall.PAYWALL)) for line in last) else None


def is_cut_off(text: str) -> bool:
    """Whether a feed's text ends where it leads on to the rest of the article."""
    lines = text.split("\n")
    last = _last(lines)
    return last is not None and (bool(_ELLIPSIS.search(lines[last])) or _lead_in(lines[last]) is not None)


def with_lead_apart(text: str) -> str:
    """A feed's text with what leads on to the rest on a line of its own: common phrases take whole lines."""
    before, lead, after = _parted(text)
    return "\n".join([*before, lead, *after]) if lead and before else text


def without_lead(text: str) -> str:
    """A feed's text without what leads on to the rest of the article."""
    before, _, after = _parted(text)
    return "\n".join([*before, *after])


def _parted(text: str) -> tuple[list[str], str, list[str]]:
    """The lines before what leads on to the rest, that, and what is appended to every entry behind it."""
    lines = text.split("\n")
    last = _last(lines)
    at = None if last is None else _lead_in(lines[last])
    if last is None or at is None:
        return lines, "", []
    rest = lines[last][:at].rstrip()
    return [*lines[:last], *([rest] if rest else [])], lines[last][at:].strip(), lines[last + 1 :]


def _last(lines: list[str]) -> int | None:
    """Which line is the text's own last one."""
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].strip() and not _begins(key(lines[number]), _phrases("appended")):
            return number
    return None


def _lead_in(line: str) -> int | None:
    """Where a line goes over into words that lead on to the rest: at its beginning, or after what was cut off."""
    folded = fold(line)
    return next((at for parts in _phrases("continued") if (at := _lead_at(line, folded, parts[0])) is not None), None)


def _lead_at(line: str, folded: str, words: str) -> int | None:
    at = folded.rfind(words)
    rest = folded[at + len(words) :].strip()
    if at < 0 or rest.startswith(":") or len(line) - at > _LONGEST_LEAD:
        return None
    before = line[:at].rstrip(_OPENING)
    # After a whole sentence only the bare words: "Read more books", he said.
    is_bare = before.endswith(_ENDS) and not rest.strip(_CLOSING) and not line[at].islower()
    return len(before) if not before or before.endswith(_CUTS) or is_bare else None


def _tells(sentences: list[str], phrases: tuple[tuple[str, ...], ...]) -> bool:
    telling = sum(len(sentence) for sentence in sentences if _begins(sentence, phrases))
    others = sum(
        len(sentence) for sentence in sentences if len(sentence) > _BUTTON and not _begins(sentence, phrases)
    )
    return telling > 0 and telling >= _SHARE * (telling + others)


def _begins(sentence: str, phrases: tuple[tuple[str, ...], ...]) -> bool:
    return any(_is_at(sentence, parts) for parts in phrases)


def _is_at(sentence: str, parts: tuple[str, ...]) -> bool:
    """Whether a sentence begins with the first part, and the others follow in their order."""
    if not sentence.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        at = sentence.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@cache
def _phrases(kind: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a kind, folded as the texts are, each parted at its slots."""
    given = words()[kind]
    phrases = given["phrases"] if isinstance(given, dict) else given
    return tuple(tuple(part.strip() for part in key(phrase).split(_SLOT)) for phrase in phrases)


@cache
def _titles(wall: Wall) -> frozenset[str]:
    return frozenset(map(key, words()[wall].get("titles", ())))


@cache
def words() -> dict[str, Any]:
    """The file of phrases and examples."""
    # In C: read in Python, the file costs each process that meets a short page 0.1 s.
    loaded: dict[str, Any] = yaml.load(_WORDS.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    return loaded
