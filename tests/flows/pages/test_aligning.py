import pytest

from cleaners.model.blocks import Block, Node
from flows.pages.aligning import drawn_shares

LONG = "The bridge over the old canal was closed for repairs on Monday, and stays shut."


def share(text: str, drawn: str) -> float:
    return drawn_shares([Block(text, Node(0, "p", None), 0, 0)], drawn)[0]


@pytest.mark.parametrize(
    ("text", "drawn", "expected"),
    [
        ("Next", "One.\nNext\nTwo.", 1.0),
        ("Next", "What comes Next", 0.0),
        (LONG, f"One.\n{LONG} And more.", 1.0),
        (LONG, LONG.replace(" ", "\n"), 1.0),
        (LONG, LONG[:45], 0.5),
        (LONG, LONG[-45:], 0.5),
        (LONG, "Something else.", 0.0),
        (LONG, "", 0.0),
    ],
)
def test_what_the_extractor_took_of_a_block(text: str, drawn: str, expected: float) -> None:
    assert share(text, drawn) == expected
