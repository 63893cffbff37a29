import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.feeds import rewriting
from flows.feeds.feed_state import FeedState
from flows.feeds.listing import line_of, listed
from flows.feeds.subscriptions import Subscription, read_subscriptions, usual_path

RunCli = Callable[..., tuple[int, str, str]]

DONE, SET_ASIDE, WRONG_USAGE = 0, 1, 2
SETTINGS = '[fetch]\ndelay = 0.0\nattempts = 1\nallow_private = ["127.0.0.0/8"]\n'
FEED = "https://example.org/rss.xml"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>https://example.org/</link>
<description>News</description><item><title>One</title><link>https://example.org/1</link><guid>1</guid></item>
</channel></rss>"""
PAGE = """<html><head><title>Example</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport.xml">
<link rel="alternate" type="application/atom+xml" title="Broken" href="/broken.xml">
<link rel="alternate" type="application/rss+xml" title="Old" href="/old.xml">
</head><body><p>News</p></body></html>"""


class Site(ThreadingHTTPServer):
    """Answers by path, with a body or the target of a permanent redirect.

    Attributes:
        asked: all paths, in order.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.answers = {
            "/": PAGE,
            "/news.xml": RSS.format(title="Example: News"),
            "/sport.xml": RSS.format(title="Example: Sport"),
            "/comments/feed/": RSS.format(title="Comments"),
            "/old.xml": "-> /news.xml",
            "/broken.xml": "<html>Sorry</html>",
            "/nothing": "<html><body><p>Nothing here</p></body></html>",
        }


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path)
        self.send_response(404 if answer is None else 301 if answer.startswith("-> ") else 200)
        if answer and answer.startswith("-> "):
            self.send_header("Location", answer.removeprefix("-> "))
        body = (answer or "").encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def feeds(folder: Path) -> Path:
    path = folder / "feeds.toml"
    path.write_text(SETTINGS + f'\n[[feeds]]\nurl = "{FEED}"\ntitle = "Example"\npublisher = "example.org"\n')
    return path


def urls(path: Path) -> list[str]:
    return [feed.url for feed in read_subscriptions(path).feeds]


# What is wrong: one line, and nothing is done.


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "Missing command"),
        (["add"], "Missing argument"),
        (["add", "https://me:secret@example.org/"], "url: https://example.org/: a user or password"),
        (["add", "ftp://example.org/"], "url: ftp://example.org/: neither http nor https"),
        (["add", "ex ample"], "url: "),
        (
            ["add", FEED, "--publisher", "Example News"],
            "--publisher Example News: not a domain of the form example.org",
        ),
        (["add", FEED, "--full-text", "sometimes"], "'sometimes' is not one of"),
        (["add", FEED, "--feeds", "no/feeds.toml"], "no/feeds.toml: cannot be written: No such file or directory"),
        (["add", FEED, "--feeds", "."], ".: cannot be read: Is a directory"),
        (["add", FEED, "--feeds", "wrong.toml"], "wrong.toml:1: is not TOML"),
        (["list", "--feeds", "no.toml"], "no.toml: there is no such file; `cleancopy feeds add URL` makes one"),
        (["list", "--feeds", "wrong.toml"], "wrong.toml:1: is not TOML"),
        (["remove"], "Missing argument"),
        (["remove", "https://example.org/other"], "feeds.toml: https://example.org/other is not on the list"),
        (["remove", FEED, "--feeds", "no.toml"], "no.toml: there is no such file"),
        (["import"], "Missing argument"),
        (["import", "no.opml"], "no.opml: cannot be read: No such file or directory"),
        (["import", "wrong.toml"], "wrong.toml: line 1: is not XML"),
        (["import", "-"], "-: line 1: is not XML: Document is empty"),
        (["export", "--feeds", "no.toml"], "no.toml: there is no such file"),
        (["export", "no/feeds.opml"], "no/feeds.opml: cannot be written: No such file or directory"),
        (["export", "."], ".: is not a file"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    run_cli: RunCli, feeds: Path, folder: Path, arguments: list[str], complaint: str
) -> None:
    (folder / "wrong.toml").write_text("wrong")
    before = feeds.read_bytes()
    code, out, err = run_cli("feeds", *arguments)
    assert (code, out) == (WRONG_USAGE, "")
    assert complaint in err
    assert err.count("\n") == 1
    assert feeds.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["feeds.toml", "wrong.toml"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "client_error: "),
        ("/nothing", "is no feed, names none, and none is at the usual addresses beside it"),
    ],
)
def test_where_no_feed_is_nothing_is_added(run_cli: RunCli, feeds: Path, site: Site, path: str, said: str) -> None:
    before = feeds.read_bytes()
    code, out, err = run_cli("feeds", "add", site.url + path)
    assert (code, out, err.count("\n")) == (WRONG_USAGE, "", 1)
    assert f"{site.url}{path}: {said}" in err
    assert feeds.read_bytes() == before


