import string
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import CleancopyError
from flows.feeds.opml import read_opml, write_opml
from flows.feeds.subscriptions import Subscription, checked_feed, identity

URL = "https://example.org/rss"
BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def opml(body: str, before: str = "") -> bytes:
    return f'{before}<opml version="1.0"><head/><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: is not XML: Document is empty"),
        (b"\0\0\0", "line 1: is not XML"),
        (b"%PDF-1.7", "line 1: is not XML"),
        (b"<opml>\n<body>\n<outline", "line 3: is not XML"),
        (b"<opml>" + b"<outline>" * 100_000, "line 1: is not XML: Excessive depth"),
        (opml('<outline text="a & b"/>'), "line 1: is not XML"),
        (opml('<outline text="&nbsp;"/>'), "line 1: is not XML: Entity 'nbsp' not defined"),
        (opml('<outline text="&j;"/>', BOMB), "line 1: is not XML: Maximum entity amplification factor exceeded"),
        (
            opml('<outline text="&x;"/>', '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "line 1: is not XML: Attribute references external entity",
        ),
        (b'<?xml version="1.0" encoding="punycode"?><opml/>', "line 1: is not XML: Unsupported encoding"),
        (b"<rss version='2.0'/>", "is not OPML: its root is <rss>"),
        (b"<!DOCTYPE html><html></html>", "is not OPML: its root is <html>"),
    ],
)
def test_what_is_no_opml_is_one_line(content: bytes, said: str) -> None:
    with pytest.raises(CleancopyError) as raised:
        read_opml(content)
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


def test_nothing_that_a_file_refers_to_is_read() -> None:
    before = '<!DOCTYPE opml SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = f'<outline text="A" xmlUrl="{URL}">&x;</outline>'
    assert read_opml(opml(body, before)).feeds == (Subscription(url=URL, title="A"),)


def test_an_outline_that_cannot_be_used_leaves_the_others() -> None:
    read = read_opml(
        opml(f"""
<outline text="No" xmlUrl="feed://example.org/rss"/>
<outline text="Yes" xmlUrl="{URL}"/>
<outline text="No" xmlUrl="https://me:secret@example.org/"/>
<outline text="Strange" xmlUrl="{URL}2" c:fullText="now" xmlns:c="urn:cleancopy:subscriptions"/>""")
    )
    assert read.feeds == (Subscription(url=URL, title="Yes"),)
    first, second, third = read.unusable
    assert first == "line 2: url: feed://example.org/rss: neither http nor https"
    assert second == "line 4: url: https://example.org/: a user or password"
    assert third.startswith(f"line 5: {URL}2: full_text: Invalid")


def test_lists_of_readers_are_read() -> None:
    read = read_opml(
        opml("""
<outline text="News &amp; more" title="News">
  <outline text="Asia">
    <outline type="rss" text="  A&#10;&lt;b&gt; &#x2014; &quot;c&quot; " xmlUrl=" https://a.example/?x=1&amp;y=2 "/>
  </outline>
  <outline text="B" title="" xmlurl="https://b.example/" htmlUrl="https://b.example/home"/>
  <!-- <outline xmlUrl="https://no.example/"/> -->
</outline>
<OUTLINE title="C" text="c" xmlURL="https://c.example/" type="atom"/>
<outline text="https://d.example/" xmlUrl="https://d.example/"/>
<outline xmlUrl="https://e.example/"/>
<outline text="Again" xmlUrl="HTTPS://A.example/?x=1&amp;y=2#top"/>
<outline text="A page" type="link" url="https://page.example/"/>
<outline text="Not now" isComment="true"><outline text="F" xmlUrl="https://f.example/"/></outline>
""")
    )
    assert read.unusable == ()
    assert read.feeds == (
        Subscription(url="https://a.example/?x=1&y=2", title='A <b> — "c"'),
        Subscription(url="https://b.example/", title="B"),
        Subscription(url="https://c.example/", title="C"),
        Subscription(url="https://d.example/"),
        Subscription(url="https://e.example/"),
        Subscription(url="https://f.example/", title="F", enabled=False),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_and_blank_lines_before_the_file(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><outline text="Zürich" xmlUrl="{URL}"/></opml>'
    content = text.encode(encoding)
    content = content if encoding.startswith("utf-16") else b"\n\n" + content + b"\n"
    (feed,) = read_opml(content.lstrip() if encoding == "utf-8-sig" else content).feeds
    assert feed.title == "Zürich"


def test_what_is_written_is_what_readers_know() -> None:
    feeds = [
        Subscription(url="https://a.example/?x=1&y=2", title='"A" & <b>'),
        Subscription(url=URL, publisher="example.org", full_text="never", enabled=False),
    ]
    assert write_opml(feeds).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml xmlns:cleancopy="urn:cleancopy:subscriptions" version="2.0">\n'
        "  <head>\n    <title>Subscriptions of cleancopy</title>\n  </head>\n"
        "  <body>\n"
        '    <outline type="rss" text="&quot;A&quot; &amp; &lt;b&gt;" xmlUrl="https://a.example/?x=1&amp;y=2"'
        ' title="&quot;A&quot; &amp; &lt;b&gt;"/>\n'
        f'    <outline type="rss" text="{URL}" xmlUrl="{URL}" cleancopy:publisher="example.org"'
        ' cleancopy:fullText="never" cleancopy:enabled="false"/>\n'
        "  </body>\n</opml>\n"
    )


_text = st.none() | st.text(max_size=20)
_url = st.text(string.printable + "üあ", max_size=10).map(lambda path: f"https://example.org/{path}")


@st.composite
def _feeds(draw: st.DrawFn) -> tuple[Subscription, ...]:
    """Feeds as a subscriptions file can have them."""
    feeds: dict[str, Subscription] = {}
    for url in draw(st.lists(_url, max_size=5)):
        values = {
            "url": url,
            "title": draw(_text | st.just(url)),
            "publisher": draw(_text),
            "full_text": draw(st.sampled_from(["auto", "always", "never"])),
            "enabled": draw(st.booleans()),
        }
        try:
            feed = checked_feed(values)
        except CleancopyError:
            continue
        feeds[identity(feed.url)] = feed
    return tuple(feeds.values())


@given(feeds=_feeds())
def test_what_is_exported_is_imported_again(feeds: tuple[Subscription, ...]) -> None:
    read = read_opml(write_opml(feeds))
    assert (read.feeds, read.unusable) == (feeds, ())


@given(content=st.binary(max_size=200) | st.text(max_size=100).map(opml))
def test_nothing_else_is_ever_raised(content: bytes) -> None:
    with suppress(CleancopyError):
        read_opml(content)
