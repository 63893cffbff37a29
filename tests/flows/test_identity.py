import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Document
from flows.identity import bounded, canonical_url, digest, record_id, registrable_domain

_URLS = st.builds(
    "https://{}/{}{}{}".format,
    st.sampled_from(["example.org", "www.example.co.uk", "news.example.com", "EXAMPLE.org"]),
    st.lists(st.text("abc123-.", min_size=1, max_size=6), min_size=1, max_size=3).map("/".join),
    st.lists(st.sampled_from(["id=3", "utm_source=x", "fbclid=z", "page=2"]), max_size=3).map(
        lambda pairs: "?" + "&".join(pairs) if pairs else ""
    ),
    st.sampled_from(["", "#top"]),
)


@pytest.mark.parametrize("host", ["", "localhost", "http://[", "a..b", "192.168.0.1", "co.uk", "example.notasuffix"])
def test_a_host_without_a_public_suffix_has_no_domain(host: str) -> None:
    assert registrable_domain(host) is None


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("a.b.example.org", "example.org"),
        ("WWW.EXAMPLE.ORG:8080", "example.org"),
        ("https://user@example.com/x?y#z", "example.com"),
        ("//www.example.org/x", "example.org"),
        ("example.org/a//b.example.com/c", "example.org"),
    ],
)
def test_the_domain_is_one_label_more_than_the_public_suffix(given_: str, expected: str) -> None:
    assert registrable_domain(given_) == expected


@given(st.text())
def test_no_text_makes_domain_or_canonical_url_raise(text: str) -> None:
    domain = registrable_domain(text)
    assert domain is None or domain == domain.lower()
    assert isinstance(canonical_url(text), str)


@pytest.mark.parametrize("url", ["http://[", "", "x"])
def test_a_url_that_cannot_be_read_stays_as_it_was(url: str) -> None:
    assert canonical_url(url) == url


def test_tracking_parameters_leave_the_url_and_others_stay() -> None:
    assert canonical_url("https://example.org/a?utm_source=x&id=3&fbclid=z") == "https://example.org/a?id=3"


def test_the_fragment_leaves_the_url() -> None:
    assert canonical_url("https://example.org/a#top") == "https://example.org/a"


@given(_URLS)
def test_a_canonical_url_is_its_own_canonical_url(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/?fbclid=z",
        "https://example.org//",
        "https://example.org/",
        "HTTPS://Example.org",
    ],
)
def test_forms_of_a_front_page_have_one_canonical_url(url: str) -> None:
    assert canonical_url(url) == canonical_url("https://example.org")


def test_the_inputs_own_id_comes_first() -> None:
    assert record_id(Document(text="a", id="7", url="https://example.org/a")) == "7"


def test_without_an_id_the_canonical_url_is_it() -> None:
    assert record_id(Document(text="a", url="https://example.org/a?utm_source=x")) == "https://example.org/a"


def test_without_id_and_url_the_text_makes_the_id() -> None:
    assert record_id(Document(text="abc")) == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert record_id(Document(text="abc", title="other")) == record_id(Document(text="abc"))
    assert record_id(Document(text="abd")) != record_id(Document(text="abc"))


@given(st.text(st.characters()))
def test_any_text_has_a_digest(text: str) -> None:
    assert len(digest(text)) == 64


def test_a_lone_surrogate_has_a_digest_too() -> None:
    assert digest("\ud800") != digest("\ufffd")


def test_an_id_made_of_a_long_url_is_its_beginning_and_its_digest() -> None:
    one, other = (record_id(Document(text="", url=f"https://example.org/{'a' * 2000}{end}")) for end in "bc")
    assert one != other
    assert len(one.encode()) < 1000
    assert one.startswith("https://example.org/aaa")
    assert bounded(one) == one
