import io

import pytest

from flows.documents.limits import lines_within, read_whole
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
