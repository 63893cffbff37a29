"""Whose text it is: by the input's word, else by phrases that name their publisher."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from cleaners.document import Given, Kind, PublisherSource
from cleaners.findings import Finding, Said, Step, Value
from cleaners.phrases.library import Hit, Library
from cleaners.phrases.owners import SLOT, Owners
from cleaners.phrases.phrase import Action, Phrase

_SAID: dict[Action, Said] = {"remove": "removed", "move": "moved", "flag": "flagged"}
_MOST_LINKS = 1
_SYNDICATION = Kind.SYNDICATION_NOTICE


class Attribution(msgspec.Struct, frozen=True):
    """Who published a text, how that is known, and from whom it was taken over."""

    publisher: str | None
    source: PublisherSource | None
    syndicated_from: str | None


def attribute(given: Given, hits: Sequence[Hit], library: Library) -> tuple[Attribution, list[Hit]]:
    """The publisher, and those hits that may work on its text.

    A publisher's phrase works on that publisher's text; on anyone else's only if it names its publisher. Where the
    input had no publisher, the one whose phrases name it most often, then first, is taken.
    """
    named = [hit for hit in hits if hit.phrase.names_publisher]
    publisher, source = library.resolve(given.publisher) if given.publisher else None, given.publisher_source
    if publisher is None and named:
        counted = Counter(hit.phrase.publisher for hit in named)
        first = {hit.phrase.publisher: hit.paragraph.start for hit in reversed(named)}
        publisher = min(counted, key=lambda domain: (-counted[domain], first[domain], str(domain)))
        source = "rule"
    working = [hit for hit in hits if hit.phrase.publisher in {None, publisher} or hit.phrase.names_publisher]
    others = [hit.phrase.publisher for hit in named if hit.phrase.publisher != publisher]
    return Attribution(publisher, source if publisher else None, others[0] if others else None), working


def languages_of(given: Given) -> frozenset[str] | None:
    """The languages whose common phrases are tried: the text's own and English; None for all."""
    if not given.language:
        return None
    return frozenset({given.language.replace("_", "-").partition("-")[0].lower(), "en"})


def propose(hits: Iterable[Hit], languages: frozenset[str] | None, owners: Owners) -> list[Finding]:
    """What the hits say of the text of these owners, as findings.

    A link between paragraphs, `Read more: ...`, is furniture where it comes once. A guide that asks to read on in
    every part was written with them.
    """
    working = [hit for hit in hits if hit.phrase.publisher or languages is None or hit.phrase.owner in languages]
    links = Counter(hit.phrase.id for hit in working if _asks_to_read(hit.phrase))
    return [_finding(hit, owners) for hit in working if links[hit.phrase.id] <= _MOST_LINKS]


def _asks_to_read(phrase: Phrase) -> bool:
    """Whether a common phrase asks to read another story, and gives its title."""
    by_title = phrase.publisher is None and phrase.kind is Kind.RELATED_LINK and phrase.pattern.pieces[-1] == ""
    return by_title and "read" in phrase.pattern.pieces[0]


def _finding(hit: Hit, owners: Owners) -> Finding:
    phrase, paragraph = hit.phrase, hit.paragraph
    whole = hit.start == 0 and hit.end == len(paragraph.folded)
    start, end = (
        (paragraph.start, paragraph.end)
        if whole
        else (paragraph.offsets[hit.start], paragraph.offsets[hit.end - 1] + 1)
    )
    step = Step.PUBLISHER_PHRASE if phrase.publisher else Step.COMMON_PHRASE
    values: tuple[Value, ...] = ()
    if phrase.moves_to:
        slot = hit.slots.get(phrase.moves_to)
        said = paragraph.line if whole and not slot else paragraph.text[slice(*(slot or (hit.start, hit.end)))]
        values = ((phrase.moves_to, said.strip()),)
    return Finding(
        start=start,
        end=end,
        kind=phrase.kind,
        action=_SAID[phrase.action],
        step=Step.NOTICE if phrase.action == "flag" else step,
        rule=phrase.id,
        reason=f"a phrase of {phrase.publisher or 'many publishers'} in its own words",
        values=values,
        whole=whole,
        syndicates=phrase.kind is _SYNDICATION and _is_of_others(hit, owners),
    )


def _is_of_others(hit: Hit, owners: Owners) -> bool:
    """Whether a syndication notice says that others had the text first: by its words, or by the site it names."""
    site = hit.slots.get(SLOT)
    return site is None or owners.exclude(hit.paragraph.text[slice(*site)])
