import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaners.document import Flag
from flows.documents import confined, pages
from flows.documents.loaded import Loaded, Origin, Reason, UnusableError
from flows.documents.opening import find_sources
from flows.pages.page import Page
from flows.sandbox import Sandbox

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]
Make = Callable[..., bytes]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY_INPUT),
        (b" \n", Reason.EMPTY_INPUT),
        (b"<html><body></body></html>", Reason.NO_TEXT),
        (b"<!-- nothing -->", Reason.NO_TEXT),
        (b"<script>let a = 1</script>", Reason.NO_TEXT),
        (b"%PDF-1.4", Reason.BINARY),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Reason.BINARY),
        (b"ab\0cd", Reason.BINARY),
    ],
)
def test_47_what_is_no_page_is_set_aside(write: Write, read: Read, content: bytes, reason: Reason) -> None:
    assert read(write("a.html", content)).aside == [("a.html", reason, None)]


WALL = "<p>We use cookies.</p><p>We and our 300 partners store data on a device.</p><p>Accept all</p>"
ABOUT_WALLS = "<p>We use cookies, says nearly every site.</p><p>The regulator wants fewer banners by the summer.</p>"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The island's ferry breaks down, and hundreds are stranded in the harbour", WALL),
        ("Log in | Harbour News", "<p>Welcome back, dear reader of ours.</p>"),
        ("Page not found - Harbour News", "<p>Most read: the mole, the quay and the light.</p>"),
    ],
)
def test_what_stands_in_place_of_an_article_is_set_aside(write: Write, read: Read, title: str, body: str) -> None:
    content = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
    assert read(write("a.html", content)).aside == [("a.html", Reason.NO_ARTICLE, None)]


@pytest.mark.parametrize(
    ("title", "body"),
    [("Regulator wants fewer cookie banners by the summer", ABOUT_WALLS), ("Login", f"<p>{'It rained. ' * 300}</p>")],
)
def test_an_article_about_walls_is_one(write: Write, read: Read, title: str, body: str) -> None:
    content = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
    assert read(write("a.html", content)).aside == []


def test_a_page_that_is_too_large_is_set_aside(
    write: Write, read: Read, page: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_PAGE", 100)
    assert read(write("a.html", page())).aside == [("a.html", Reason.TOO_LARGE, None)]


@pytest.mark.parametrize("error", [ValueError("a\nb"), RecursionError("deep"), MemoryError()])
def test_a_page_that_the_extractor_stumbles_over_cannot_be_used(
    page: Make, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def stumble(*_: object) -> None:
        raise error

    monkeypatch.setattr(pages, "extract", stumble)
    with pytest.raises(UnusableError) as caught:
        pages.read_page_bytes(page())
    assert caught.value.reason is Reason.EXTRACTION_FAILED
    assert str(caught.value).startswith(type(error).__name__)


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (b"__import__('os')._exit(3)", Reason.CRASHED),
        (b"__import__('os').abort()", Reason.CRASHED),
        (b"bytearray(10**11)", Reason.OUT_OF_MEMORY),
        (b"1 / 0", Reason.UNREADABLE),
    ],
)
def test_48_a_page_that_ends_its_worker_is_set_aside_and_the_rest_goes_on(
    write: Write, read: Read, page: Make, monkeypatch: pytest.MonkeyPatch, hostile: bytes, reason: Reason
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pages, "read_page_bytes", eval)  # a function that a worker can import, to do as it is told
        items = read(write("a.html", hostile), write("b.txt", "Rain."))
    assert items.aside == [("a.html", reason, None)]
    assert items.texts == {"b.txt": "Rain."}
    assert "\n" not in str(items[0])
    assert list(read(write("c.html", page())).texts) == ["c.html"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<p " + "a=1 " * 400_000 + ">",
        "<p " + "".join(f'a{number}="1" ' for number in range(100_000)) + ">",
        "<table>" + "<tr>" + "<td>1" * 300_000 + "</table>",
        '<td colspan="1000000000" rowspan="1000000000">' * 100,
    ],
    ids=["one attribute", "many attributes", "cells", "spans"],
)
@pytest.mark.slow
def test_46_a_bomb_of_attributes_or_cells_is_read_or_killed_in_time(
    write: Write, read: Read, page: Make, monkeypatch: pytest.MonkeyPatch, hostile: str
) -> None:
    with Sandbox(workers=1, deadline=3) as sandbox:
        sandbox.call(len, b"")  # the server has started, which is part of no call's time
        monkeypatch.setattr(confined, "sandbox", lambda: sandbox)
        started = time.monotonic()
        items = read(write("a.html", page(head=hostile)), write("b.html", page()))
    assert time.monotonic() - started < 3 + 1 + 1  # the bomb, and the other page
    assert "b.html" in items.texts
    assert [reason for _, reason, _ in items.aside] in ([], [Reason.TIMED_OUT], [Reason.OUT_OF_MEMORY])


