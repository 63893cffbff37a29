import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.documents.decoding import decode, encode, without_surrogates

BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"),
        (codecs.BOM_UTF8 + b"\xc3", "\ufffd"),
        (codecs.BOM_UTF16_LE + b"a\0\x00\xd8", "a\ufffd"),
        (codecs.BOM_UTF16_BE + b"\0a\0", "a\ufffd"),
    ],
    ids=["encoded surrogate", "cut short", "lone surrogate in utf-16", "odd bytes"],
)
def test_bytes_that_cannot_be_decoded_are_replaced_and_said_to_be(content: bytes, text: str) -> None:
    decoded = decode(content)
    assert decoded.faulty
    assert decoded.text == text


def test_a_replacement_character_in_the_file_itself_is_no_fault() -> None:
    assert not decode("a\ufffd".encode()).faulty


@pytest.mark.parametrize(("encoding", "mark"), BOMS.items())
def test_a_byte_order_mark_names_the_encoding_and_leaves_the_text(encoding: str, mark: bytes) -> None:
    decoded = decode(mark + "Žluť 😀".encode(encoding))
    assert decoded.text == "Žluť 😀"
    assert (decoded.origin.encoding, decoded.origin.bom, decoded.faulty) == (encoding, True, False)


def test_without_a_mark_the_text_is_utf_8() -> None:
    decoded = decode("Žluť".encode())
    assert (decoded.text, decoded.origin.encoding, decoded.origin.bom) == ("Žluť", "utf-8", False)


def test_only_one_mark_is_dropped() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b"a").text == "\ufeffa"


@pytest.mark.parametrize(
    ("content", "newline", "text"),
    [
        (b"a\r\nb\r\n", "crlf", "a\nb\n"),
        (b"a\rb\r", "cr", "a\nb\n"),
        (b"a\nb\n", "lf", "a\nb\n"),
        (b"a\r\nb\n", "mixed", "a\r\nb\n"),
        (b"a\r\nb\r", "mixed", "a\r\nb\r"),
        (b"a\rb\n", "mixed", "a\rb\n"),
        (b"a\r\r\n", "mixed", "a\r\r\n"),
        (b"a", None, "a"),
        (b"", None, ""),
        ("a\u2028b\u0085c\fd".encode(), None, "a\u2028b\u0085c\fd"),
    ],
)
def test_line_ends_become_lf_where_all_are_alike(content: bytes, newline: str | None, text: str) -> None:
    decoded = decode(content)
    assert (decoded.origin.newline, decoded.text) == (newline, text)


_TEXTS = st.lists(st.text(max_size=5) | st.sampled_from(["\r", "\n", "\r\n", "\ufeff"]), max_size=8).map("".join)


@given(_TEXTS, st.sampled_from(sorted(BOMS)), st.booleans())
def test_what_is_decoded_can_be_encoded_again(text: str, encoding: str, bom: bool) -> None:  # noqa: FBT001
    content = BOMS[encoding] + text.encode(encoding) if bom else text.encode()
    decoded = decode(content)
    assert not decoded.faulty
    assert encode(decoded.text, decoded.origin) == content


@given(st.binary() | st.sampled_from(sorted(BOMS.values())).flatmap(lambda m: st.binary().map(lambda b: m + b)))
def test_any_bytes_are_decoded_to_text_without_surrogates_and_back_where_nothing_is_faulty(content: bytes) -> None:
    decoded = decode(content)
    assert without_surrogates(decoded.text) == decoded.text
    if not decoded.faulty:
        assert encode(decoded.text, decoded.origin) == content


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\ud800b", "a\ufffdb"), ("\udc00\ud800", "\ufffd\ufffd"), ("\ud83d\ude00", "\U0001f600"), ("plain", "plain")],
    ids=["lone", "wrong order", "pair", "none"],
)
def test_lone_surrogates_are_replaced_and_pairs_joined(text: str, expected: str) -> None:
    assert without_surrogates(text) == expected
