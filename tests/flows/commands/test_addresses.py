import pytest
import typer

from flows.commands.addresses import domain, meant


@pytest.mark.parametrize(
    ("address", "schemes"),
    [
        ("example.org", ["https"]),
        ("example.org/rss.xml", ["https"]),
        ("example.org:8080", ["https", "http"]),
        ("example.org:443/rss", ["https"]),
        ("example.org:80/rss", ["http"]),
        ("localhost:8000/rss", ["http", "https"]),
        ("127.0.0.1", ["http", "https"]),
        ("192.168.1.4:8080/feed", ["http", "https"]),
        ("[::1]:8080/feed", ["http", "https"]),
        ("8.8.8.8", ["https"]),
        ("example.org:port", ["https"]),
    ],
)
def test_what_an_address_without_a_scheme_may_mean(address: str, schemes: list[str]) -> None:
    assert meant(f" {address} ") == [f"{scheme}://{address}" for scheme in schemes]


def test_an_address_with_its_scheme_is_only_itself() -> None:
    assert meant("http://example.org/") == ["http://example.org/"]


@pytest.mark.parametrize("publisher", ["example.org", "Example.ORG", "bücher.example", "news.example.co.uk"])
def test_a_domain_is_taken_in_small_letters(publisher: str) -> None:
    assert domain(publisher) == publisher.lower()


@pytest.mark.parametrize(
    "publisher",
    ["", "Example News", "example", "https://example.org", "example.org/news", "example.org:80", "a@b.org"],
)
def test_what_is_no_domain_is_refused(publisher: str) -> None:
    with pytest.raises(typer.BadParameter, match="not a domain of the form"):
        domain(publisher)
