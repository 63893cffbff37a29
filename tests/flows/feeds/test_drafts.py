from flows.feeds.drafts import Draft, judged
from flows.feeds.feed import Entry


def entry(number: int, **values: str) -> Draft:
    return Draft(Entry(number=number, **values))  # type: ignore[arg-type]


def test_of_two_entries_with_a_guid_the_first_counts() -> None:
    entries, unusable = judged(
        [entry(1, guid="g", title="a"), entry(2, guid="g", title="b"), entry(3, guid="g", title="a")]
    )
    assert [item.number for item in entries] == [1]
    assert [(item.number, item.reason) for item in unusable] == [(2, "duplicate_id")]


def test_entries_that_share_a_guid_but_neither_link_nor_title_are_articles_of_their_own() -> None:
    ferry, light = "https://harbour.example/ferry", "https://harbour.example/light"
    entries, unusable = judged(
        [
            entry(1, guid="g", title="Ferry", link=ferry),
            entry(2, guid="g", title="Light", link=light),
            entry(3, guid="g", title="Light, corrected", link=light),
            entry(4, guid="g", title="Ferry", link=f"{ferry}?page=2"),
        ]
    )
    assert [item.number for item in entries] == [1, 2]
    assert [item.number for item in unusable] == [3, 4]


def test_an_unusable_entry_takes_no_guid() -> None:
    entries, unusable = judged([entry(1, guid="g"), entry(2, guid="g", title="b")])
    assert [item.number for item in entries] == [2]
    assert [(item.number, item.reason) for item in unusable] == [(1, "empty_entry")]


def test_entries_without_a_guid_are_all_kept() -> None:
    entries, unusable = judged([entry(1, title="a"), entry(2, title="a")])
    assert len(entries) == 2
    assert unusable == ()


def test_a_link_that_was_refused_is_said() -> None:
    _, (unusable,) = judged([Draft(Entry(number=1, title="a"), "javascript:x")])
    assert (unusable.reason, unusable.detail) == ("bad_link", "no link that can be asked: javascript:x")
