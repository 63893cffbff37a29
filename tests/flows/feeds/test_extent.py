import pytest

from flows.feeds.extent import MOST_ENTRIES, parts_of, whole

RSS = "<rss><channel><title>T</title>{}</channel></rss>"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (RSS.format("<item/>") + "junk <x>", RSS.format("<item/>")),
        ("<rss/>behind", "<rss/>"),
        ("<a:feed><a:entry></a:entry></a:feed>\n<!-- x -->", "<a:feed><a:entry></a:entry></a:feed>"),
        ("<rss><channel></channel>", "<rss><channel></channel></rss>"),
    ],
)
def test_what_stands_behind_the_end_is_left_out(body: str, kept: str) -> None:
    extent = whole(body)
    assert (extent.body, extent.broken_off) == (kept, None)


@pytest.mark.parametrize(
    ("body", "kept", "number"),
    [
        ("<rss><channel><item>a</item><item>b", "<rss><channel><item>a</item></channel></rss>", 2),
        (
            "<rss><channel><item>a</item> <item>b</item>",
            "<rss><channel><item>a</item> <item>b</item></channel></rss>",
            3,
        ),
        ("<r:RDF><channel></channel><item>", "<r:RDF><channel></channel></r:RDF>", 1),
        ("<feed><entry/><entry><![CDATA[</entry>", "<feed><entry/></feed>", 2),
        ("<rss><channel><tit", "<rss><channel><tit</channel></rss>", 1),
    ],
)
def test_an_entry_that_is_cut_off_is_left_out_and_said(body: str, kept: str, number: int) -> None:
    extent = whole(body)
    assert extent.body == kept
    assert extent.broken_off is not None
    assert (extent.broken_off.number, extent.broken_off.reason) == (number, "truncated_feed")


def test_entries_beyond_the_most_are_counted_and_what_is_behind_them_stays() -> None:
    extent = whole(RSS.format("<item>x</item>" * (MOST_ENTRIES + 3) + "<ttl>5</ttl>"))
    assert extent.left_out == 3
    assert extent.body == RSS.format("<item>x</item>" * MOST_ENTRIES + "<ttl>5</ttl>")
    assert extent.head == RSS.format("<ttl>5</ttl>")


def test_a_feed_is_taken_apart_at_its_entries() -> None:
    assert parts_of("<rss><item>a</item>\n<item>b</item></rss>") == (
        "<rss>",
        ["<item>a</item>\n", "<item>b</item>"],
        "</rss>",
    )
    assert parts_of("<rss></rss>") == ("<rss></rss>", [], "")
