"""Captions and picture credits: lines that say what they are, and lines that only name people of the story."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cleaners.document import FIGCAPTION, Kind, LineHint
from cleaners.fields.agencies import desk_credit
from cleaners.fields.credit_hints import hinted
from cleaners.fields.credits import LONGEST_CAPTION, begins_as_caption, ends_with_credit, is_credit
from cleaners.fields.people import NAME, split_names
from cleaners.fields.picture_signatures import is_signed_caption
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph

# One name alone may be a sub-heading; two joined full names that the body uses are what stands under a picture.
_NAMED = re.compile(rf"{NAME}(?:,\s{NAME}){{0,3}}(?:,?\s(?:and|with|und|mit|et|avec|y|con|e|com)\s){NAME}")
_WITH = re.compile(r"\s(?:with|mit|avec|con|com)\s")
# A capitalised word without another beside it: `Trump insisted`, not `Buffalo Bayou`.
_CAPITALISED = re.compile(r"(?<![^\W\d_a-z]\s)(?<!\w)[^\W\d_a-z][\w-]*(?![\w-]|\s[^\W\d_a-z])")
# `Copyright Jane Doe/Copyright 2024 The AP. All rights reserved`, `Tous droits réservés Example`
_OWNED_ABOVE = re.compile(
    r"[-–—\s]{0,3}(?:Copyright|©)\s[^\W\d_a-z][^.\d]{1,60}(?:/.{2,60})?"
    r"|(?:Tous\sdroits\sréservés|Alle\sRechte\svorbehalten|Todos\slos\sderechos\sreservados)\s[^\W\d_a-z][\w\s&.-]{1,40}"
)
_SPOKEN = re.compile(
    r"\((?i:l|r|m|c|li|re|left|right|cent(?:er|re)|links|rechts|mitte|v\.\s?l|gauche|droite|izq|der|dcha)\.?(?:\)|,|\sund\s)"
    r"|^[^\W\d_a-zß-öø-ÿ]{4,}:\s[^\W\d_a-z]"
    r"|(?:,\s|^)(?:here|seen\shere|pictured|hier|ici|aquí|qui|aqui|her|här|tutaj)\s"
    r"|[.!?…][\"”’]?\s(?:AP|AFP|EPA|PTI|ANI|REUTERS|Reuters|dpa)$"
)
_LONGEST = 100
# More such lines than a story has pictures make a list of names, and a list is body.
_MOST = 12
# A guide that shows each of its plants says `Pictured:` under each, and it is a part of the guide.
_MOST_LABELLED = 5


def read_caption(line: str) -> tuple[Value, ...]:
    """A caption or a picture's credit, its role being known: the whole line, as it stands."""
    return (("captions", line),)


def read_hinted(paragraphs: Sequence[Paragraph], hints: Mapping[int, LineHint]) -> list[Finding]:
    """The captions that their page marks as such, whatever they say.

    Args:
        paragraphs: of the article.
        hints: what the page says of them, by index.
    """
    return [
        field_finding(
            paragraph,
            Kind.CAPTION,
            "field:figcaption",
            "the page has it under a picture",
            read_caption(paragraph.line),
        )
        for paragraph in paragraphs
        if (hint := hints.get(paragraph.index)) and hint.tag == FIGCAPTION
    ]


def speaks_of_picture(line: str) -> bool:
    """Whether a line speaks as captions do: `Jane Doe (l.) and Tom Brill`, `SAD: ...`, `The ferry, here in May`.

    A sign of a caption where a line is known to be no prose; prose has such words too.
    """
    return _SPOKEN.search(line) is not None


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Captions and credits, wherever they stand, moved into the captions."""
    yield from _credited(paragraphs, place)
    yield from _people(paragraphs, place)


def _credited(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Lines that begin or end as only captions do; an owner's sign behind the body is a copyright."""
    labelled = []
    for paragraph in hinted([p for p in paragraphs if len(p.folded) <= LONGEST_CAPTION]):
        folded = paragraph.folded
        if desk_credit(paragraph, place):
            continue
        owned = folded.startswith(("©", "(c)"))
        credited = is_credit(paragraph.text, folded) and not (owned and place.after_body(paragraph))
        credited = credited or (place.near_head(paragraph) and _is_owned_above(paragraph))
        if credited or ends_with_credit(paragraph.text, folded) or is_signed_caption(paragraph.text):
            yield field_finding(
                paragraph,
                Kind.PHOTO_CREDIT_CAPTION,
                "field:credit",
                "ends with a picture's credit",
                read_caption(paragraph.line),
            )
        elif begins_as_caption(folded):
            labelled.append(paragraph)
    if len(labelled) > _MOST_LABELLED:
        return
    for paragraph in labelled:
        yield field_finding(
            paragraph, Kind.CAPTION, "field:credit", "begins as a caption does", read_caption(paragraph.line)
        )


def _is_owned_above(paragraph: Paragraph) -> bool:
    """A line of copyright with a name between headline and story: the picture's. The page's own stands at its end."""
    return (
        paragraph.index > 0 and len(paragraph.text) <= _LONGEST and _OWNED_ABOVE.fullmatch(paragraph.text) is not None
    )


def _people(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Such lines between the body's paragraphs, where they only name people of whom the body speaks."""
    lines = [
        paragraph
        for paragraph in paragraphs
        if len(paragraph.text) <= _LONGEST and place.within_body(paragraph) and _NAMED.fullmatch(paragraph.text)
    ]
    if len(lines) > _MOST:
        return
    for line in lines:
        body = "\n".join(paragraph.text for paragraph in paragraphs if paragraph is not line)
        # What the body calls by the whole line is one thing: the Buffalo Bayou Hike and Bike Trail.
        if line.text not in body and all(
            _is_person_in(body, name) for name in split_names(_WITH.sub(" and ", line.text))
        ):
            yield field_finding(
                line,
                Kind.CAPTION,
                "field:caption",
                "a line that only names people the story is about",
                read_caption(line.line),
            )


def _is_person_in(body: str, name: str) -> bool:
    """Whether the body has the full name, and a part of it alone: copy goes on with the surname.

    What the body also writes in small letters is a thing, and the line a sub-heading: Battery Life and Wireless
    Headphones.
    """
    parts = name.split()
    if name not in body or any(_is_small_in(body, part.lower()) for part in parts):
        return False
    rest = body.replace(name, "")
    return any(part in rest for part in parts) and not set(parts).isdisjoint(_CAPITALISED.findall(rest))


def _is_small_in(body: str, word: str) -> bool:
    return word in body and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body) is not None
