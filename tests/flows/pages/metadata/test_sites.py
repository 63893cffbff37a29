import pytest

from flows.pages.metadata.sites import Site, fold

SITE = Site(["The Hill Herald", "Hill Herald Online"], "https://www.hillherald.co.uk/news/rain")


@pytest.mark.parametrize(
    "headline",
    [
        "Rain at last - The Hill Herald",
        "Rain at last | Hill Herald",
        "Rain at last – hillherald.co.uk",
        "Rain at last｜Hill Herald",
        "Rain at last - Weather | The Hill Herald",
        "Rain at last - Weather - Hill Herald UK",
        "Rain at last--Weather--Hill Herald",
        "The Hill Herald: Rain at last",
        "Hill Herald | Rain at last",
        "Rain at last-Weather | Hill Herald",
    ],
)
def test_the_site_s_name_is_no_part_of_a_headline(headline: str) -> None:
    assert SITE.cut(headline, "Weather") == "Rain at last"


@pytest.mark.parametrize(
    "headline",
    [
        "Rain at last",
        "Rain - at last",
        "Rain at last - a diary",
        "On the Hill Herald's cover: rain at last",
        "Why the Hill Herald was sold",
        "2019-20: the wettest winter",
        "Rain: at last",
        "- Rain at last",
        "",
    ],
)
def test_a_headline_without_it_stays_as_it_is(headline: str) -> None:
    assert SITE.cut(headline, "Weather") == headline


@pytest.mark.parametrize(
    "name", ["Hill Herald", "the hill herald", "HillHerald", "hillherald.co.uk", "www.hillherald.co.uk"]
)
def test_its_names_are_known_however_they_are_written(name: str) -> None:
    assert SITE.is_name(name)


@pytest.mark.parametrize("name", ["", "Hill", "Jane Hill", "The Vale Herald", "–"])
def test_others_are_not(name: str) -> None:
    assert not SITE.is_name(name)


def test_without_a_url_the_names_alone_are_known() -> None:
    site = Site(["Example"], None)
    assert (site.cut("Rain | Example"), site.cut("Rain | Sun")) == ("Rain", "Rain | Sun")


def test_folding_leaves_letters_and_digits() -> None:
    assert fold("Ça – va, 2!") == "çava2"
