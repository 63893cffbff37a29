"""The lives of writers behind a story: `Jane Doe is a reporter for the Example Times`."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.people import NAME, NAMES, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph
from cleaners.remembering import remembered

_IS = r"(?:is|are|was|ist|war|es|est|è|é|er|är|jest|is\seen)"
_ARTICLE = r"(?:(?:an?|the|ein|eine|une?|una?|um|uma|en|ett|een|il|la|le|el)\s)?"
_LIFE = re.compile(
    rf"[\W_]{{0,3}}(?:About\sthe\s[Aa]uthors?\W{{1,3}})?(?:(?:Dr|Prof|Professor)\.?\s)?({NAMES})\s"
    rf"(?:{_IS}\s{_ARTICLE}|covers|writes\s|reports\s(?:on|for|from)|has\scovered|has\swritten|joined)(.*)"
)
_WORK = re.compile(
    r"(?<!\w)(?:writer|reporter|journalist|editor|columnist|correspondent|contributor|freelancer?|author|producer|critic"
    r"|fellow|covers|covering|writes|reports|journalistin|redakteur(?:in)?|autor(?:in)?|korrespondent(?:in)?|journaliste|rédact(?:eur|rice)"
    r"|auteure?|periodista|redactora?|escritora?|corresponsal|giornalista|jornalista|repórter|redator|scrittore"
    r"|verslaggever|journalista|dziennikar(?:z|ka)|skribent|redaktør|redaktör|gazeteci|yazar)(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"[\W_]{{0,3}}(?:(?:Dr|Prof|Professor)\.?\s)?({NAME})(?:[,|]|\s[–—-]\s)")
_LONGEST = 900
_START = 160
_LONGEST_HEADING = 8


def read_bio(line: str) -> tuple[Value, ...]:
    """The writers whose life a line tells, its role being known: the names with which it begins."""
    begun = _life_in(line) or _NAMED.match(line)
    return tuple(("authors", name) for name in split_names(begun[1])) if begun else ()


def propose(paragraphs: Sequence[Paragraph], place: Place, authors: Iterable[str]) -> Iterable[Finding]:
    """Such lines near the end, where they tell of a known author, or of a writer whom the story never mentions.

    A story about a reporter ends with such a line too, but it has called her by her surname before.

    Args:
        paragraphs: of the article.
        place: where they stand.
        authors: the names that bylines and the input give.
    """
    known = frozenset(name.lower() for name in authors)
    for paragraph in place.tail:
        line = paragraph.text
        life = _life_in(line) if paragraph.index and len(line) <= _LONGEST else None
        if not life or not _WORK.search(line[:_START]):
            continue
        names = split_names(life[1])
        if known.issuperset(map(str.lower, names)) or not _are_mentioned(names, paragraph, paragraphs):
            yield field_finding(paragraph, Kind.AUTHOR_BIO, "field:bio", "the life of the writer", read_bio(line))


@remembered
def _life_in(line: str) -> re.Match[str] | None:
    return _LIFE.match(line)


def _are_mentioned(names: Iterable[str], bio: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether another line speaks of one of them by surname; a line of the name alone is a heading over the life."""
    surnames = tuple(name.split()[-1] for name in names)
    return any(
        surname in paragraph.text and len(paragraph.text.split()) > _LONGEST_HEADING
        for paragraph in paragraphs
        if paragraph is not bio
        for surname in surnames
    )