def test_a_private_address_is_not_asked_unless_the_file_allows_it(run_cli: RunCli, folder: Path, site: Site) -> None:
    code, _, err = run_cli("feeds", "add", site.url)
    assert (code, "forbidden_address" in err, site.asked) == (WRONG_USAGE, True, [])
    assert 'allow_private = ["127.0.0.1"] under [fetch] would allow it in feeds.toml' in err
    assert list(folder.iterdir()) == []


def test_a_host_with_a_port_on_ones_own_machine_is_asked_without_tls(
    run_cli: RunCli, feeds: Path, site: Site
) -> None:
    address = f"127.0.0.1:{site.server_port}/news.xml"
    assert run_cli("feeds", "add", address)[0] == DONE
    assert urls(feeds) == [FEED, f"http://{address}"]
    assert run_cli("feeds", "add", address)[:2] == (DONE, f"feeds.toml: http://{address} is on the list already\n")
    assert run_cli("feeds", "remove", address)[0] == DONE
    assert urls(feeds) == [FEED]


def test_what_is_said_of_a_feed_on_the_list_changes_it(run_cli: RunCli, feeds: Path, site: Site) -> None:
    before = feeds.read_text()
    code, out, _ = run_cli("feeds", "add", FEED, "--publisher", "News.example.org", "--full-text", "never")
    assert (code, out) == (DONE, f"feeds.toml: {FEED} is on the list already; changed publisher and full_text\n")
    changed = before.replace('"example.org"', '"news.example.org"') + 'full_text = "never"\n'
    assert feeds.read_text() == changed
    assert run_cli("feeds", "add", f"{site.url}/news.xml")[0] == DONE
    _, out, _ = run_cli("feeds", "add", f"{site.url}/old.xml", "--full-text", "always")
    assert out.endswith("news.xml (Example: News); changed full_text\n")
    assert read_subscriptions(feeds).feeds[1].full_text == "always"


def test_what_robots_txt_forbids_is_not_asked(run_cli: RunCli, feeds: Path, site: Site) -> None:
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /"
    code, _, err = run_cli("feeds", "add", f"{site.url}/news.xml")
    assert (code, "robots: " in err, site.asked, urls(feeds)) == (WRONG_USAGE, True, ["/robots.txt"], [FEED])


def test_a_file_that_cannot_be_written_is_told_before_any_request(
    run_cli: RunCli, feeds: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting.os, "access", lambda *_: False)
    code, _, err = run_cli("feeds", "add", site.url)
    said = "cleancopy: feeds.toml: cannot be written: Permission denied\n"
    assert (code, err, site.asked, urls(feeds)) == (WRONG_USAGE, said, [], [FEED])


# What is added.


def test_a_feed_is_added_with_its_title_and_what_was_said(run_cli: RunCli, feeds: Path, site: Site) -> None:
    before = feeds.read_text()
    url = f"{site.url}/news.xml"
    code, out, err = run_cli("feeds", "add", url, "--publisher", "example.org", "--full-text", "never")
    assert (code, out, err) == (DONE, f"feeds.toml: added {url} (Example: News)\n", "")
    assert feeds.read_text() == before + (
        f'\n[[feeds]]\nurl = "{url}"\ntitle = "Example: News"\npublisher = "example.org"\nfull_text = "never"\n'
    )
    assert site.asked == ["/robots.txt", "/news.xml"]


