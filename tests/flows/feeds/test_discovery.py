import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import CleancopyError
from flows.feeds.discovery import FeedLink, Found, confirmed, feeds_in_page, find_feeds
from flows.feeds.feed import Feed, Format
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request, Unchanged

PAGE = "https://example.org/news/"
RSS = "application/rss+xml"
FEED = b"<rss>A feed</rss>"


class Web:
    """Answers by URL, and remembers what was asked. What is not there is 404."""

    def __init__(self, answers: dict[str, bytes | Outcome]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    def __call__(self, request: Request) -> Outcome:
        self.asked.append(request.url)
        answer = self._answers.get(request.url)
        if isinstance(answer, bytes):
            return Fetched(request=request, url=request.url, status=200, headers=(), content=answer)
        if answer is None:
            return Failed(request=request, url=request.url, reason=Reason.CLIENT_ERROR, detail="status 404")
        return answer


def read(fetched: Fetched) -> Feed | None:
    if not fetched.content.startswith(b"<rss>"):
        return None
    title = fetched.content.decode().removeprefix("<rss>").removesuffix("</rss>")
    return Feed(format=Format.RSS, title=title or None)


def page(*links: str) -> bytes:
    return f"<html><head>{''.join(links)}</head><body><p>News</p></body></html>".encode()


def link(href: str, media: str = RSS, title: str = "", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{media}" href="{href}" title="{title}">'


def urls(*links: str, url: str = PAGE) -> list[str]:
    return [candidate.url for candidate in feeds_in_page(page(*links), url)]


# Where there is no feed.


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "client_error: status 404"),
        (
            Failed(request=Request(url=PAGE), url=PAGE, reason=Reason.ROBOTS, detail="robots.txt says no"),
            "robots: robots.txt says no",
        ),
        (Unchanged(request=Request(url=PAGE), url=PAGE), "the server sent nothing"),
    ],
)
def test_an_address_that_cannot_be_had_is_one_line(answer: Outcome | None, said: str) -> None:
    web = Web({PAGE: answer} if answer is not None else {})
    with pytest.raises(CleancopyError) as raised:
        find_feeds(PAGE, web, read)
    assert str(raised.value) == f"{PAGE}: {said}"
    assert web.asked == [PAGE]


@pytest.mark.parametrize("content", [b"", b"\0\xff\xfe", b"%PDF-1.7", page(), page(link("")), b"{}", b"<" * 10_000])
def test_a_page_without_a_feed_is_one_line_after_the_usual_addresses(content: bytes) -> None:
    web = Web({PAGE: content, "https://example.org/rss": b"<html>Not found, says status 200</html>"})
    with pytest.raises(CleancopyError, match="is no feed, names none, and none is at the usual addresses beside it"):
        find_feeds(PAGE, web, read)
    assert web.asked == [
        PAGE,
        *(
            f"https://example.org/{path}"
            for path in (
                "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "?feed=rss2",
                "feeds/posts/default",
            )
        ),
    ]  # fmt: skip


def test_a_page_that_names_very_much_is_not_followed_without_end() -> None:
    web = Web({PAGE: page(*(link(f"/{number}") for number in range(10_000)))})
    with pytest.raises(CleancopyError):
        find_feeds(PAGE, web, read)
    assert len(web.asked) == 1 + 15 + 9


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://me:secret@example.org/",
        "http://[",
        "//",
        "data:,",
    ],
)
def test_what_nobody_can_ask_for_is_no_candidate(href: str) -> None:
    assert urls(link(href), link("/rss")) == ["https://example.org/rss"]


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), href=st.text(max_size=20))
def test_no_page_raises(content: bytes, href: str) -> None:
    feeds_in_page(content, PAGE)
    feeds_in_page(page(f"<base href='{href}'>", link(href)), PAGE)


# What a page names.


def test_which_links_are_feeds() -> None:
    assert feeds_in_page(
        page(
            link("/style.css", "text/css", rel="alternate stylesheet"),
            link("/de/", "text/html"),
            link("/oembed", "application/json+oembed"),
            link("/me", RSS, rel="me"),
            link("/wp-json/1", "application/json"),
            link("/rss", "Application/RSS+XML; charset=utf-8", " R\n S &amp; S "),
            link("/atom", "application/atom+xml", rel="ALTERNATE home"),
            link("/feed.json", "application/feed+json"),
            link("/rdf", "application/rdf+xml"),
            '<LINK REL=feed HREF="hidden">',
        ),
        PAGE,
    ) == (
        FeedLink(url="https://example.org/rss", title="R S & S", type=RSS),
        FeedLink(url="https://example.org/atom", type="application/atom+xml"),
        FeedLink(url="https://example.org/feed.json", type="application/feed+json"),
        FeedLink(url="https://example.org/rdf", type="application/rdf+xml"),
        FeedLink(url="https://example.org/news/hidden"),
        FeedLink(url="https://example.org/wp-json/1", type="application/json"),
    )


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((link("rss"),), "https://example.org/news/rss"),
        ((link("../rss"),), "https://example.org/rss"),
        ((link("//feeds.example/rss"),), "https://feeds.example/rss"),
        ((link(" /rss?a=1&amp;b=2#top "),), "https://example.org/rss?a=1&b=2"),
        (('<base href="/other/">', '<base href="/third/">', link("rss")), "https://example.org/other/rss"),
        (('<base target="_top">', link("rss")), "https://example.org/news/rss"),
        (('<base href="javascript:0">', link("rss")), "https://example.org/news/rss"),
        (('<base href="https://cdn.example/a/b">', link("rss")), "https://cdn.example/a/rss"),
    ],
)
def test_references_are_resolved(links: tuple[str, ...], expected: str) -> None:
    assert urls(*links) == [expected]


