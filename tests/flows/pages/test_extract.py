import socket
import subprocess
import sys

import pytest

from flows.pages.extract import extract
from flows.pages.page import Page

FIRST = "The bridge over the old canal was closed for repairs on Monday, and the council said it would stay shut."
SECOND = "Nobody knows when it will be opened again, as the repairs have turned out to be dearer than was thought."


def page(head: str = "", body: str = "", html: str = "") -> Page:
    found = extract(f"<!doctype html><html {html}><head>{head}</head><body><p>{FIRST}</p>{body}</body></html>")
    assert found is not None
    return found


@pytest.mark.parametrize("html", ["", "<html></html>", "<html><body><script>a</script></body></html>", "<!-- a -->"])
def test_without_text_there_is_no_page(html: str) -> None:
    assert extract(html) is None


@pytest.mark.parametrize("bad", ["&#1;", "&#8;", "&#11;", "&#31;", "&#xFFFF;", "\0", "\x01"])
def test_45_one_illegal_character_does_not_cost_the_article(bad: str) -> None:
    assert FIRST in page(body=f"<p>{SECOND}{bad}</p>").text


@pytest.mark.parametrize("depth", [256, 1000, 5000])
def test_44_an_article_nested_deeply_is_found(depth: int) -> None:
    html = "<html><body>" + "<div>" * depth + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * depth + "</body></html>"
    found = extract(html)
    assert found is not None
    assert found.text.split("\n") == [FIRST, SECOND]


def test_each_block_is_a_line() -> None:
    body = f"<h2>What is\nnext</h2><p>{SECOND}\n <b>And</b> more.<br>Still.</p><ul><li>First, the piers.</li></ul>"
    lines = page(body=f"<article><p>{FIRST}</p>{body}</article>").text.split("\n")
    assert FIRST in lines
    assert "What is next" in lines
    assert f"{SECOND} And more." in lines
    assert all(line == line.strip() != "" for line in lines)


@pytest.mark.parametrize(
    ("dated", "date"),
    [
        ('<meta property="article:published_time" content="2019-03-10T23:50:00-05:00">', "2019-03-10T23:50:00-05:00"),
        ('<meta name="date" content="2019-03-10">', "2019-03-10"),
        ('<meta itemprop="datePublished" content="2019-03-10" "broken" <x="y">', "2019-03-10"),
        (
            '<script type="application/ld+json">{"@type": "Report", "datePublished": "2019-03-10T10:50Z"}</script>',
            "2019-03-10T10:50Z",
        ),
    ],
)
def test_a_page_states_its_date(dated: str, date: str) -> None:
    assert page(dated).date_published == date


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>Published on 10 March 2019</p>"),
        ("", "<footer>© 2019 Example</footer>"),
        ("<title>News of 2019-03-10</title>", "<h1>2019-03-10</h1>"),
        ('<link rel="canonical" href="https://example.org/2019/03/10/a">', ""),
        ("", '<img src="/2019/03/10/a.jpg">'),
        ('<meta name="date" content="soon">', ""),
        ('<meta name="date" content="2019-13-41">', ""),
    ],
)
def test_a_date_that_the_page_does_not_state_as_its_own_is_none(head: str, body: str) -> None:
    assert page(head, body).date_published is None


def test_a_page_says_who_wrote_what() -> None:
    found = page(
        '<meta property="og:title" content="Wet weather"><meta name="description" content="It rained a lot.">'
        '<meta name="author" content="Ann Author; Ben Byline"><meta property="article:tag" content="rain">'
        '<meta property="og:image" content="https://example.org/a.jpg">'
    )
    assert (found.title, found.summary, found.authors) == (
        "Wet weather",
        "It rained a lot.",
        ("Ann Author", "Ben Byline"),
    )
    assert (found.tags, found.image) == (("rain",), "https://example.org/a.jpg")


@pytest.mark.parametrize(
    ("given", "language"),
    [('lang="en-GB"', "en-GB"), ('lang="pt_BR"', "pt-BR"), ('lang=""', None), ('lang="English!"', None), ("", None)],
)
def test_the_language_is_the_pages_own(given: str, language: str | None) -> None:
    assert page(html=given).language == language


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("/a", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_canonical_link_is_taken_where_it_is_absolute(link: str, url: str | None) -> None:
    assert page(f'<link rel="canonical" href="{link}">').url == url


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/a">', "https://example.org/a"),
        ('<link rel="canonical" href="//www.example.com/a">', "https://www.example.com/a"),
        ('<meta property="og:url" content="https://example.org/a">', "https://example.org/a"),
        ('<meta property="og:url" content="/c"><link rel="canonical" href="/a">', "https://example.org/a"),
        ('<link rel="canonical" href="javascript:a"><meta property="og:url" content="/c">', "https://example.org/c"),
        ('<meta property="og:url" content="https://example.org/">', None),
        ('<meta property="og:url" content="https://example.org">', None),
        ("", None),
    ],
)
def test_a_link_is_read_from_where_the_page_was_found(head: str, url: str | None) -> None:
    found = extract(f"<html><head>{head}</head><body><p>{FIRST}</p></body></html>", "https://example.org/b/")
    assert found is not None
    assert (found.url, found.image) == (url, None)


@pytest.mark.parametrize(("html", "amp"), [("amp", True), ('⚡ lang="en"', True), ('lang="amp"', False), ("", False)])
def test_an_amp_page_says_so(html: str, amp: bool) -> None:  # noqa: FBT001
    found = page('<link rel="canonical" href="https://example.org/a">', html=html)
    assert (found.amp, found.url) == (amp, "https://example.org/a")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert page('<link rel="canonical" href="https://example.org/a"><meta http-equiv="refresh" content="0;/b">').text


def test_the_same_page_gives_the_same_a_hundred_times() -> None:
    assert len({page(body=f"<p>{SECOND}</p>").text for _ in range(100)}) == 1


def test_the_extractor_is_imported_with_the_first_page_only_and_says_nothing() -> None:
    script = (
        "import sys, flows.cli, flows.documents.opening\n"
        "from flows.pages.extract import extract\n"
        "assert not {'trafilatura', 'lxml', 'htmldate'} & set(sys.modules)\n"
        "assert extract('<html></html>') is None\n"
        "assert 'trafilatura' in sys.modules\n"
    )
    run = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_short_article_in_a_dense_script_keeps_its_paragraphs() -> None:
    paragraphs = [f"橋の修理は{day}曜日に始まり、町の議会は冬が来る前に終える予定だと述べた。" for day in "月火水木"]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    found = extract(f"<html><body><nav>新聞 天気</nav><article><h1>橋</h1>{body}</article></body></html>")
    assert found is not None
    assert [line for line in found.text.split("\n") if line != "橋"] == paragraphs
