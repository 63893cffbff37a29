"""Where the paragraphs of a text stand: one a line, or several lines joined in hard-wrapped copy."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from cleaners.folding import fold, squeeze

PROSE_CHARACTERS = 120
TERMINALS = ".!?…。！？।۔؟"
_ENDINGS = tuple(TERMINALS)
_CLOSERS = "\"'”’»)]」』"

# Agency wire is set at 65 to 80 columns; a last line may be short, and few lines run over.
_WRAP_WIDTH = 90
_WRAP_MEDIAN = range(50, 86)
_WRAP_LINES = 4
_WRAP_LOWER = 0.6
_SHORT_LINE = 0.7

_PLAIN = bytes([*b"\n", *range(0x20, 0x7F)])


class Paragraph:
    """A stretch of lines that is read as one: `start` and `end` in code points, line break left out.

    Attributes:
        text: the words, hard wraps and runs of white space as one space.
        folded: the words as phrases see them: `text`, folded; as long as `text`.
    """

    def __init__(self, index: int, start: int, source: str, folded: str, *, even: bool = False) -> None:
        """Of `source`, which begins at `start` of the original, and its folded form.

        Args:
            index: its number among the paragraphs.
            start: where it begins.
            source: as it stands in the original.
            folded: the same, folded.
            even: whether it is known to have no white space to squeeze.
        """
        self.index = index
        self.start = start
        self.end = start + len(source)
        self._source = source
        self.text = text = source if even else squeeze(source)
        self.folded = folded if text == source else squeeze(folded)

    def numbered(self, index: int) -> "Paragraph":
        """The same paragraph with another index."""
        paragraph = Paragraph.__new__(Paragraph)
        # As `copy` does, at a tenth of its cost: a page with pictures has each of its paragraphs numbered anew.
        paragraph.__dict__.update(self.__dict__, index=index)
        return paragraph

    def _is_even(self) -> bool:
        """Whether squeezing left all as it was, as in most copy."""
        return self.text == self._source

    @property
    def line(self) -> str:
        """The line as it stands, white space at its ends left out; `text` where it is several lines."""
        return self.text if "\n" in self._source else self._source.strip()

    @cached_property
    def offsets(self) -> Sequence[int]:
        """For each code point of `text`, its offset in the original; one more for the end."""
        if self._is_even():
            return range(self.start, self.end + 1)
        places: list[int] = []
        position = 0
        for word in self._source.split():
            position = self._source.index(word, position)
            places += range(self.start + position, self.start + position + len(word) + 1)
            position += len(word)
        return places

    @property
    def first(self) -> int:
        """The offset of the first character that is no white space."""
        return self.start + len(self._source) - len(self._source.lstrip())

    @property
    def last(self) -> int:
        """The offset past the last character that is no white space."""
        return self.start + len(self._source.rstrip())

    def is_prose(self) -> bool:
        """Long and ending like a sentence: body text beyond doubt."""
        return self.is_sentence_of(PROSE_CHARACTERS)

    def is_sentence_of(self, length: int) -> bool:
        """Whether it is at least so long and ends like a sentence."""
        return len(self.text) >= length and ends_sentence(self.text)


def ends_sentence(text: str) -> bool:
    """Whether text ends with a sentence's end, closing quotes and brackets aside."""
    return text.rstrip(_CLOSERS).endswith(_ENDINGS)


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of text, blank lines left out. A line ends at LF only."""
    # Once for all: a call for each line costs more than the folding.
    lines, folded = text.split("\n"), fold(text)
    if _is_wide(lines) or not _is_hard_wrapped(filled := _filled(lines)):
        return tuple(_line_by_line(lines, folded.split("\n"), even=_is_even(text, lines)))
    spans = [(group[0][0], group[-1][0] + len(group[-1][1])) for group in _join_wrapped(filled)]
    return tuple(
        Paragraph(index, start, text[start:end], folded[start:end]) for index, (start, end) in enumerate(spans)
    )


def _line_by_line(lines: Sequence[str], folded: Sequence[str], *, even: bool) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    start = 0
    for line, plain in zip(lines, folded, strict=True):
        if line and not line.isspace():
            paragraphs.append(Paragraph(len(paragraphs), start, line, plain, even=even))
        start += len(line) + 1
    return paragraphs


def _filled(lines: Sequence[str]) -> list[tuple[int, str, int]]:
    """The lines that are not blank, with where they start, and their numbers."""
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [
        (start, line, number)
        for number, (start, line) in enumerate(zip(starts, lines, strict=False))
        if line and not line.isspace()
    ]


def _is_even(text: str, lines: Sequence[str]) -> bool:
    """Whether no line has white space to squeeze, as in most copy: asked of the text, not of each line."""
    if "  " in text or list(map(str.strip, lines)) != lines:
        return False
    # What is no ASCII is little of most texts, and the test of each character takes the longest.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return rest.decode("utf-8", "surrogatepass").isprintable()


def _is_wide(lines: Iterable[str]) -> bool:
    """Whether a line is wider than any of hard-wrapped copy."""
    return any(len(line) > _WRAP_WIDTH and not line.isspace() for line in lines)


def _is_hard_wrapped(lines: list[tuple[int, str, int]]) -> bool:
    """Whether most lines break in mid-sentence at a common width.

    A list of headlines has lines of that length too, but they begin with capitals.
    """
    if len(lines) < _WRAP_LINES:
        return False
    if sorted(len(line) for _, line, _ in lines)[len(lines) // 2] not in _WRAP_MEDIAN:
        return False
    broken = [
        following.lstrip()
        for (_, line, number), (_, following, next_number) in pairwise(lines)
        if next_number == number + 1 and not ends_sentence(line.rstrip())
    ]
    lower = sum(line[:1].islower() for line in broken)
    return len(broken) * 2 >= len(lines) and lower >= _WRAP_LOWER * len(broken)


def _join_wrapped(lines: list[tuple[int, str, int]]) -> list[list[tuple[int, str, int]]]:
    """Lines grouped into paragraphs: a blank line, an indent or a short last line parts them."""
    margin = min(_indent(line) for _, line, _ in lines)
    width = max(len(line.strip()) for _, line, _ in lines)
    groups = [[lines[0]]]
    for before, entry in pairwise(lines):
        ended = ends_sentence(before[1].rstrip()) and len(before[1].strip()) < _SHORT_LINE * width
        if entry[2] > before[2] + 1 or _indent(entry[1]) > margin or ended:
            groups.append([entry])
        else:
            groups[-1].append(entry)
    return groups


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
