import pytest

from flows.feeds.feed import Entry, Feed, Format
from flows.ingesting.naming import Naming, name_entries

DOMAIN = "harbour.example"


def named(*entries: Entry, link: str | None = None) -> list[Naming]:
    return name_entries(Feed(format=Format.RSS, link=link, entries=entries), DOMAIN)


def entry(**values: object) -> Entry:
    return Entry(number=1, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("guid", "own"),
    [
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=1"),
        ("tag:harbour.example,2026:1", "tag:harbour.example,2026:1"),
        ("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ("4711", "harbour.example:4711"),
        ("post:12", "harbour.example:post:12"),
        ("12:30 the ferry", "harbour.example:12:30 the ferry"),
    ],
)
def test_a_guid_is_the_id_if_it_is_a_uri_and_else_told_apart_by_the_domain(guid: str, own: str) -> None:
    (naming,) = named(entry(guid=guid, link="https://harbour.example/ferry"))
    assert naming.id == own
    assert naming.names == (own, "link:harbour.example/ferry")


def test_without_a_guid_the_link_is_the_id_less_what_tracks_its_reader() -> None:
    (naming,) = named(entry(link="https://www.harbour.example/ferry?utm_source=rss"))
    assert naming.id == "https://www.harbour.example/ferry"
    assert "link:harbour.example/ferry" in naming.names
    assert naming.has_page


def test_without_either_the_text_tells() -> None:
    one, other = named(entry(title="Ferry", content="It sails."), entry(title="Ferry", content="It waits."))
    assert one.id is None
    assert one.names != other.names
    assert not one.has_page


@pytest.mark.parametrize(
    ("links", "site"),
    [
        (("https://harbour.example/news", "https://harbour.example/news"), None),
        (("https://harbour.example/", "https://harbour.example/ferry"), "http://www.harbour.example"),
    ],
)
def test_a_link_that_articles_share_or_that_is_the_sites_own_tells_nothing(
    links: tuple[str, str], site: str | None
) -> None:
    one, _ = named(entry(guid="1", link=links[0]), entry(guid="2", link=links[1]), link=site)
    assert one.names == ("harbour.example:1",)
    assert not one.has_page


def test_the_fingerprint_is_of_what_is_said_not_of_the_names() -> None:
    first, second = (
        named(entry(guid="1", title="Ferry", content="It sails.")),
        named(entry(guid="2", title="Ferry", content="It sails.", link="https://harbour.example/ferry")),
    )
    (corrected,) = named(entry(guid="1", title="Ferry", content="It sails at nine."))
    assert first[0].fingerprint == second[0].fingerprint != corrected.fingerprint
