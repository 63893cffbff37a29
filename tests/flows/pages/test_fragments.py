import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.pages.fragments import line_of, lines_of

# What mark-up is made of, whole and broken.
PIECES = [
    "<p>", "</p>", "<br>", "<br/>", "</br>", "<div class='a'>", "</div>", "<b>", "</b>", '<a href="', '">', "<li>",
    "<ul>", "<table>", "<tr>", "<td>", "</table>", "<script>", "</script>", "<style>", "<svg>", "</svg>", "<iframe/>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?xml", "?>", "<!doctype html>", "<html>", "<head>", "<body>", "<title>",
    "<pre>", "</pre>", "<select>", "<template>", "<noscript>", "<textarea>", "&amp;", "&nbsp;", "&#1;", "&#x85;",
    "&#150;", "&#", "&", "<", ">", "'", '"', "/", "\n", "\r\n", "\t", " ", "\0", "\x0b", "\x85", "\ud800", "\u2028",
    "word", "Ärger", "雨",
]  # fmt: skip
MARK_UP = st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize(
    "nothing", ["", " \n\t", "<p></p>", "<br><br>", "<!-- a -->", "<!--", "<p", "&nbsp;", "\0", "\ud800"]
)
def test_nothing_gives_nothing(nothing: str) -> None:
    expected = "<p" if nothing == "<p" else ""  # two characters are no tag of HTML
    assert lines_of(nothing) == line_of(nothing) == expected


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("One.<p>Two.<p>Three.", ["One.", "Two.", "Three."]),
        ("One.<br>Two.<br/>Three.<br />Four.</br>Five.", ["One.", "Two.", "Three.", "Four.", "Five."]),
        ("<div>One.<div>Two.</div>Three.</div>Four.", ["One.", "Two.", "Three.", "Four."]),
        ("<h2>Rain</h2>It fell.<ul><li>Here<li>there</ul>", ["Rain", "It fell.", "Here", "there"]),
        ("<blockquote>So be it.</blockquote>he said", ["So be it.", "he said"]),
        ("<dl><dt>Rain<dd>Water</dl>", ["Rain", "Water"]),
        ("<section><header>A</header>b</section>c", ["A", "b", "c"]),
        ("<figure><img alt='x'><figcaption>A</figcaption></figure>b", ["A", "b"]),
        ("<table><caption>T</caption><tr><th>a<th>b<tr><td>1</td><td>2</td></table>", ["T", "a b", "1 2"]),
        ("<pre>one\n  two\n\nthree</pre>four", ["one", "two", "three", "four"]),
        ("<p>One\n\t line,\nfolded.\n</p>\n<p>Two.</p>", ["One line, folded.", "Two."]),
    ],
)  # fmt: skip
def test_a_block_is_a_line(html: str, lines: list[str]) -> None:
    assert lines_of(html).split("\n") == lines


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>R</b>ain <i>fell</i>, <a href='/a'>heavily</a>.", "Rain fell, heavily."),
        ("un<em>believ</em>able", "unbelievable"),
        ("Rain<!-- b -->drops and<wbr>more <my-tag>here</my-tag>", "Raindrops andmore here"),
        ("H<sub>2</sub>O&nbsp;&amp; &#8364;5 &#150; &eacute;", "H2O & €5 – é"),
        ("&lt;p&gt; is a <b>tag</b>", "<p> is a tag"),
        ("<b>5 < 6 & 7 > 3</b>", "5 < 6 & 7 > 3"),
    ],
)
def test_words_are_joined_as_they_were(html: str, text: str) -> None:
    assert lines_of(html) == text


@pytest.mark.parametrize(
    "unread",
    [
        "<script>let a = '<p>b</p>'</script>", "<style>p {}</style>", "<noscript><p>x</p></noscript>",
        "<!-- <p>x</p> -->", "<template><p>x</p></template>", "<iframe src='a'>x</iframe>",
        "<iframe src='a'/>", "<script src='a'/>",
        "<svg><title>x</title><text>x</text></svg>", "<button>x</button>", "<select><option>x<option>y</select>",
        "<textarea>x</textarea>", "<input value='x'>", "<img src='a' alt='x' title='x'>", "<video>x</video>",
        "<object><p>x</p></object>", "<?php x ?>", "<link rel='x'>",
    ],
)  # fmt: skip
def test_what_nobody_reads_is_left_out(unread: str) -> None:
    assert lines_of(f"<p>Rain{unread}drops.</p>").replace("\n", "") == "Raindrops."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One.\nTwo.\r\nThree.\r\rFour.", ["One.", "Two.", "Three.", "Four."]),
        ("  a \t b  ", ["a b"]),
        ("AT&amp;T & Co", ["AT&T & Co"]),
        ("vector<int> and <stdio.h>\nx <y or z > a", ["vector<int> and <stdio.h>", "x <y or z > a"]),
        ("1 < 2", ["1 < 2"]),
    ],
)
def test_the_lines_of_a_plain_text_stay(text: str, lines: list[str]) -> None:
    assert lines_of(text).split("\n") == lines


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('Rain fell. <a href="https://example.org/a', "Rain fell."),
        ("<p>Rain fell. <a hre", "Rain fell."),
        ("<p>Rain fell.</p><!-- wp:par", "Rain fell."),
        ("<![CDATA[<p>Rain <b>fell</b>.</p>]]>", "Rain fell."),
        ("<html><head><title>A</title></head><body><p>Rain fell.</body></html>", "Rain fell."),
    ],
)
def test_mark_up_that_is_cut_off_or_wrapped_is_none_of_the_text(html: str, text: str) -> None:
    assert lines_of(html) == text


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("AT&amp;amp;T", "AT&amp;T"),
        ("AT&T", "AT&T"),
        ("Rain &amp; <i>sun</i>\n today", "Rain & sun today"),
        ("One<br>two", "One two"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_a_title_is_one_line_and_resolved_once(title: str, line: str) -> None:
    assert line_of(title) == line


@given(MARK_UP | st.text())
def test_any_string_gives_folded_lines_without_control_characters(html: str) -> None:
    text = lines_of(html)
    assert all(line == " ".join(line.split()) != "" for line in text.split("\n") if text)
    # C1 characters that a feed holds as such stay, as in every text of a record.
    assert not [
        c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"} and not "\x80" <= c <= "\x9f"
    ]
    assert "\n" not in line_of(html)


@given(MARK_UP.filter(lambda html: "&" not in html and "<textarea" not in html))
def test_no_tag_is_left(html: str) -> None:
    assert not re.search(r"</?(?:p|div|b|li|table|td|script|style|svg|pre)\b[^<>]*>", lines_of(f"<p>{html}"))


@pytest.mark.parametrize(
    "piece",
    ["<p>", "<b>", "<br>", "<", "<a ", "&", "<!--", "<a href='", "</p>", "<td>x", "<ul><li>x", "<![CDATA[", "\n"],
)
def test_time_grows_with_the_length(piece: str) -> None:
    started = time.process_time()
    lines_of("<p>" + piece * 100_000)
    assert time.process_time() - started < 3


def test_a_hundred_thousand_attributes_take_no_time() -> None:
    started = time.process_time()
    assert lines_of("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">Rain.</p>") == "Rain."
    assert time.process_time() - started < 2
