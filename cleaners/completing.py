"""Completing: what the input gave, and what the text says itself, become one result."""

from collections.abc import Iterable, Sequence

from cleaners.document import Agency, Cleaned, DateSource, Document, Flag, Moment, Notice, Removal
from cleaners.fields.byline_names import signed_by
from cleaners.fields.dates import read_date
from cleaners.findings import Finding, Value, texts
from cleaners.folding import squeeze
from cleaners.phrases.attribution import Attribution


def complete(
    document: Document,
    *,
    text: str,
    removed: tuple[Removal, ...],
    attribution: Attribution,
    accepted: Sequence[Finding],
    country: str | None,
    flags: tuple[Flag, ...],
) -> Cleaned:
    """Clean copy: what the input gave, completed by what the text says itself.

    Args:
        document: the input.
        text: what is kept of its text.
        removed: what is not.
        attribution: whose text it is.
        accepted: the findings that are applied, by where they start; their values are read here.
        country: ISO 3166 code of the publisher's country.
        flags: of the record.
    """
    values = [value for finding in accepted for value in finding.values]
    authors, suppliers = signed_by(document.authors, texts(values, "authors"))
    named = _unique_agencies((*document.agencies, *(value for _, value in values), *suppliers))
    published, source = _date(document.date_published, _dates(values, "date_published"), document, country)
    return Cleaned(
        text=text,
        removed=removed,
        publisher=attribution.publisher,
        publisher_source=attribution.source,
        syndicated_from=attribution.syndicated_from,
        title=document.title or next(iter(texts(values, "title")), None),
        summary=document.summary or "\n".join(texts(values, "summary")) or None,
        authors=authors,
        tags=document.tags or texts(values, "tags"),
        date_published=published,
        date_modified=_date(document.date_modified, _dates(values, "date_modified"), document, country)[0],
        date_source=source,
        dateline=next(iter(texts(values, "dateline")), None),
        agencies=named,
        syndicated=True if named or any(finding.syndicates for finding in accepted) else None,
        captions=texts(values, "captions"),
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


def _dates(values: Iterable[Value], field: str) -> list[Moment]:
    return [value for name, value in values if name == field and isinstance(value, Moment)]


def _unique_agencies(values: Iterable[object]) -> tuple[Agency, ...]:
    """Each agency once, with the first words that named it."""
    found: dict[str, Agency] = {}
    for value in values:
        if isinstance(value, Agency):
            found.setdefault(value.name, value)
    return tuple(found.values())
