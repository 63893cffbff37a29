"""Which host a URL belongs to: one, however it is spelled."""

import pytest

from flows.fetching.faults import FaultError
from flows.fetching.results import Reason
from flows.fetching.sites import site_of
from flows.fetching.urls import checked_url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Example.ORG/a", "example.org:80"),
        ("https://example.org.:443/a", "example.org:443"),
        ("https://bücher.example/", "xn--bcher-kva.example:443"),
        ("http://[::1]:8080/", "::1:8080"),
        ("http://b./", "b:80"),
        ("HTTPS://b.:443/", "b:443"),
        ("http://127.2/", "127.0.0.2:80"),
        ("http://0x7f.2/", "127.0.0.2:80"),
        ("http://2130706434:8080/", "127.0.0.2:8080"),
        ("http://[::ffff:127.0.0.2]/", "127.0.0.2:80"),
        ("http://[::FFFF:7f00:2]/", "127.0.0.2:80"),
        ("http://[0:0:0:0:0:0:0:1]/", "::1:80"),
    ],
)
def test_one_host_has_one_name(url: str, host: str) -> None:
    assert site_of(url).host == host


@pytest.mark.parametrize(
    "url",
    [
        "", "ftp://example.org/", "//example.org/", "http://", "http://u:p@example.org/", "http://\ud800/", "a\x00",
        "http://a b.test/", "http://a%2eb.test/", "http://a.test:0/", "http://a.test:65536/", "http://./",
        "http://a..test/", "http://a.test../", "http://[fe80::1%25lo]/", "http://a.test/" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_cannot_be_asked_has_no_site_and_why_is_said(url: str) -> None:
    """The same judge as the exchange's, checked_url: what one lets pass, the other does."""
    with pytest.raises(FaultError) as raised:
        site_of(url)
    assert raised.value.reason is Reason.BAD_URL


@pytest.mark.parametrize("url", ["http://b./x", "http://b/x", "HTTP://B:80/x", "http://b/%78", "http://b/y/../x"])
def test_one_page_has_one_robots_txt_and_one_path(url: str) -> None:
    site = site_of(url)
    assert (site.robots, site.origin, site.path) == ("http://b/robots.txt", "http://b", "/x")


def test_http_and_https_at_one_port_are_one_host_of_two_origins() -> None:
    plain, tls = site_of("http://b:443/"), site_of("https://b/")
    assert plain.host == tls.host == "b:443"
    assert plain.origin != tls.origin


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/%2e/private", "/private"),
        ("/%2E%2e/private", "/private"),
        ("/a/%2e%2E/private", "/private"),
        ("/private/%2e", "/private/"),
        ("/private/a/%2e%2e", "/private/"),
        ("/%70rivate/%7euser", "/private/~user"),
        ("/a%2fb/%c3%bc", "/a%2fb/%c3%bc"),
        ("/a%252e/", "/a%252e/"),
        ("/%zz/%2", "/%zz/%2"),
        ("/x?q=%2e%2e/%41", "/x?q=%2e%2e/%41"),
        ("/%2e%2e/x?q", "/x?q"),
    ],
)
def test_the_path_that_is_judged_is_the_path_that_is_sent(written: str, path: str) -> None:
    assert site_of(f"http://b{written}").path == path
    assert checked_url(f"http://b{written}").raw_path.decode() == path


def test_the_path_is_as_it_goes_over_the_wire() -> None:
    site = site_of("https://bücher.example:8443/a b?q=ü#c")
    assert (site.path, site.robots) == ("/a%20b?q=%C3%BC", "https://xn--bcher-kva.example:8443/robots.txt")
