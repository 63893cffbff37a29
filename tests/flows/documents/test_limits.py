import io

import pytest

from flows.documents.limits import lines_at_hand, lines_within, read_whole
from flows.documents.loaded import Reason, UnusableError


def test_more_than_the_limit_is_refused_and_no_more_is_read() -> None:
    stream = io.BytesIO(b"x" * 100)
    with pytest.raises(UnusableError, match="more than 10 bytes") as caught:
        read_whole(stream, 10)
    assert caught.value.reason is Reason.TOO_LARGE
    assert stream.tell() == 11


def test_just_the_limit_is_read() -> None:
    assert read_whole(io.BytesIO(b"x" * 10), 10) == b"x" * 10


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\n\nb\n", [b"a\n", b"\n", b"b\n"]),
        (b"12345\n", [None]),
        (b"1234\n", [b"1234\n"]),
        (b"x" * 23 + b"\na\n", [None, b"a\n"]),
        (b"a\n" + b"x" * 23, [b"a\n", None]),
        (b"x" * 11 + b"\n" + b"y" * 11 + b"\n", [None, None]),
    ],
)
def test_a_line_past_the_limit_is_named_but_not_held(content: bytes, lines: list[bytes | None]) -> None:
    assert list(lines_within(io.BytesIO(content), 5)) == lines


class Pipe(io.BytesIO):
    """Gives what was written piece by piece, as a pipe does whose writer is slow."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__()
        self._pieces = list(pieces)

    def read1(self, _size: int | None = -1, /) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


@pytest.mark.parametrize(
    ("pieces", "lists"),
    [
        ([], []),
        ([b"a"], [[b"a"]]),
        ([b"a\nb\n", b"c\n"], [[b"a", b"b"], [b"c"]]),
        ([b"a\nb", b"c\nd"], [[b"a"], [b"bc"], [b"d"]]),
        ([b"a", b"b", b"c", b"\n\n"], [[b"abc", b""]]),
        ([b"a\r\nb\x0bc\n"], [[b"a\r", b"b\x0bc"]]),
        ([b"12345\n123456\n1\n"], [[b"12345", None, b"1"]]),
        ([b"1234", b"5\n"], [[b"12345"]]),
        ([b"1234", b"56", b"7\n1\n"], [[None, b"1"]]),
        ([b"1234567", b"8"], [[None]]),
    ],
)
def test_lines_come_with_those_that_are_there_and_wait_for_no_others(
    pieces: list[bytes], lists: list[list[bytes | None]]
) -> None:
    assert list(lines_at_hand(Pipe(*pieces), 5)) == lists


def test_a_long_line_that_comes_in_many_pieces_takes_time_in_proportion() -> None:
    stream = io.BytesIO(b"x" * 30_000_000 + b"\ny")
    assert [list(map(len, filter(None, lines))) for lines in lines_at_hand(stream, 40_000_000)] == [[30_000_000], [1]]
