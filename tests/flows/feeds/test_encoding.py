import pytest

from flows.feeds.encoding import FeedText, text_of

DECLARED = '<?xml version="1.0" encoding="{}"?><rss>{}</rss>'


@pytest.mark.parametrize(
    ("name", "codec", "charset", "text"),
    [
        ("utf-8", "utf-8", None, "Zürich"),
        ("utf-8", "utf-8", "iso-8859-1", "Zürich"),
        ("iso-8859-1", "utf-8", None, "Zürich"),
        ("iso-8859-1", "cp1252", None, "“Zürich”"),
        ("koi8-r", "koi8-r", "us-ascii", "гавань"),
        ("iso-8859-2", "koi8-r", "KOI8-R", "гавань"),
        ("x-sjis", "shift_jis", None, "港にフェリー"),
        ("iso-2022-jp", "iso2022_jp", None, "港にフェリー"),
        ("punycode", "utf-8", None, "Zürich"),
        ("cp037", "utf-8", None, "Zürich"),
        ("cp037", "cp037", None, "Zürich"),
        ("utf-16", "utf-8", None, "Zürich"),
        ("utf-16", "utf-16-le", None, "渡輪"),
        ("utf-8", "utf-16-be", None, "渡輪"),
        ("utf-32", "utf-32-le", None, "渡輪"),
        ("utf-8", "utf-8-sig", "koi8-r", "гавань"),
        ("rot13", "ascii", "unicode_escape", "plain"),
        ("\0", "ascii", "\0", "plain"),
    ],
)
def test_the_encoding_is_the_true_one(name: str, codec: str, charset: str | None, text: str) -> None:
    written = DECLARED.format(name, text)
    assert text_of(written.encode(codec), charset) == FeedText(written, faulty=False)


@pytest.mark.parametrize(
    ("codec", "bad"), [("utf-8", b"\xff"), ("utf-8", b"\xc3"), ("shift_jis", b"\x81"), ("gb18030", b"\xff")]
)
def test_a_bad_byte_is_replaced_where_it_stands(codec: str, bad: bytes) -> None:
    text = DECLARED.format(codec, "港口的渡輪返回了" * 4)
    read = text_of(text.encode(codec).replace(b"</rss>", bad + b"</rss>"), None)
    assert read == FeedText(text.replace("</rss>", "\ufffd</rss>"), faulty=True)


def test_bytes_that_are_wholly_something_else_are_not_read_as_declared() -> None:
    russian = DECLARED.format("gb2312", "Паром вернулся в гавань после долгого ремонта, сообщает порт. " * 5)
    assert text_of(russian.encode("cp1251"), None).text == russian
