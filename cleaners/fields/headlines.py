"""The headline, where it stands in the text: again, or because the source gave none."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cleaners.document import Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.folding import FULL_STOPS, fold, key
from cleaners.layout import Paragraph, ends_sentence

_CLAIMS = {Kind.BYLINE, Kind.DATELINE, Kind.DATELINE_BYLINE, Kind.READING_TIME}
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_ENDS_OF_TEXT = ".,;:。।۔…、，：；"
# A quotation may be a headline, unless all of the line is a sentence in quotes: a pull quote.
_QUOTES = "\"'“”„‘’«»"
# Items of a list, rows of a table, a trail of sections.
_NEVER = re.compile(r"^(?:[-–—•*#>\d(]\W|\|)|\s[>»|]\s.*\s[>»|]\s|\s>\s")
_HEAD = 6
_SHORTEST = 15
_LONGEST = 160
_LONGEST_STANDFIRST = 450
# What is shorter may be the first sub-heading of an excerpt.
_SURE_LENGTH = 30
_SURE_LENGTH_UNSPACED = 14
_LONG = 60
_LONGEST_SURE = 130
# Where nothing of the page was left beside the story, its headline was most likely left out too: what is long may
# be the standfirst, and so may the first line of a long guide.
_LONGEST_SURE_ALONE = 105
_LONGEST_UNSPACED_ALONE = 60
_LONGEST_STORY_ALONE = 40
_LONGEST_SUBHEADING = 80
_RIVAL = 35
_FEWEST_WORDS = 4
_SHARED_WORDS = 3
_SHARED_PAIRS = 5
_SITE_MARKS = (" - ", " | ", " : ", ": ")


def read_headline(line: str) -> tuple[Value, ...]:
    """A headline, its role being known."""
    return (("title", line),)


def read_standfirst(line: str) -> tuple[Value, ...]:
    """A standfirst, its role being known."""
    return (("summary", line),)


def propose(
    paragraphs: Sequence[Paragraph], place: Place, title: str | None, claimed: Mapping[int, Kind]
) -> Iterable[Finding]:
    """The headline at the head of the text, and the standfirst between it and a byline or dateline.

    Where the input gave a title, only lines that repeat it are headlines. Else the first line that looks like one is,
    if a byline or dateline follows, or if the story below speaks of the same things.

    Args:
        paragraphs: of the article.
        place: where they stand.
        title: what the input gave.
        claimed: what other steps said of whole paragraphs, by index.
    """
    if not place.has_prose:
        return
    head = place.head[:_HEAD]
    headline = None
    if not title:
        headline = next((p for p in head if _is_headline(p, paragraphs, place, claimed)), None)
        if headline:
            yield field_finding(
                headline,
                Kind.REPEATED_HEADLINE,
                "field:headline",
                "the headline above the story",
                read_headline(headline.text),
            )
    wanted = title or (headline.text if headline else "")
    again = _repeated(wanted, [p for p in place.head if p is not headline]) if wanted else []
    for paragraph in again:
        yield field_finding(paragraph, Kind.REPEATED_HEADLINE, "field:headline", "the title again", values=())
    for above in (headline, *again):
        below = _standfirst(paragraphs, above.index + 1, claimed) if above else None
        if below and below not in again:
            yield field_finding(
                below, Kind.STANDFIRST, "field:standfirst", "between headline and byline", read_standfirst(below.text)
            )
            return


def _repeated(title: str, head: Iterable[Paragraph]) -> list[Paragraph]:
    """The lines that are the title again."""
    wanted = key(title)
    return [paragraph for paragraph in head if _repeats(paragraph.folded.rstrip(FULL_STOPS), wanted)]


def _repeats(said: str, wanted: str) -> bool:
    """Whether a line is the title, both as their keys, a site's name before or behind it aside."""
    if said == wanted:
        return True
    if len(said) < _SHORTEST or said not in wanted:
        return False
    return any(wanted.startswith(said + mark) or wanted.endswith(mark + said) for mark in _SITE_MARKS)