def test_a_feed_on_the_list_is_neither_asked_nor_added(run_cli: RunCli, feeds: Path) -> None:
    before = feeds.read_bytes()
    said = f"feeds.toml: {FEED.upper().replace('RSS.XML', 'rss.xml')} is on the list already"
    assert run_cli("feeds", "add", FEED.upper().replace("RSS.XML", "rss.xml")) == (DONE, f"{said}\n", "")
    assert feeds.read_bytes() == before
    feeds.write_text(f'[[feeds]]\nurl = "{FEED}"\nenabled = false\n')
    code, out, _ = run_cli("feeds", "add", "example.org/rss.xml")
    assert (code, out) == (DONE, f"feeds.toml: {FEED} is on the list already, switched off\n")


def test_a_feed_that_moved_for_good_is_added_where_it_is_now(run_cli: RunCli, feeds: Path, site: Site) -> None:
    assert run_cli("feeds", "add", f"{site.url}/old.xml")[0] == DONE
    assert urls(feeds) == [FEED, f"{site.url}/news.xml"]
    code, out, _ = run_cli("feeds", "add", f"{site.url}/old.xml")
    assert (code, out) == (DONE, f"feeds.toml: on the list already: {site.url}/news.xml (Example: News)\n")


def test_of_a_page_the_first_feed_is_added_and_the_others_are_told(run_cli: RunCli, feeds: Path, site: Site) -> None:
    code, out, err = run_cli("feeds", "add", site.url)
    assert (code, err) == (DONE, "")
    assert out.splitlines() == [
        f"feeds.toml: added {site.url}/news.xml (Example: News)",
        "the page names more; add one by its address, or all with --all:",
        f"  {site.url}/sport.xml (Sport)",
        f"  {site.url}/broken.xml (Broken)",
        f"  {site.url}/old.xml (Old)",
        f"  {site.url}/comments/feed/ (Comments)",
    ]
    assert urls(feeds) == [FEED, f"{site.url}/news.xml"]
    assert site.asked == ["/robots.txt", "/", "/news.xml"]


def test_all_feeds_of_a_page_but_those_of_comments(run_cli: RunCli, feeds: Path, site: Site) -> None:
    code, out, err = run_cli("feeds", "add", site.url, "--all")
    assert (code, err) == (SET_ASIDE, f"cleancopy: {site.url}/broken.xml: is no feed, or cannot be fetched\n")
    assert out.splitlines() == [
        f"feeds.toml: added {site.url}/news.xml (Example: News)",
        f"feeds.toml: added {site.url}/sport.xml (Example: Sport)",
        "the page names more; add one by its address:",
        f"  {site.url}/comments/feed/ (Comments)",
    ]
    assert urls(feeds) == [FEED, f"{site.url}/news.xml", f"{site.url}/sport.xml"]


def test_control_characters_of_a_title_reach_neither_file_nor_terminal(
    run_cli: RunCli, feeds: Path, site: Site
) -> None:
    site.answers["/"] = PAGE.replace('"Sport"', '"Sp\x1b[31mort\u202e"')
    _, out, _ = run_cli("feeds", "add", site.url)
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\x1b" not in feeds.read_text()


def test_the_first_feed_makes_the_file(run_cli: RunCli, folder: Path) -> None:
    opml = f'<opml><body><outline text="Example" xmlUrl="{FEED}"/></body></opml>'.encode()
    said = "feeds.toml: 1 feed added, 0 on the list already\n"
    assert run_cli("feeds", "import", "-", stdin=opml) == (DONE, said, "")
    assert urls(folder / "feeds.toml") == [FEED]


# Listing, removing, exchanging.


