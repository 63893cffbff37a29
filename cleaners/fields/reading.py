"""Reading a line whose role is known: the one door for rules, phrases and a trained model alike.

A role is a `Kind`. Whoever knows it (a phrase, a model) gets from here what the line says, field by field, and need
not know how a dateline is told from a byline.
"""

from collections.abc import Callable

from cleaners.document import Kind
from cleaners.fields.bios import read_bio
from cleaners.fields.byline_names import read_byline
from cleaners.fields.captions import read_caption
from cleaners.fields.contacts import read_contact
from cleaners.fields.datelines import read_dateline
from cleaners.fields.headlines import read_headline, read_standfirst
from cleaners.fields.ownership import read_owner
from cleaners.fields.tags import read_tags
from cleaners.findings import Value
from cleaners.folding import squeeze


def read_as(kind: Kind, line: str, country: str | None = None) -> tuple[Value, ...]:
    """What a line of a known kind says, as record fields and their values.

    Args:
        kind: what the line is.
        line: the line as it stands; white space does not count.
        country: ISO 3166 code of the publisher's country; decides 03/04/2022 and `IST`.

    Returns:
        Pairs of field and value, in the order in which they stand; none where the line says nothing that a field
        holds: a reading time, a bare label, a kind that has no field.
    """
    reader = _READERS.get(kind)
    if not reader and kind not in _STAMPED:
        return ()
    said = squeeze(line)
    if not said:
        return ()
    return reader(said) if reader else _stamped(kind, said, country)


def _stamped(kind: Kind, line: str, country: str | None) -> tuple[Value, ...]:
    """A dateline; where its writer stands in it too, the writer as well."""
    values = read_dateline(line, country)
    if kind is Kind.DATELINE_BYLINE and not any(field in {"authors", "agencies"} for field, _ in values):
        return (*values, *read_byline(line))
    return values


_STAMPED = frozenset({Kind.DATELINE, Kind.DATELINE_BYLINE, Kind.FIRST_PUBLISHED})
_READERS: dict[Kind, Callable[[str], tuple[Value, ...]]] = {
    Kind.AGENCY_CREDIT: read_owner,
    Kind.AUTHOR_BIO: read_bio,
    Kind.BYLINE: read_byline,
    Kind.CAPTION: read_caption,
    Kind.CONTACT_LINE: read_contact,
    Kind.COPYRIGHT: read_owner,
    Kind.PHOTO_CREDIT_CAPTION: read_caption,
    Kind.REPEATED_HEADLINE: read_headline,
    Kind.SOURCE_CREDIT: read_owner,
    Kind.STANDFIRST: read_standfirst,
    Kind.SYNDICATION_NOTICE: read_owner,
    Kind.TAGS: read_tags,
}
