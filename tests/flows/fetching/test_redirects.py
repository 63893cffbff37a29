"""Where redirects lead, which URLs may be asked, and what headers say."""

import pytest

from flows.fetching.faults import FaultError, one_line
from flows.fetching.headers import every, read_headers
from flows.fetching.redirects import Trail
from flows.fetching.results import Reason
from flows.fetching.urls import checked_url


def trail(start: str = "https://a.test/x/y?q#f", most: int = 5) -> Trail:
    return Trail(checked_url(start), most)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("z", "https://a.test/x/z"),
        ("/z?a=b", "https://a.test/z?a=b"),
        ("?p=2", "https://a.test/x/y?p=2"),
        ("//b.test/z", "https://b.test/z"),
        ("  /z  ", "https://a.test/z"),
        ("/z#part", "https://a.test/z"),
        ("/z#", "https://a.test/z"),
        ("%2e/z", "https://a.test/x/z"),
        ("http://0x7f.2/", "http://127.0.0.2/"),
        ("../../..", "https://a.test/"),
        ("/a b", "https://a.test/a%20b"),
        ("/%c3%a4", "https://a.test/%c3%a4"),
        ("HTTPS://B.test:443/z", "https://b.test/z"),
        ("/k\u00e4se".encode().decode("latin-1"), "https://a.test/k%C3%A4se"),
        ("/k\u00e4se", "https://a.test/k%C3%A4se"),
        ("https://m\u00fcnchen.test/".encode().decode("latin-1"), "https://xn--mnchen-3ya.test/"),
    ],
)
def test_a_location_is_read(location: str, url: str) -> None:
    going = trail()
    going.follow(302, location)
    assert str(going.url) == url


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.test/", "mailto:a@b.test", "a.test/x", "", "//a.test/", "http://", "http:///x",
        "http://:80/", "http://a.test:0/", "http://a.test:65536/", "http://a.test:x/", "http://u@a.test/",
        "http://:p@a.test/", "http://a b.test/", "http://a%2eb.test/", "http://[::1", "http://[x]/", "http://a.test\\@b.test/",
        "http://a.test/\r\nX: y", "http://a.test/" + "a" * 9000,
    ],
)  # fmt: skip
def test_a_url_that_must_not_be_asked(url: str) -> None:
    with pytest.raises(FaultError) as raised:
        checked_url(url)
    assert raised.value.reason is Reason.BAD_URL


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@a.test/",
        "http://user:secret@[::",
        "http://user:secret@a.test:8 0/",
        "http:user:secret@a.test",
    ],
)
def test_a_password_is_not_repeated(url: str) -> None:
    with pytest.raises(FaultError) as raised:
        checked_url(url)
    assert "secret" not in raised.value.detail


@pytest.mark.parametrize("location", ["https://a.test/x/y?q#g", "y?q", ""])
def test_back_to_the_start_or_nowhere(location: str) -> None:
    with pytest.raises(FaultError) as raised:
        trail().follow(301, location)
    assert raised.value.reason is (Reason.REDIRECT_LOOP if location else Reason.BAD_URL)


def test_as_many_as_may_be_and_not_one_more() -> None:
    going = trail(most=2)
    going.follow(301, "/1")
    going.follow(301, "/2")
    with pytest.raises(FaultError) as raised:
        going.follow(301, "/3")
    assert (raised.value.reason, str(going.url)) == (Reason.REDIRECT_LOOP, "https://a.test/2")


def test_whether_it_is_still_whom_it_asked_first() -> None:
    going = trail("http://a.test/")
    still = []
    for to in ("/1", "https://a.test/", "http://a.test:8080/", "http://a.test/2", "//b.test/"):
        going.follow(302, to)
        still.append(going.on_first_host)
    assert still == [True, False, False, True, False]


def test_for_good_only_by_permanent_redirects_that_stay_safe() -> None:
    going = trail("http://a.test/")
    assert going.moved_to is None
    going.follow(301, "https://a.test/")
    going.follow(308, "/feed")
    assert going.moved_to == "https://a.test/feed"
    going.follow(301, "http://a.test/feed")
    assert going.moved_to is None


def test_headers_are_clean_and_in_order() -> None:
    headers = read_headers([(b"ETag", b'"a\x01b"'), (b"X", b" \xe4 "), (b"Vary", b"a"), (b"VARY", b"b")])
    assert headers == (("etag", '"a b"'), ("x", "\u00e4"), ("vary", "a"), ("vary", "b"))
    assert every(headers, "vary") == "a, b"


def test_a_detail_is_one_bounded_line() -> None:
    assert one_line("a\r\n\x1b[31mb\u202e") == "a [31mb"
    assert len(one_line("a" * 1000)) == 200
