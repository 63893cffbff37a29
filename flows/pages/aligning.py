"""Which of a page's blocks the extractor took: its text is laid onto them."""

from collections.abc import Sequence

from cleaners.model.blocks import Block

# Shorter ones may stand in any text, and are taken only if they are a line of it.
_LONG_ENOUGH = 25
_LONG = 40
_EDGE = 30


def drawn_shares(blocks: Sequence[Block], text: str) -> list[float]:
    """Of each block, the share that is in the extractor's text: 1, 0, or a half where only its beginning or end is.

    White space does not count, as the extractor has its own ways with it.
    """
    whole = "".join(text.split())
    lines = {"".join(line.split()) for line in text.split("\n")}
    return [_share(block.text.replace(" ", ""), whole, lines) for block in blocks]


def _share(said: str, whole: str, lines: set[str]) -> float:
    if said in lines or (len(said) >= _LONG_ENOUGH and said in whole):
        return 1.0
    if len(said) < _LONG:
        return 0.0
    return ((said[:_EDGE] in whole) + (said[-_EDGE:] in whole)) / 2