def test_list_tells_what_is_on_and_off(run_cli: RunCli, feeds: Path) -> None:
    feeds.write_text(feeds.read_text() + '\n[[feeds]]\nurl = "https://a.example/"\nenabled = false\n')
    code, out, err = run_cli("feeds", "list")
    assert (code, err) == (DONE, "")
    assert out == f"on   {FEED}  example.org  Example\noff  https://a.example/  -\n"
    code, out, _ = run_cli("feeds", "list", "--json")
    first, second = map(json.loads, out.splitlines())
    assert first == {
        "url": FEED,
        "title": "Example",
        "publisher": "example.org",
        "full_text": "auto",
        "enabled": True,
        "last_success": None,
        "next_due": None,
        "failures": 0,
        "why": None,
        "left_out": 0,
    }
    assert (second["url"], second["enabled"]) == ("https://a.example/", False)


def test_an_empty_list_is_said(run_cli: RunCli, feeds: Path) -> None:
    feeds.write_text(SETTINGS)
    said = "cleancopy: feeds.toml: the list is empty; `cleancopy feeds add URL` adds to it\n"
    assert run_cli("feeds", "list") == (DONE, "", said)
    assert run_cli("feeds", "list", "--json") == (DONE, "", said)


def test_what_a_store_knows_of_a_feed_is_told() -> None:
    feed = Subscription(url=FEED)
    state = FeedState(
        url=FEED,
        succeeded=datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC),
        due=datetime(2026, 11, 25, 4, tzinfo=UTC),
        failures=3,
        reason="dns",
        detail="no address",
    )
    assert line_of(listed(feed, state)) == (
        f"on   {FEED}  -  last 2026-11-25T03:04+00:00  next 2026-11-25T04:00+00:00"
        "  failed 3 times in a row: dns: no address"
    )
    assert "too long: 2 entries not read" in line_of(listed(feed, FeedState(url=FEED, left_out=2)))
    off = Subscription(url=FEED, enabled=False)
    assert "next" not in line_of(listed(off, state))


def test_a_feed_is_removed(run_cli: RunCli, feeds: Path) -> None:
    assert run_cli("feeds", "remove", "example.org/rss.xml#top") == (
        DONE,
        "feeds.toml: removed example.org/rss.xml#top\n",
        "",
    )
    assert feeds.read_text() == SETTINGS


def test_an_export_is_imported_again(run_cli: RunCli, feeds: Path, folder: Path) -> None:
    feeds.write_text(feeds.read_text() + '\n[[feeds]]\nurl = "https://a.example/?x=1&y=2"\nenabled = false\n')
    code, out, err = run_cli("feeds", "export")
    assert (code, err) == (DONE, "")
    assert run_cli("feeds", "export", "out.opml") == (DONE, "", "")
    assert (folder / "out.opml").read_text() == out
    assert run_cli("feeds", "import", "out.opml", "--feeds", "new.toml")[0] == DONE
    assert read_subscriptions(folder / "new.toml").feeds == read_subscriptions(feeds).feeds
    code, out, _ = run_cli("feeds", "import", "out.opml")
    assert (code, out) == (DONE, "feeds.toml: 0 feeds added, 2 on the list already\n")


def test_outlines_that_cannot_be_used_are_told_and_the_others_added(run_cli: RunCli, feeds: Path) -> None:
    opml = b'<opml>\n<outline xmlUrl="feed://x"/>\n<outline xmlUrl="https://a.example/"/></opml>'
    code, out, err = run_cli("feeds", "import", "-", stdin=opml)
    assert (code, out) == (SET_ASIDE, "feeds.toml: 1 feed added, 0 on the list already\n")
    assert err == "cleancopy: -: line 2: url: feed://x: neither http nor https\n"
    assert urls(feeds) == [FEED, "https://a.example/"]


def test_which_file_is_meant_if_none_is_said(folder: Path) -> None:
    assert usual_path() == Path("feeds.toml")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "feeds.toml").touch()
    assert usual_path() == Path("seeds/feeds.toml")
    (folder / "feeds.toml").touch()
    assert usual_path() == Path("feeds.toml")
