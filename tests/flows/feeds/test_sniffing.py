import pytest

from flows.feeds.feed import Format
from flows.feeds.refusals import NotAFeedError, Refusal
from flows.feeds.sniffing import root_of


@pytest.mark.parametrize(
    ("before", "root", "form"),
    [
        ("", "<rss version='2.0'>", Format.RSS),
        ("<?xml version='1.0'?>\n<!-- <html> -->\n<?xml-stylesheet?>", "<RSS>", Format.RSS),
        ("", "<rdf:RDF>", Format.RDF),
        ("", "<atom:feed>", Format.ATOM),
        ("", "<entry xmlns='http://www.w3.org/2005/Atom'>", Format.ATOM),
        ("", "<CHANNEL HREF='x'>", Format.CDF),
        ("", "<channel><item>", Format.RSS),
        ("Warning: x in <b>/srv</b><br />\n<?xml version='1.0'?>", "<rss version='2.0'>", Format.RSS),
        ("<script>x</script>", "<feed xmlns='http://www.w3.org/2005/Atom'>", Format.ATOM),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>", "<rss>", Format.RSS),
    ],
)
def test_the_root_says_the_format(before: str, root: str, form: Format) -> None:
    found = root_of(before + root)
    assert (found.format, found.start) == (form, len(before))


def test_the_internal_subset_is_found_behind_junk_too() -> None:
    doctype = "<!DOCTYPE rss [<!ENTITY a 'b'>]>"
    assert root_of(doctype + "<rss>").subset == "<!ENTITY a 'b'>"
    assert root_of(f"junk<?xml version='1.0'?>{doctype}<rss version='2.0'>").subset == "<!ENTITY a 'b'>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE html><html><rss >", Refusal.HTML),
        ("<!doctype HTML><title>x</title>", Refusal.HTML),
        ("<p>x</p>", Refusal.HTML),
        ("<opml>", Refusal.OPML),
        ("<urlset>", Refusal.SITEMAP),
        ("<x:Error>", Refusal.OTHER_XML),
        ("a < b", Refusal.NO_MARKUP),
        ("<!-- open", Refusal.NO_MARKUP),
    ],
)
def test_anything_else_is_refused(text: str, reason: Refusal) -> None:
    with pytest.raises(NotAFeedError) as caught:
        root_of(text)
    assert caught.value.reason is reason
