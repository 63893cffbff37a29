from typing import Any

import pytest

from cleaners.errors import CleancopyError
from flows.fetching.one_by_one import fetch_one_by_one
from flows.fetching.results import Failed, Fetched, Request
from flows.fetching.settings import FetchSettings

SETTINGS = FetchSettings(delay=0.0, attempts=1)


def test_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(CleancopyError, match="allow_private"), fetch_one_by_one(FetchSettings(allow_private=("x",))):
        pass


def test_what_is_known_of_a_host_lasts(fake: Any) -> None:  # noqa: ANN401 - the type of a server
    exchange = fake({"https://a.example/robots.txt": b"User-agent: *\nDisallow: /no"}, latency=0.0)
    with fetch_one_by_one(SETTINGS, exchange=exchange) as fetch:
        outcomes = [fetch(Request(url=f"https://a.example/{path}")) for path in ("1", "no", "2")]
    assert [type(outcome) for outcome in outcomes] == [Fetched, Failed, Fetched]
    assert exchange.paths("a.example") == ["/robots.txt", "/1", "/2"]


def test_an_error_of_the_caller_ends_it(fake: Any) -> None:  # noqa: ANN401 - the type of a server
    with pytest.raises(KeyError), fetch_one_by_one(SETTINGS, exchange=fake(latency=0.0)) as fetch:
        raise KeyError(fetch(Request(url="https://a.example/")).url)


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html;Charset = "Windows-1251"; x=y', "Windows-1251"),
        ("text/html; x-charset=a", None),
        ("text/html; charset=", None),
        ("", None),
        (None, None),
    ],
)
def test_the_servers_word_for_an_encoding(header: str | None, charset: str | None) -> None:
    headers = (("content-type", header),) if header is not None else ()
    fetched = Fetched(request=Request(url="a"), url="a", status=200, headers=headers, content=b"")
    assert fetched.charset == charset