def test_each_feed_once_and_not_the_page_itself() -> None:
    assert urls(
        link(PAGE), link("/rss"), link("HTTPS://EXAMPLE.ORG/rss#x"), link("/rss", "application/atom+xml")
    ) == ["https://example.org/rss"]


@pytest.mark.parametrize(
    "of_comments",
    [
        link("/comments/feed/"),
        link("/2026/11/story/feed/", title="Example » A story Comments Feed"),
        link("/neues/feed/", title="Beispiel » Kommentar-Feed zu Neues"),
        link("/feeds/comments/default"),
        link("/story/feed/", title="Exemple » Un titre Flux des commentaires"),
    ],
)
def test_feeds_of_comments_come_last(of_comments: str) -> None:
    wp_json = link("/wp-json/1", "application/json")
    commentary = link("/commentary/rss", title="Comment is free")
    *others, last = urls(of_comments, wp_json, commentary)
    assert others == ["https://example.org/commentary/rss", "https://example.org/wp-json/1"]
    assert [last] == urls(of_comments)


@pytest.mark.parametrize(
    ("before", "encoding", "charset"),
    [("", "utf-8", None), ("", "cp1251", "windows-1251"), ('<meta charset="windows-1251">', "cp1251", None)],
)
def test_titles_are_read_in_the_pages_encoding(before: str, encoding: str, charset: str | None) -> None:
    content = page(before, link("/rss", title="Новости дня")).decode().encode(encoding)
    (candidate,) = feeds_in_page(content, PAGE, charset)
    assert candidate.title == "Новости дня"


# From an address to its feeds.


def test_the_address_of_a_feed_is_asked_once() -> None:
    web = Web({PAGE: FEED})
    assert find_feeds(PAGE, web, read) == Found(feed=FeedLink(url=PAGE, title="A feed"))
    assert web.asked == [PAGE]


def moved(url: str, to: str, content: bytes, *, for_good: bool) -> Fetched:
    return Fetched(
        request=Request(url=url), url=to, moved_to=to if for_good else None, status=200, headers=(), content=content
    )


@pytest.mark.parametrize(("for_good", "kept"), [(True, "https://new.example/feed"), (False, PAGE)])
def test_a_feed_that_moved_for_good_is_taken_where_it_is_now(kept: str, *, for_good: bool) -> None:
    web = Web({PAGE: moved(PAGE, "https://new.example/feed", FEED, for_good=for_good)})
    assert find_feeds(PAGE, web, read).feed.url == kept


def test_references_are_read_from_where_a_page_is_in_the_end() -> None:
    web = Web(
        {
            PAGE: moved(PAGE, "https://www.example.org/en/", page(link("rss")), for_good=False),
            "https://www.example.org/en/rss": FEED,
        }
    )
    assert find_feeds(PAGE, web, read).feed.url == "https://www.example.org/en/rss"


def test_of_several_feeds_the_first_that_is_one_is_taken() -> None:
    links = link("/comments/feed"), link("/gone"), link("/rss", title="On the page"), link("/sport", title="Sport")
    web = Web({PAGE: page(*links), "https://example.org/rss": FEED, "https://example.org/comments/feed": FEED})
    found = find_feeds(PAGE, web, read)
    assert found.feed == FeedLink(url="https://example.org/rss", title="A feed", type=RSS)
    assert [other.url for other in found.others] == [
        "https://example.org/gone",
        "https://example.org/sport",
        "https://example.org/comments/feed",
    ]
    assert web.asked == [PAGE, "https://example.org/gone", "https://example.org/rss"]


def test_usual_addresses_come_before_feeds_of_comments() -> None:
    answers = {
        PAGE: page(link("/comments/feed"), link("/feed")),
        "https://example.org/comments/feed": FEED,
        "https://example.org/atom.xml": FEED,
    }
    web = Web(answers)
    assert find_feeds(PAGE, web, read).feed.url == "https://example.org/atom.xml"
    assert web.asked.count("https://example.org/feed") == 1
    del answers["https://example.org/atom.xml"]
    assert find_feeds(PAGE, Web(answers), read).feed.url == "https://example.org/comments/feed"


@pytest.fixture
def candidate() -> FeedLink:
    return FeedLink(url="https://example.org/rss", title="On the page", type=RSS)


@pytest.mark.parametrize(
    ("content", "title"), [(FEED, "A feed"), (b"<rss></rss>", "On the page"), (b"<rss>\x01 A\n</rss>", "A")]
)
def test_a_feeds_own_title_is_taken_before_the_pages(candidate: FeedLink, content: bytes, title: str) -> None:
    web = Web({candidate.url: content})
    assert confirmed(candidate, web, read) == msgspec.structs.replace(candidate, title=title)


def test_what_is_no_feed_is_not_confirmed(candidate: FeedLink) -> None:
    assert confirmed(candidate, Web({candidate.url: page()}), read) is None
    assert confirmed(candidate, Web({}), read) is None
