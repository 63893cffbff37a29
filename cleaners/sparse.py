"""Doubt about single findings in long texts: a guide of a hundred paragraphs has no furniture but one line."""

from collections.abc import Sequence

import msgspec

from cleaners.document import Kind
from cleaners.findings import Finding, Step
from cleaners.layout import Paragraph

# Copy taken from a page with its furniture has more of it. In 999 bodies that people marked on pages, with nothing to
# find, 58 of 102 findings of the rules were so few; in 705 articles with their furniture 7 of 1,381 were.
_LONG = 40
_PARAGRAPHS_A_FINDING = 30

# Lines that a guide may hold as part of its body: the date of an update, the credit of one of its screens, a link
# that the writer set. What invites, asks or forbids in so many words is furniture wherever it stands.
_DOUBTFUL = {
    Kind.AUTHOR_BIO,
    Kind.BYLINE,
    Kind.CAPTION,
    Kind.COPYRIGHT,
    Kind.DATELINE,
    Kind.DATELINE_BYLINE,
    Kind.FIRST_PUBLISHED,
    Kind.PHOTO_CREDIT_CAPTION,
    Kind.READING_TIME,
    Kind.RELATED_LINK,
    Kind.REPEATED_HEADLINE,
    Kind.STANDFIRST,
    Kind.TAGS,
    Kind.UI_JUNK,
}
# What a doubtful line says of these is true whether it is furniture or not; the caption of a picture or a headline
# would stand in the record twice.
_READ = {"agencies", "authors", "date_modified", "date_published", "dateline"}


def doubt(findings: list[Finding], paragraphs: Sequence[Paragraph], *, titled: bool, seen: bool) -> list[Finding]:
    """The findings, of which those that are few in a long text no longer take lines out of it.

    Their dates, writers and agencies are still read. A publisher's own phrases and repeats of the headline that the
    input gave are sure, however few; and so is what was judged with the page in view, and what it marks as a caption.

    Args:
        findings: of phrases, fields and the model.
        paragraphs: of the article.
        titled: whether the input gave a title.
        seen: whether it is known what the page shows of each line.
    """
    taking = {finding.start for finding in findings if finding.takes_text}
    if len(paragraphs) <= _LONG or len(taking) * _PARAGRAPHS_A_FINDING >= len(paragraphs):
        return findings
    return [kept for finding in findings if (kept := _kept(finding, titled=titled, seen=seen))]


def _kept(finding: Finding, *, titled: bool, seen: bool) -> Finding | None:
    """A finding as it is, or only what it reads; None where nothing is left of it."""
    sure = finding.step <= Step.PUBLISHER_PHRASE or (titled and finding.kind is Kind.REPEATED_HEADLINE)
    sure = sure or (seen and (finding.step is Step.MODEL or finding.kind is Kind.CAPTION))
    if sure or not finding.takes_text or not finding.whole or finding.kind not in _DOUBTFUL:
        return finding
    values = tuple(value for value in finding.values if value[0] in _READ)
    return msgspec.structs.replace(finding, action="read", values=values) if values else None
