import pytest

from flows.feeds.texts import block_of, title_of


@pytest.mark.parametrize(
    ("value", "kind", "title"),
    [
        ("a < b", "text/plain", "a < b"),
        ("<b>a</b> &amp; b", "text/plain", "<b>a</b> &amp; b"),
        ("<b>a</b> &amp;\n b", "text/html", "a & b"),
        ("  ", "text/html", None),
        (None, None, None),
    ],
)
def test_a_title_is_read_by_its_kind(value: object, kind: str | None, title: str | None) -> None:
    assert title_of(value, kind) == title


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("<p>a</p><p>b</p>", "text/html", "a\nb"),
        ("<p>a</p><p>b</p>", "text/plain", "a\nb"),
        ("one  line\n\n another < line", "text/plain", "one line\nanother < line"),
        ("&amp; stays", "text/plain", "&amp; stays"),
        ("<svg/>x", "image/svg+xml", "x"),
        ("iVBORw0K", "image/png", None),
        (["x"], "text/html", None),
    ],
)
def test_a_text_is_read_by_its_kind(value: object, kind: str | None, text: str | None) -> None:
    assert block_of(value, kind) == text
