"""The publisher that ingesting is tested against keeps what it promises, asked by a plain client."""

import contextlib
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from functools import partial
from html import unescape
from http.client import HTTPConnection
from itertools import pairwise

import httpx2
import pytest
from lxml import etree

from tests.publisher.cheating import conditions, right_record
from tests.publisher.editions import STYLES, Article, Paper
from tests.publisher.expected import compare, expected
from tests.publisher.site import Publisher, subscriptions_toml
from tests.publisher.stories import story


@pytest.fixture(scope="module")
def bodies(full_size: Publisher) -> dict[str, bytes]:
    """Every feed and every page, asked for once, four papers at a time."""
    start = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        bodies = {
            url: body for read in pool.map(partial(read_paper, full_size), full_size.papers) for url, body in read
        }
    # A measurement of both ends; the server alone does thousands.
    print(f"{len(bodies) / (time.monotonic() - start):,.0f} requests a second")  # noqa: T201
    return bodies


def read_paper(publisher: Publisher, paper: Paper) -> list[tuple[str, bytes]]:
    urls = [feed.url for feed in publisher.feeds if feed.paper == paper]
    urls += [article.url for article in publisher.articles if article.home.paper == paper]
    with contextlib.closing(HTTPConnection(paper.origin.removeprefix("http://"))) as connection:
        return [(url, read(connection, url.removeprefix(paper.origin))) for url in urls]