def _is_headline(
    paragraph: Paragraph, paragraphs: Sequence[Paragraph], place: Place, claimed: Mapping[int, Kind]
) -> bool:
    """A line of a headline's shape that is anchored by what follows it."""
    line = paragraph.text
    if paragraph.index in claimed or not place.before_body(paragraph) or not _has_shape(line):
        return False
    above = [p for p in paragraphs[: paragraph.index] if p.index not in claimed]
    below = paragraphs[paragraph.index + 1 : paragraph.index + 3]
    if below and below[0].text[0].islower():
        return False
    kinds = [claimed.get(p.index) for p in below]
    # A line of some length above may be the headline just as well, and this its standfirst.
    if any(len(p.text) >= _RIVAL for p in above):
        return False
    if kinds[:1] and kinds[0] in _CLAIMS:
        return len(line.split()) >= _FEWEST_WORDS or _UNSPACED.search(line) is not None
    if kinds[1:] and kinds[0] is None and kinds[1] in _CLAIMS:
        return len(line) >= _SURE_LENGTH and (_is_standfirst(below[0].text, line) or _is_short(below[0].text, line))
    alone = not claimed and _may_be_standfirst(line, paragraphs)
    return not above and not alone and _is_spoken_of(line, paragraphs, place)


def _may_be_standfirst(line: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first line of a text without furniture is too long for a headline, or the text for a story."""
    longest = _LONGEST_UNSPACED_ALONE if _UNSPACED.search(line) else _LONGEST_SURE_ALONE
    return len(line) > longest or len(paragraphs) > _LONGEST_STORY_ALONE


def _has_shape(line: str) -> bool:
    shortest = _SHORTEST if not _UNSPACED.search(line) else _SHORTEST // 2
    return (
        shortest <= len(line) <= _LONGEST
        and not line.strip(_QUOTES if line[0] in _QUOTES else "").endswith(tuple(_ENDS_OF_TEXT))
        and not line[0].islower()
        and not _NEVER.search(line)
    )


def _is_standfirst(line: str, headline: str) -> bool:
    """Longer than the headline and a sentence; else it is the headline, and what is above it a kicker or a button."""
    return len(headline) < len(line) <= _LONGEST_STANDFIRST and (ends_sentence(line) or len(line) >= 2 * _RIVAL)


def _is_short(line: str, headline: str) -> bool:
    """A kicker or a writer, as against the headline above it."""
    return len(line) < _RIVAL and 2 * len(line) < len(headline)


def _standfirst(paragraphs: Sequence[Paragraph], index: int, claimed: Mapping[int, Kind]) -> Paragraph | None:
    """The line below a headline, where a byline or dateline comes next."""
    below = paragraphs[index : index + 2]
    if len(below) < 2 or below[0].index in claimed or claimed.get(below[1].index) not in _CLAIMS:  # noqa: PLR2004
        return None
    text = below[0].text
    fits = len(text) <= _LONGEST_STANDFIRST and (ends_sentence(text) or len(text) >= _LONG)
    return below[0] if fits else None


def _is_spoken_of(line: str, paragraphs: Sequence[Paragraph], place: Place) -> bool:
    """Whether the first prose below shares enough words with a line of some length."""
    story = " ".join(p.folded for p in place.lead(paragraphs))
    if _UNSPACED.search(line):
        return len(line) >= _SURE_LENGTH_UNSPACED and len(_pairs(fold(line)) & _pairs(story)) >= _SHARED_PAIRS
    shared = len(_words(fold(line)) & _words(story))
    if len(line) < _LONG:
        return len(line) >= _SURE_LENGTH and shared >= _SHARED_WORDS and not _has_subheadings(paragraphs)
    return len(line) <= _LONGEST_SURE and shared > _SHARED_WORDS


def _has_subheadings(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether so many lines end in the air that the first may be a sub-heading too: the text is an excerpt."""
    return (
        sum(len(p.text) < _LONGEST_SUBHEADING and not ends_sentence(p.text) for p in paragraphs[1:])
        > len(paragraphs) / 10
    )


def _words(folded: str) -> set[str]:
    """Numbers, and words of four letters or more by their first five: inflected forms are one."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}|\d+", folded)}


def _pairs(folded: str) -> set[str]:
    """Pairs of neighbouring characters, where no spaces part the words."""
    letters = re.sub(r"\W", "", folded)
    return {letters[place : place + 2] for place in range(len(letters) - 1)}
