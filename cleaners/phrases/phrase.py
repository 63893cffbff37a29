"""A phrase: one sentence or line that a publisher adds, with what it removes and what it must keep."""

from typing import Literal

import msgspec

from cleaners.document import Kind
from cleaners.layout import Paragraph
from cleaners.phrases.pattern import Match, Pattern

MOVABLE = ("authors", "captions", "dateline", "summary", "tags", "title")
"""The record fields that a phrase may move its text, or its slot of that name, into."""

Action = Literal["remove", "move", "flag"]
Where = Literal["head", "tail", "anywhere"]


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the library; the keys of a phrase file, checked.

    Attributes:
        id: `<publisher or language>/<id in its file>`.
        publisher: whose text it works on; None for a common phrase.
        names_publisher: its literal text says who the publisher is, so it works on anybody's text.
        moves_to: the field of `action: {move: FIELD}`.
        place: file and line, for messages.
    """

    id: str
    kind: Kind
    action: Action
    moves_to: str | None
    text: str
    pattern: Pattern
    where: Where
    seen: str | None
    matches: tuple[str, ...]
    keeps: tuple[str, ...]
    publisher: str | None
    names_publisher: bool
    place: str

    @property
    def owner(self) -> str:
        """The publisher, or the language, whose file the phrase stands in."""
        return self.id.partition("/")[0]

    def match(self, paragraph: Paragraph, place: int) -> Match | None:
        """The match whose anchor stands at `place` of the folded paragraph.

        A common phrase takes a whole paragraph or nothing. A publisher's own may also be one of its sentences:
        feeds glue such notices to the last paragraph.
        """
        whole = self.pattern.match_whole(paragraph.folded)
        if whole or self.publisher is None:
            return whole
        return self.pattern.match_around(paragraph.folded, place)

    def is_at_home(self, paragraph: Paragraph, paragraphs: int) -> bool:
        """Whether the paragraph lies in the half of the text that `where` names; the middle one is in both."""
        middle = 2 * paragraph.index + 1
        return (
            self.where == "anywhere"
            or (self.where == "head" and middle <= paragraphs)
            or (self.where == "tail" and middle >= paragraphs)
        )
