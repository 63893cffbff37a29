import codecs

import pytest
from hypothesis import example, given
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
@example(text="\x00a", encoding="utf-16-le", bom=True)  # its first four bytes are the mark of UTF-32
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


ENGLISH = "The council said that the bridge would stay shut, and nobody knows when it will be opened again. "
SAMPLES = {
    "cp1252": "“We don’t know,” said José Muñoz, the café’s owner – a résumé of 20 years. It cost €30.",
    "cp1250": "Most nad starym kanałem został zamknięty z powodu remontu, a rada miasta oświadczyła, że tak ma być.",
    "cp1251": "Мост через старый канал был закрыт на ремонт, и городской совет заявил, что так и будет.",
    "koi8-r": "Мост через старый канал был закрыт на ремонт, и городской совет заявил, что он останется закрытым.",
    "cp1253": "Η γέφυρα πάνω από το παλιό κανάλι έκλεισε για επισκευές τη Δευτέρα.",
    "cp1256": "تم إغلاق الجسر فوق القناة القديمة للإصلاح يوم الاثنين، وقال مجلس المدينة إنه سيبقى مغلقا.",
    "cp932": "古い運河に架かる橋は月曜日に修理のため閉鎖され、町議会は閉鎖を続けると発表した。",
    "euc_jp": "古い運河に架かる橋は月曜日に修理のため閉鎖され、町議会は閉鎖を続けると発表した。",
    "gb18030": "旧运河上的桥梁周一因维修而关闭，市议会表示将继续关闭。市民对此表示不满，希望尽快恢复通行。",
    "big5": "舊運河上的橋樑週一因維修而關閉，市議會表示將繼續關閉。市民對此表示不滿。",
    "cp949": "옛 운하 위의 다리는 월요일 수리를 위해 폐쇄되었으며 시의회는 계속 폐쇄할 것이라고 밝혔다.",
}


@pytest.mark.parametrize(("encoding", "text"), SAMPLES.items(), ids=SAMPLES)
def test_text_in_another_encoding_is_known_by_its_letters(encoding: str, text: str) -> None:
    content = (text + "\r\n").encode(encoding)
    decoded = decode(content)
    assert (decoded.text, decoded.origin.encoding, decoded.faulty) == (text + "\n", encoding, False)
    assert encode(decoded.text, decoded.origin) == content


@pytest.mark.parametrize("word", ["café", "Orléans", "£3 – or €4", "“", "El niño"])
def test_english_with_one_western_word_is_western(word: str) -> None:
    content = (ENGLISH * 40 + "\n" + word + "\n" + ENGLISH * 40).encode("cp1252")
    decoded = decode(content)
    assert word in decoded.text
    assert (decoded.origin.encoding, decoded.faulty) == ("cp1252", False)


@pytest.mark.parametrize("bad", [b"\xff", b"\xe9", b"\xc3", b"\xe2\x80"])
def test_utf_8_but_for_a_few_bad_bytes_stays_utf_8(bad: bytes) -> None:
    decoded = decode("Žluť, “café”. ".encode() + bad + b" more\n")
    assert decoded.text == "Žluť, “café”. \ufffd more\n"
    assert (decoded.origin.encoding, decoded.faulty) == ("utf-8", True)


def test_bytes_that_are_nothing_that_is_known_are_utf_8_with_errors() -> None:
    decoded = decode(bytes(range(128, 256)))
    assert (decoded.origin.encoding, decoded.faulty) == ("utf-8", True)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_wide_encoding_without_a_mark_is_known_by_its_nul_bytes(encoding: str) -> None:
    text = "“Žluť” fell, 😀 said.\n"
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.origin.encoding, decoded.origin.bom) == (text, encoding, False)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1250", "cp1250"),
        ("x-nonsense", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-16", "cp1252"),
        ("rot13", "cp1252"),
        ("unicode_escape", "cp1252"),
        ("\0", "cp1252"),
        ("", "cp1252"),
    ],
)
def test_what_a_page_declares_is_believed_where_it_can_be_true(declared: str, encoding: str) -> None:
    assert decode("It cost “£3”.".encode("cp1252"), declared).origin.encoding == encoding


def test_a_mark_wins_over_what_is_declared() -> None:
    assert decode(codecs.BOM_UTF8 + "é".encode(), "cp1252").text == "é"


_ENCODINGS = ["cp1252", "cp1250", "cp1251", "shift_jis", "gb18030", "euc_kr", "big5", "utf-16", "utf-32", "utf-16-le"]


@given(st.sampled_from(list(SAMPLES.values())), st.sampled_from(_ENCODINGS), _TEXTS)
def test_in_any_encoding_what_is_decoded_without_fault_can_be_encoded_again(
    sample: str, encoding: str, more: str
) -> None:
    content = (sample + more).encode(encoding, "replace")
    decoded = decode(content)
    if not decoded.faulty:
        assert encode(decoded.text, decoded.origin) == content