def test_nul_in_a_page_does_no_harm(write: Write, read: Read, page: Make) -> None:
    assert read(write("a.html", page("The council said that\0 the bridge would stay shut."))).texts == {
        "a.html": "The council said that the bridge would stay shut."
    }


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1250">', "cp1250"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso8859-2"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ("", "utf-16"),
        ("<meta charset=utf-16>", "utf-8"),
        ('<meta charset="iso-8859-1">', "utf-8-sig"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(
    write: Write, read: Read, page: Make, head: str, encoding: str
) -> None:
    text = "Žluťoučký kůň pěl ďábelské ódy, a město uvedlo, že most zůstane zavřený."
    items = read(write("a.html", page(text, head).decode().encode(encoding)))
    assert items.texts == {"a.html": text}


def test_an_xml_declaration_names_the_encoding_too(write: Write, read: Read, page: Make) -> None:
    content = b'<?xml version="1.0" encoding="cp1251"?>' + page("Мост закрыт.").decode().encode("cp1251")
    assert read(write("a.htm", content)).texts == {"a.htm": "Мост закрыт."}


def test_bad_bytes_of_a_page_are_flagged(write: Write, read: Read, page: Make) -> None:
    (item,) = read(write("a.html", page("Žluťoučký kůň, bad: @.").replace(b"@", b"\xff")))
    assert (item.document.text, item.document.flags) == ("Žluťoučký kůň, bad: \ufffd.", (Flag.DECODED_WITH_ERRORS,))


def test_a_page_gives_what_it_says_of_itself(write: Write, read: Read, page: Make) -> None:
    head = (
        '<link rel="canonical" href="https://news.example.co.uk/wet"><meta property="og:title" content="Wet weather">'
        '<meta property="article:published_time" content="2019-03-10T10:50:00+05:30">'
    )
    (item,) = read(write("a.html", page(head=head)))
    assert isinstance(item, Loaded)
    document = item.document
    assert (document.url, document.publisher, document.publisher_source) == (
        "https://news.example.co.uk/wet", "example.co.uk", "url",
    )  # fmt: skip
    assert (document.title, document.date_published, document.date_source) == (
        "Wet weather", "2019-03-10T10:50:00+05:30", "meta",
    )  # fmt: skip
    assert item.metadata["page"]["date_published"] == {"source": "meta"}
    assert item.extractor is not None
    assert (item.extractor.name, item.place, item.line) == ("trafilatura", "a.html", None)
    # The text is the extraction's, so that no bytes of a file can be had again from it.
    assert item.origin == Origin()


def test_a_page_that_is_not_for_everybody_is_flagged_and_names_its_agency(
    write: Write, read: Read, page: Make
) -> None:
    head = '<meta property="article:content_tier" content="locked"><meta name="source" content="Reuters">'
    (item,) = read(write("a.html", page(head=head)))
    assert item.document.flags == (Flag.PAYWALLED,)
    assert [agency.name for agency in item.document.agencies] == ["Reuters"]
    assert item.metadata == {}


def test_a_page_that_says_nothing_is_given_nothing(write: Write, read: Read, page: Make) -> None:
    (item,) = read(write("2019/03/10/a.html", page()))
    document = item.document
    assert (document.url, document.publisher, document.date_published, document.date_source) == (
        None, None, None, "input",
    )  # fmt: skip


def test_a_page_can_be_read_in_another_process(page: Make) -> None:
    content = page("Žluťoučký kůň pěl ďábelské ódy.", '<link rel="canonical" href="/a">').decode().encode("cp1250")
    with Sandbox(workers=1) as sandbox:
        read = sandbox.call(pages.read_page_bytes, content, "https://example.org/b", "windows-1250")
        empty = sandbox.call(pages.read_page_bytes, b" ", "https://example.org/b", None)
    assert read == pages.read_page_bytes(content, "https://example.org/b", "windows-1250")
    assert isinstance(read, Page)
    assert (read.text, read.url, read.faulty) == ("Žluťoučký kůň pěl ďábelské ódy.", "https://example.org/a", False)
    assert isinstance(empty, UnusableError)
    assert empty.reason == Reason.EMPTY_INPUT


def test_finding_pages_imports_no_extractor(write: Write) -> None:
    assert len(find_sources([write("a.html", "<p>")])) == 1
