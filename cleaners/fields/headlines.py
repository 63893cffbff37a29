"""The headline, where it stands in the body again."""

from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, field_finding
from cleaners.folding import key
from cleaners.layout import Paragraph


def propose(paragraphs: Sequence[Paragraph], place: Place, title: str | None) -> Iterable[Finding]:
    """Lines before the body that repeat the title the input gave."""
    wanted = key(title) if title else ""
    if not wanted:
        return
    for paragraph in paragraphs:
        if not (place.has_prose and place.before_body(paragraph)):
            continue
        if key(paragraph.text) == wanted:
            yield field_finding(paragraph, Kind.REPEATED_HEADLINE, "field:headline", "the title again", values=())
