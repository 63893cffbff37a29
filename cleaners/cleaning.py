"""The whole order of cleaning, on one screen."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from cleaners import judged
from cleaners.document import Agency, Cleaned, DateSource, Document, Flag, Kind, Moment, Notice, Removal
from cleaners.fields import (
    agencies,
    bios,
    bylines,
    captions,
    contacts,
    datelines,
    headlines,
    notices,
    ownership,
    reading_times,
    tags,
)
from cleaners.fields.byline_names import signed_by
from cleaners.fields.dates import read_date
from cleaners.fields.place import Place
from cleaners.fields.telling import is_telling
from cleaners.findings import Finding, Value, claims, taken
from cleaners.folding import squeeze
from cleaners.hinting import hints_by_index
from cleaners.layout import Paragraph, read_paragraphs
from cleaners.model.features import Article
from cleaners.model.line_model import LineModel
from cleaners.phrases.attribution import Attribution, attribute, languages_of, propose
from cleaners.phrases.library import Library
from cleaners.phrases.owners import Owners
from cleaners.removals import cuts, remove, within_budget
from cleaners.sparse import doubt


def clean(document: Document, library: Library, model: LineModel | None = None) -> Cleaned:
    """Clean copy of a document.

    Pure and deterministic: the same document, library and model give the same result, in any order, on any machine.
    Takes time in proportion to the text. Never raises, whatever the text.

    Args:
        document: the text, one block a line, and what is known besides.
        library: the phrases to apply, from `load_phrases`.
        model: judges the lines that no rule knows, from `load_model`; None: rules alone.

    Returns:
        The text, what was removed from it (`cleaners.restore` undoes it), the fields read, notices and flags.
    """
    text = document.text
    paragraphs = whole_paragraphs(text)
    found = find(document, paragraphs, library)
    attribution, country, findings = found.attribution, found.country, list(found.findings)
    if model:
        findings += judge(document, paragraphs, found, model)

    findings = doubt(findings, paragraphs, titled=document.title is not None, seen=document.hints is not None)
    settled, over_budget = within_budget(findings, text)
    read = [finding for finding in findings if finding.action == "read"]
    kept, removed = remove(text, settled, read)
    kinds = {removal.kind for removal in removed}
    flags = {
        *document.flags,
        *([Flag.OVER_BUDGET] if over_budget else []),
        *([Flag.EMPTY] if not kept.strip() else []),
        *([Flag.TRUNCATED] if Kind.SUBSCRIPTION_PAYWALL in kinds else []),
    }
    return _cleaned(
        document,
        text=kept,
        removed=removed,
        attribution=attribution,
        accepted=sorted((*settled, *read), key=lambda finding: finding.start),
        country=country,
        flags=tuple(sorted(flags)),
    )


class Found(msgspec.Struct, frozen=True):
    """What the rules say of a text, none of it applied yet."""

    attribution: Attribution
    country: str | None
    findings: tuple[Finding, ...]


def find(document: Document, paragraphs: Sequence[Paragraph], library: Library) -> Found:
    """The findings of phrases and fields: all that is known before the model is asked."""
    attribution, hits = attribute(document, library.find(paragraphs), library)
    phrases = propose(hits, languages_of(document), Owners(document, attribution.publisher, library))
    country = library.country(attribution.publisher)
    shown = _captions(document, paragraphs)
    # The other steps never see them: a name and a date under a picture are no byline and no dateline.
    starts = {finding.start for finding in shown}
    rest = [p for p in paragraphs if p.start not in starts] if starts else paragraphs
    rest = [p.numbered(index) for index, p in enumerate(rest)] if starts else rest
    return Found(attribution, country, (*phrases, *shown, *_field_findings(document, rest, phrases, country)))


def judge(
    document: Document, paragraphs: Sequence[Paragraph], found: Found, model: LineModel, least: float | None = None
) -> Iterable[Finding]:
    """What the model says of the lines that no rule takes, down to the score `least`; see `judged.propose`.

    Where no rule found any furniture the text is taken to be clean, whatever its lists and headings look like: of
    1,219 lines that the model found in labelled articles, 35 stood in such texts. Lines of a page have been judged
    with it in view, by the page model.
    """
    known = taken(found.findings, paragraphs)
    titled = document.title is not None
    if document.hints:
        article = Article(paragraphs, known, languages_of(document))
        said = document.text, document.hints, found.findings, found.country
        return judged.propose_hinted(article, *said, titled=titled, least=least)
    if not known:
        return ()
    article = Article(paragraphs, known, languages_of(document))
    return judged.propose(article, model, found.findings, found.country, titled=titled, least=least)


def _captions(document: Document, paragraphs: Sequence[Paragraph]) -> list[Finding]:
    """The captions that the page marks."""
    if document.hints is None:
        return []
    return captions.read_hinted(paragraphs, hints_by_index(document.text, document.hints, paragraphs))


def _field_findings(
    document: Document, paragraphs: Sequence[Paragraph], phrases: Sequence[Finding], country: str | None
) -> Iterable[Finding]:
    """What the field steps say; phrases come first, so that their agencies are read before they are gone."""
    place = Place(paragraphs)
    dated = list(datelines.propose(paragraphs, place, country, strip=document.strip_datelines))
    yield from agencies.read_notices(phrases, document.text)
    telling = [paragraph for paragraph in place.edges if is_telling(paragraph.text)]
    signed = list(bylines.propose(paragraphs, place, telling, frozenset(claims(dated, paragraphs))))
    authors = [*document.authors, *_texts((value for finding in signed for value in finding.values), "authors")]
    known = [
        *dated,
        *signed,
        *bios.propose(paragraphs, place, authors),
        *contacts.propose(paragraphs, place),
        *agencies.propose(paragraphs, place, telling, strip=document.strip_datelines),
        *ownership.propose(place, telling),
        *captions.propose(paragraphs, place),
        *tags.propose(paragraphs, place, telling),
        *reading_times.propose(paragraphs, place),
        *notices.propose(paragraphs, place),
    ]
    yield from known
    yield from headlines.propose(paragraphs, place, document.title, claims((*known, *phrases), paragraphs))


def whole_paragraphs(text: str) -> Sequence[Paragraph]:
    """The paragraphs without a barred character among their words: no rule matches across a cut.

    Some barred characters are white space and some are not, so a run may begin before the first word and end in it.
    """
    paragraphs, barred = read_paragraphs(text), cuts(text)
    if not barred:
        return paragraphs
    starts, ends = zip(*barred, strict=True)
    whole = [p for p in paragraphs if bisect_right(ends, p.first) == bisect_left(starts, p.last)]
    return [p.numbered(index) for index, p in enumerate(whole)]


def _cleaned(
    document: Document,
    *,
    text: str,
    removed: tuple[Removal, ...],
    attribution: Attribution,
    accepted: Sequence[Finding],
    country: str | None,
    flags: tuple[Flag, ...],
) -> Cleaned:
    """The result: what the input gave, completed by what the text says itself."""
    values = [value for finding in accepted for value in finding.values]
    authors, suppliers = signed_by(document.authors, _texts(values, "authors"))
    named = _unique_agencies((*document.agencies, *(value for _, value in values), *suppliers))
    published, source = _date(document.date_published, _dates(values, "date_published"), document, country)
    return Cleaned(
        text=text,
        removed=removed,
        publisher=attribution.publisher,
        publisher_source=attribution.source,
        syndicated_from=attribution.syndicated_from,
        title=document.title or next(iter(_texts(values, "title")), None),
        summary=document.summary or "\n".join(_texts(values, "summary")) or None,
        authors=authors,
        tags=document.tags or _texts(values, "tags"),
        date_published=published,
        date_modified=_date(document.date_modified, _dates(values, "date_modified"), document, country)[0],
        date_source=source,
        dateline=next(iter(_texts(values, "dateline")), None),
        agencies=named,
        syndicated=True if named or any(finding.syndicates for finding in accepted) else None,
        captions=_texts(values, "captions"),
        notices=tuple(
            Notice(kind=f.kind, text=squeeze(document.text[f.start : f.end]), rule=f.rule)
            for f in accepted
            if f.action == "flagged"
        ),
        flags=flags,
    )


def _date(
    given: str | None, in_text: Sequence[Moment], document: Document, country: str | None
) -> tuple[Moment | None, DateSource | None]:
    """The input's date where it can be read, else the text's; the input's raw words where neither can."""
    stated = read_date(given, country) if given else None
    if in_text and (stated is None or stated.value is None):
        return in_text[0], "dateline"
    return stated, document.date_source if stated else None


def _texts(values: Iterable[Value], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for name, value in values if name == field and isinstance(value, str)))


def _dates(values: Iterable[Value], field: str) -> list[Moment]:
    return [value for name, value in values if name == field and isinstance(value, Moment)]


def _unique_agencies(values: Iterable[object]) -> tuple[Agency, ...]:
    """Each agency once, with the first words that named it."""
    found: dict[str, Agency] = {}
    for value in values:
        if isinstance(value, Agency):
            found.setdefault(value.name, value)
    return tuple(found.values())