def read(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200
    return body


def test_two_hundred_feeds_and_two_thousand_articles_are_served(bodies: dict[str, bytes]) -> None:
    assert len(bodies) == 2_200
    assert all(bodies.values())


def test_every_feed_is_well_formed_and_has_its_articles(full_size: Publisher, bodies: dict[str, bytes]) -> None:
    for feed in full_size.feeds:
        body = bodies[feed.url]
        titles = json_titles(body) if feed.style.form.startswith("json") else xml_titles(body)
        assert titles == [article.story.title for article in full_size.entries(feed)], feed
        assert len(titles) >= 10


def json_titles(body: bytes) -> list[str]:
    return [item["title"] for item in json.loads(body)["items"]]


def xml_titles(body: bytes) -> list[str]:
    items = etree.fromstring(body).xpath("//*[local-name()='item' or local-name()='entry' or local-name()='ITEM']")
    return [item.xpath("string(*[local-name()='title' or local-name()='TITLE'])") for item in items]


def test_feeds_come_in_all_styles_and_encodings(full_size: Publisher) -> None:
    assert {feed.style for feed in full_size.feeds} == set(STYLES)
    encodings = {"utf-8", "utf-16", "iso-8859-1", "windows-1251", "shift_jis"}
    assert {feed.encoding for feed in full_size.feeds} == encodings


def test_pages_hold_the_paragraphs(full_size: Publisher, bodies: dict[str, bytes]) -> None:
    for article in full_size.articles:
        page = etree.fromstring(bodies[article.url], etree.HTMLParser(encoding="utf-8"))
        paragraphs = page.xpath("//div[@class='article-body']/p/text()")
        assert "\n".join(paragraphs) == article.story.text


def test_no_two_articles_share_a_sentence_or_an_id(full_size: Publisher) -> None:
    sentences = [
        sentence
        for article in full_size.articles
        for paragraph in article.story.paragraphs
        for sentence in re.findall(r"\S.+?(?:\.(?= |$)|。)", paragraph)
    ]
    assert len(sentences) > 20_000
    assert len(set(sentences)) == len(sentences)
    assert len({expected(article).id for article in full_size.articles}) == 2_000


def test_paragraphs_are_as_long_as_in_a_newspaper(full_size: Publisher) -> None:
    for article in full_size.articles:
        assert 3 <= len(article.story.paragraphs) <= 8
        if article.story.language != "ja":
            assert all(20 <= len(paragraph.split()) <= 60 for paragraph in article.story.paragraphs)


def test_stories_are_in_six_languages_and_the_same_each_time(full_size: Publisher) -> None:
    assert {article.story.language for article in full_size.articles} == {"en", "de", "fr", "es", "ru", "ja"}
    for article in full_size.articles[::50]:
        assert story(article.story.number, article.story.language) == article.story


def test_some_articles_are_in_two_feeds_of_their_paper(full_size: Publisher) -> None:
    shared = [article for article in full_size.articles if len(article.feeds) == 2]
    assert len(shared) >= 100
    assert all(feed.paper == article.home.paper for article in shared for feed in article.feeds)
    assert all(article in full_size.entries(feed) for article in shared for feed in article.feeds)


def test_a_feed_that_is_known_is_304_until_it_changes(small: Publisher, client: httpx2.Client) -> None:
    known = {feed: conditions(client.get(feed.url)) for feed in small.feeds}
    assert all(known.values())
    for feed, headers in known.items():
        answer = client.get(feed.url, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
    (article,) = small.publish(1)
    statuses = {feed: client.get(feed.url, headers=headers).status_code for feed, headers in known.items()}
    assert {feed for feed, status in statuses.items() if status == 200} == set(article.feeds)


@pytest.mark.parametrize(
    ("number", "headers", "status"),
    [
        (0, {"If-None-Match": '"0-0"'}, 304),
        (0, {"If-None-Match": '"x", W/"0-0"'}, 304),
        (0, {"If-None-Match": "*"}, 304),
        (0, {"If-None-Match": '"0-1"'}, 200),
        (0, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 200),
        (1, {"If-Modified-Since": "Wed, 01 Jan 2025 00:00:00 GMT"}, 304),
        (1, {"If-Modified-Since": "Tue, 31 Dec 2024 23:59:59 GMT"}, 200),
        (2, {"If-None-Match": '"other"', "If-Modified-Since": "Wed, 01 Jan 2025 00:00:00 GMT"}, 200),
    ],
)
def test_a_condition_is_answered_as_the_standard_has_it(
    full_size: Publisher, number: int, headers: dict[str, str], status: int, client: httpx2.Client
) -> None:
    assert client.get(full_size.feeds[number].url, headers=headers).status_code == status


def test_two_changes_in_one_second_have_two_dates(small: Publisher, client: httpx2.Client) -> None:
    feed = small.feeds[1]
    dates = []
    for _ in range(3):
        small.publish(len(small.feeds))  # one for each feed
        dates.append(parsedate_to_datetime(client.get(feed.url).headers["last-modified"]))
    assert all(earlier < later for earlier, later in pairwise(dates))


def test_the_log_says_what_was_asked_and_answered(small: Publisher, client: httpx2.Client) -> None:
    first, article = small.feeds[0], small.articles[0]
    client.get(first.url)
    start = len(small.log)
    client.get(first.url, headers={"If-None-Match": '"0-0"'})
    client.head(article.url + "?utm_source=rss")
    client.get(first.paper.origin + "/nowhere")
    client.post(first.url)
    told = [(logged.method, logged.url, logged.etag, logged.status) for logged in small.log[start:]]
    assert told == [
        ("GET", first.url, '"0-0"', 304),
        ("HEAD", article.url + "?utm_source=rss", None, 200),
        ("GET", first.paper.origin + "/nowhere", None, 404),
        ("POST", first.url, None, 405),
    ]
    assert [logged.conditional for logged in small.asked([first.url])] == [False, True, False]


def shown(client: httpx2.Client, article: Article) -> str:
    return unescape(client.get(article.url).text)


def test_what_is_published_stands_first_in_its_feeds(small: Publisher, client: httpx2.Client) -> None:
    new = small.publish(20)
    assert len({expected(article).id for article in small.articles}) == 78 + 20
    for article in new:
        assert article.story.paragraphs[0] in shown(client, article)
        assert small.entries(article.home)[0].story.number >= 78


def test_a_correction_changes_page_and_feed_and_keeps_the_id(small: Publisher, client: httpx2.Client) -> None:
    before = {article.story.number: article for article in small.articles}
    seen = {feed: client.get(feed.url).content for feed in small.feeds}
    for article in small.correct(5):
        old = before[article.story.number]
        assert expected(article).id == expected(old).id
        assert (article.story.revision, article.url, article.story.title) == (2, old.url, old.story.title)
        assert article.story.paragraphs[0] != old.story.paragraphs[0]
        assert article.story.paragraphs[1:] == old.story.paragraphs[1:]
        assert article.story.paragraphs[0] in shown(client, article)
        assert all(client.get(feed.url).content != seen[feed] for feed in article.feeds)


def test_each_correction_of_an_article_is_another(small: Publisher) -> None:
    texts = [small.articles[0].story.text, *(small.correct(1)[0].story.text for _ in range(5))]
    assert len(set(texts)) == 6


def test_robots_txt_forbids_some_pages_of_the_first_paper(full_size: Publisher, client: httpx2.Client) -> None:
    forbidden = [article for article in full_size.articles if article.forbidden]
    assert forbidden
    assert {article.home.paper.number for article in forbidden} == {0}
    assert all(article.path.startswith("/members/") and article.home.style.whole for article in forbidden)
    assert "Disallow: /members/" in client.get(full_size.papers[0].origin + "/robots.txt").text
    assert client.get(full_size.papers[2].origin + "/robots.txt").status_code == 404


def test_what_can_happen_to_a_url(small: Publisher, client: httpx2.Client) -> None:
    url = small.articles[3].url
    small.fail(url, 503)
    assert client.get(url).status_code == 503
    small.fail(url, "reset")
    with pytest.raises(httpx2.TransportError):
        client.get(url)
    small.fail(url, "cut")
    with pytest.raises(httpx2.RemoteProtocolError):
        client.get(url)
    small.slow(url, 0.2)
    start = time.monotonic()
    assert client.get(url).status_code == 200
    assert time.monotonic() - start >= 0.2
    small.mend(url)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("statuses", [(301, 308), (302, 307)])
def test_a_moved_feed_is_elsewhere(small: Publisher, statuses: tuple[int, ...], client: httpx2.Client) -> None:
    for feed, status in zip(small.feeds, statuses, strict=False):
        before = client.get(feed.url).content
        new = small.move(feed, permanent=301 in statuses)
        answer = client.get(feed.url, follow_redirects=True)
        assert [step.status_code for step in answer.history] == [status]
        assert (str(answer.url), answer.content) == (new, before)


def test_a_feed_that_is_gone_is_410(small: Publisher, client: httpx2.Client) -> None:
    small.gone(small.feeds[0])
    assert client.get(small.feeds[0].url).status_code == 410


def test_nobody_listens_after_close(small: Publisher, client: httpx2.Client) -> None:
    client.get(small.feeds[0].url)  # a connection that is kept
    small.close()
    with pytest.raises(httpx2.ConnectError):
        client.get(small.feeds[0].url)
    small.close()


def test_every_feed_is_subscribed_to(small: Publisher) -> None:
    written = subscriptions_toml(small)
    assert all(f'url = "{feed.url}"\npublisher = "{feed.paper.name}"\n' in written for feed in small.feeds)


def test_a_right_record_differs_in_nothing_and_a_wrong_field_is_named(small: Publisher) -> None:
    small.correct(5)
    for article in small.articles:
        right = right_record(article, [])
        assert compare(right, expected(article)) == []
        for name in set(right) - {"tags", "flags", "date_modified", "metadata"}:
            (said,) = compare(right | {name: "other"}, expected(article))
            assert said.startswith(f"{name}: 'other', not")


@pytest.mark.parametrize(
    ("number", "id_"),
    [
        (0, "{origin}/news/2024/01/story-0"),  # guid that is the link
        (1, "tag:harbour-herald.example,2024:1"),
        (2, "harbour-herald.example:100002"),  # a number is no URI
        (4, "{origin}/news/2024/01/story-4"),  # RSS 0.91 has no ids
        (12, "{origin}/news/2024/01/story-12"),  # the link has tracking parameters, the id has not
    ],
)
def test_ids_are_as_the_record_has_them(small: Publisher, number: int, id_: str) -> None:
    article = small.articles[number]
    assert expected(article).id == id_.format(origin=article.home.paper.origin)
