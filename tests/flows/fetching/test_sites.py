import pytest

from flows.fetching.sites import site_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Example.ORG/a", "example.org:80"),
        ("https://example.org.:443/a", "example.org:443"),
        ("https://bücher.example/", "xn--bcher-kva.example:443"),
        ("http://[::1]:8080/", "::1:8080"),
    ],
)
def test_one_host_has_one_name(url: str, host: str) -> None:
    site = site_of(url)
    assert site is not None
    assert site.host == host


@pytest.mark.parametrize(
    "url",
    ["", "ftp://example.org/", "//example.org/", "http://", "http://u:p@example.org/", "http://\ud800/", "a\x00"],
)
def test_what_cannot_be_asked_has_no_site(url: str) -> None:
    assert site_of(url) is None


def test_the_path_is_as_it_goes_over_the_wire() -> None:
    site = site_of("https://bücher.example:8443/a b?q=ü#c")
    assert site is not None
    assert (site.path, site.robots) == ("/a%20b?q=%C3%BC", "https://xn--bcher-kva.example:8443/robots.txt")
