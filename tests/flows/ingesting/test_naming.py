import pytest

from flows.feeds.feed import Entry, Feed, Format
from flows.ingesting.naming import Naming, name_entries, shared_names

DOMAIN = "harbour.example"


def named(*entries: Entry, link: str | None = None) -> list[Naming]:
    feed = Feed(format=Format.RSS, link=link, entries=entries)
    return name_entries(feed, DOMAIN, shared_names(feed, DOMAIN))


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


def test_the_marks_tell_titles_by_their_words_and_hours_by_their_instant() -> None:
    one, other = named(
        entry(guid="1", title="Ferry: all clear!", published="Sat, 28 Nov 2026 12:07:00 GMT"),
        entry(guid="2", title="FERRY – all clear", published="2026-11-28T13:07:00+01:00"),
    )
    assert (one.marks.title, one.marks.published) == (other.marks.title, other.marks.published)
    assert one.marks.guid != other.marks.guid


@pytest.mark.parametrize("published", ["2026-11-28", "Sat, 28 Nov 2026 00:00:00 GMT", "soon"])
def test_a_mere_day_tells_nothing(published: str) -> None:
    (naming,) = named(entry(guid="1", published=published))
    assert naming.marks.published is None


def test_a_name_that_was_shared_before_leads_no_further() -> None:
    feed = Feed(format=Format.RSS, entries=(entry(guid="news", title="Ferry", link="https://harbour.example/a"),))
    (naming,) = name_entries(feed, DOMAIN, ["harbour.example:news"])
    assert (naming.id, naming.shared) == ("https://harbour.example/a", ("harbour.example:news",))


def test_where_another_has_its_id_it_goes_by_its_link_or_by_all_that_it_is() -> None:
    (naming,) = named(entry(guid="1", title="Ferry", link="https://harbour.example/a"))
    assert naming.apart_from({naming.id}).id == "https://harbour.example/a"
    apart = naming.apart_from({naming.id, "https://harbour.example/a"})
    assert apart.id is not None
    assert apart.id.startswith("harbour.example:1#")
    assert apart.names[0] == apart.id


@pytest.mark.parametrize("moment", ["Fri, 31 Dec 9999 23:59:59 -0500", "0001-01-01T00:30:00+01:00"])
def test_a_moment_beyond_the_calendar_tells_nothing(moment: str) -> None:
    """It ended the run, and every run after it."""
    (naming,) = named(entry(guid="4711", published=moment))
    assert naming.id == "harbour.example:4711"
    assert naming.marks.published is None


def test_guids_and_links_are_as_long_as_an_index_takes() -> None:
    """A store on PostgreSQL stopped at the first that was longer, and every run after it."""
    one, other = named(
        *(entry(guid="g" * 5000 + end, link="https://harbour.example/" + "l" * 5000 + end) for end in "ab")
    )
    assert all(len(name.encode()) <= 1000 for naming in (one, other) for name in naming.names)
    assert {*one.names, one.page}.isdisjoint({*other.names, other.page})
