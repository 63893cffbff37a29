"""Notices without a wording of their own: `About X`, under which a press release describes its sender."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, Step
from cleaners.layout import Paragraph, ends_sentence

_ABOUT = re.compile(r"About\s[^\W\d_a-z][\w&'’.-]*(?:\s[\w&'’.,-]+){0,7}:?")


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Such headings, listed; they stay in the text."""
    for paragraph in paragraphs:
        if (
            paragraph.text.startswith("About")
            and not place.before_body(paragraph)
            and _ABOUT.fullmatch(paragraph.text)
            and not ends_sentence(paragraph.text)
        ):
            yield Finding(
                start=paragraph.start,
                end=paragraph.end,
                kind=Kind.ABOUT_ORGANISATION,
                action="flagged",
                step=Step.NOTICE,
                rule="field:about",
                reason="the heading of a press release's last part",
            )
