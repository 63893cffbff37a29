import time

import pytest

from flows.ingesting.elsewhere import Place, place_of

SITE = "https://harbour.example"


@pytest.mark.parametrize(
    ("asked", "reached", "place"),
    [
        ("/news/ferry-breaks-down", "/news/ferry-breaks-down?utm_source=rss", Place.THERE),
        ("/news/ferry-breaks-down", "/news/2026/ferry-breaks-down-again", Place.THERE),
        ("/news/ferry-1234567", "/a/1234567", Place.THERE),
        ("/news/ferry-breaks-down/amp", "/news/ferry-breaks-down", Place.THERE),
        ("/a/12", "https://m.harbour.example/a/12", Place.THERE),
        ("/новости/паром", "/2026/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC", Place.THERE),
        ("/?p=12", "/2026/11/ferry-breaks-down", Place.OTHER),
        ("/news/ferry-breaks-down", "/sport/results", Place.OTHER),
        ("/r/x7", "https://news.harbour.example/ferry-breaks-down", Place.OTHER),
        ("/news/ferry-breaks-down", "/news/", Place.ABOVE),
        ("/articles/12/ferry", "/articles/12", Place.ABOVE),
        ("/news/ferry", "/", Place.AWAY),
        ("/news/ferry", "/index.html", Place.AWAY),
        ("/news/ferry", "/de", Place.AWAY),
        ("/news/ferry", "/en-gb/?", Place.AWAY),
        ("/news/ferry", "/?p=12", Place.OTHER),
        ("/news/ferry", "/user/login?back=/news/ferry", Place.AWAY),
        ("/news/ferry", "https://login.harbour.example/?back=/news/ferry", Place.AWAY),
        ("/news/ferry", "https://consent.harbour.example/gate?ferry", Place.AWAY),
        ("/news/ferry", "/404.html", Place.AWAY),
        ("/news/login", "/2026/login", Place.THERE),
    ],
)
def test_urls_tell_where_a_link_led(asked: str, reached: str, place: Place) -> None:
    reached = reached if reached.startswith("https:") else f"{SITE}{reached}"
    assert place_of(f"{SITE}{asked}", reached) is place


def test_time_grows_with_the_length() -> None:
    started = time.perf_counter()
    for piece in ("a/", "-", "word-", "7", "%20"):
        place_of(f"{SITE}/{piece * 50_000}", f"{SITE}/x{piece * 50_000}")
    assert time.perf_counter() - started < 2
