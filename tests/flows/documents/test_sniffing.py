import os

import pytest

from flows.documents.sniffing import is_binary

BEGINNINGS = {
    "pdf": b"%PDF-1.4\nplain enough",
    "jpeg": b"\xff\xd8\xff\xe0JFIF",
    "png": b"\x89PNG\r\n\x1a\n",
    "gif": b"GIF89a",
    "zip": b"PK\x03\x04",
    "elf": b"\x7fELF\x02\x01\x01",
    "gzip": b"\x1f\x8b\x08\0",
    "zstd": b"\x28\xb5\x2f\xfd",
    "word": b"\xd0\xcf\x11\xe0",
    "mp4": b"\0\0\0\x20ftypisom",
    "webp": b"RIFF\x10\0\0\0WEBP",
}


@pytest.mark.parametrize("content", BEGINNINGS.values(), ids=BEGINNINGS)
def test_known_files_are_known_by_how_they_begin(content: bytes) -> None:
    assert is_binary(content)


@pytest.mark.parametrize(
    "content",
    [b"abc\0def", b"abc\0def\x01", b"\0", b"\0" * 8, b"\0" * 7, b"a\0\0", b"text \0 text, an even number.."],
)
def test_nul_that_no_wide_encoding_explains_is_binary(content: bytes) -> None:
    assert is_binary(content)


def test_noise_is_binary() -> None:
    assert is_binary(os.urandom(4096).replace(b"\0", b"\1"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"]
)
def test_text_is_no_binary_in_any_encoding(encoding: str) -> None:
    assert not is_binary("“Rain”, said the café’s owner.\r\n\tIt fell.\f".encode(encoding))


@pytest.mark.parametrize("content", [b"", b"\n", b"\x1b$B\x46\x7c\x1b(B", b"a\x08b is one in many, so it stays"])
def test_a_few_controls_are_no_binary(content: bytes) -> None:
    assert not is_binary(content)
