import pytest

from flows.feeds.links import Chosen, absolute, chosen

BASE = "https://courier.example/a/feed.xml"


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://courier.example/1", "https://courier.example/1"),
        (" HTTP://courier.example/1\n", "HTTP://courier.example/1"),
        ("https://courier.example/lo\n  ng", "https://courier.example/lo  ng"),
        ("/1", "https://courier.example/1"),
        ("1?x=y", "https://courier.example/a/1?x=y"),
        ("//other.example/1", "https://other.example/1"),
        ("www.other.example/1", "http://www.other.example/1"),
        ("feed:https://other.example/", "https://other.example/"),
        ("feed://other.example/", "http://other.example/"),
        ("", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("mailto:a@courier.example", None),
        ("http://", None),
        ("http://[", None),
        ("https://courier.example/" + "x" * 9000, None),
    ],
)
def test_a_link_becomes_absolute_or_nothing(raw: str, url: str | None) -> None:
    assert absolute(raw, (BASE,)) == url


def test_without_a_base_a_relative_link_is_none() -> None:
    assert absolute("/1") is None
    assert absolute("//other.example/1") == "https://other.example/1"


def test_the_first_link_that_can_be_asked_is_chosen() -> None:
    assert chosen([None, " ", "javascript:x", "/1", "/2"], (BASE,)) == Chosen("https://courier.example/1")
    assert chosen(["javascript:x", "file:y"], (BASE,)) == Chosen(None, "javascript:x")
    assert chosen(["/1"], ()) == Chosen()
