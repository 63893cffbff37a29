import re
from pathlib import Path

import pytest

from cleaners.errors import CleancopyError
from flows.feeds.subscriptions import Subscription, identity, read_subscriptions
from flows.fetching.settings import FetchSettings

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds" / "feeds.toml"
GUIDE = ROOT / "docs" / "feeds.md"
FEED = '[[feeds]]\nurl = "https://example.org/rss.xml"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feeds.toml"


def complaint(path: Path) -> str:
    """The one line about a file, less the file's name."""
    with pytest.raises(CleancopyError) as raised:
        read_subscriptions(path)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith(str(path))
    return str(raised.value).removeprefix(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[feeds]]\nurl = \n", ":2: is not TOML: Invalid value"),
        ("[[feeds]\n", ":1: is not TOML"),
        ("[[feeds]]\nurl = 'a", ":2: is not TOML"),
        ("a = " + "[" * 100_000, ": is not TOML"),
        ("a = " + "9" * 5000, ": is not TOML"),
        ("[fetch]\n[fetch]\n", ":2: is not TOML"),
        ("[[feed]]\nurl = 'https://example.org'\n", ": there is no setting `feed`"),
        ("contact = 'me'\n", ": there is no setting `contact`"),
        ("fetch = 1\n", ": fetch: Expected `object`, got `int`"),
        ("[feeds]\nurl = 'https://example.org'\n", ": feeds: Expected `array`, got `object`"),
        ("feeds = ['https://example.org']\n", ": feeds[0]: Expected `object`, got `str`"),
        ("[fetch]\ndelay = 'slow'\n", ": [fetch]: delay: Expected `float`, got `str`"),
        ("[fetch]\ndelay = -1\n", ": [fetch]: delay: Expected `float` >= 0.0"),
        ("[fetch]\ndelay = nan\n", ": [fetch]: delay: Expected `float` >= 0.0"),
        ("[fetch]\npause = 1\n", ": [fetch]: there is no setting `pause`"),
        ("[fetch]\nallow_private = ['10.1.2.3/8']\n", ": [fetch]: allow_private: '10.1.2.3/8' is no address"),
        ("[fetch]\nproxy = 'socks5://localhost'\n", ": [fetch]: proxy: not a URL of the form"),
        ("[[feeds]]\ntitle = 'no url'\n", ":1: feed 1: it has no `url`"),
        (f"# one\n{FEED}\n[[feeds]]\nurl = 7\n", ":5: feed 2: url: Expected `str`, got `int`"),
        (f"{FEED}full_text = 'sometimes'\n", ":1: feed 1: https://example.org/rss.xml: full_text: Invalid"),
        (f"{FEED}enabled = 'no'\n", ":1: feed 1: https://example.org/rss.xml: enabled: Expected `bool`, got `str`"),
        (f"{FEED}delay = 1\n", ":1: feed 1: https://example.org/rss.xml: there is no setting `delay`"),
        (f"{FEED}publisher = 2024-01-01\n", ":1: feed 1: https://example.org/rss.xml: publisher: Expected `str`"),
        ("[[feeds]]\nurl = 'example.org/rss'\n", ":1: feed 1: url: example.org/rss: neither http nor https"),
        ("[[feeds]]\nurl = 'ftp://example.org/rss'\n", ":1: feed 1: url: ftp://example.org/rss: neither http"),
        ('[[feeds]]\nurl = "https://example.org/\\uFFFE"\n', ":1: feed 1: url: 'https://example.org/"),
        ("[[feeds]]\nurl = ''\n", ":1: feed 1: url: "),
        ("[[feeds]]\nurl = 'https://me:secret@example.org/'\n", ":1: feed 1: url: https://example.org/: a user"),
        (f"{FEED}\n{FEED}", ":4: feed 2: https://example.org/rss.xml: is feed 1 already"),
        (f"{FEED}[[feeds]]\nurl='HTTPS://EXAMPLE.org:443/rss.xml#top'", ":3: feed 2: HTTPS://EXAMPLE.org:443/rss.xml#"),
        ("feeds = [{url = 'https://a.org'}, {url = 'no'}]\n", ": feed 2: url: no: neither http nor https"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_its_place(path: Path, text: str, said: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert complaint(path).startswith(said)


def test_a_password_is_never_repeated(path: Path) -> None:
    path.write_text("[[feeds]]\nurl = 'https://me:secret@example.org/'\n[fetch]\nproxy = 'x://me:secret@[::1'\n")
    assert "secret" not in complaint(path)
    path.write_text("[fetch]\nproxy = 'x://me:secret@example.org'\n")
    assert "secret" not in complaint(path)


def test_bytes_that_are_no_utf_8_have_a_line(path: Path) -> None:
    path.write_bytes(b"# one\n# two\n# caf\xe9\n")
    assert complaint(path) == ":3: is not UTF-8"


def test_a_file_that_cannot_be_read_is_named(path: Path) -> None:
    assert complaint(path) == ": there is no such file; `cleancopy feeds add URL` makes one"
    path.mkdir()
    assert complaint(path) == ": cannot be read: Is a directory"


def test_an_empty_file_is_an_empty_list(path: Path) -> None:
    path.touch()
    read = read_subscriptions(path)
    assert (read.fetch, read.feeds) == (FetchSettings(), ())


def test_all_that_can_be_said_is_read(path: Path) -> None:
    path.write_text(
        """\ufeff# A file of Windows, with the mark that its editor writes.
[fetch]
contact = "https://example.org/bot"
delay = 2
allow_private = ["127.0.0.0/8"]

[[feeds]]
url = "https://example.org/rss.xml"

[[feeds]]
url = " http://bücher.example/neu "
title = "  Neue\tBücher\u0085"
publisher = "example.org"
full_text = "never"
enabled = false
""".replace("\n", "\r\n"),
        encoding="utf-8",
        newline="",
    )
    read = read_subscriptions(path)
    assert read.fetch == FetchSettings(contact="https://example.org/bot", delay=2.0, allow_private=("127.0.0.0/8",))
    assert read.feeds == (
        Subscription(url="https://example.org/rss.xml"),
        Subscription(
            url="http://bücher.example/neu",
            title="Neue Bücher",
            publisher="example.org",
            full_text="never",
            enabled=False,
        ),
    )


def test_the_example_of_the_documentation_can_be_used(path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    path.write_text(example)
    read = read_subscriptions(path)
    assert read.fetch.contact is not None
    assert [feed.publisher for feed in read.feeds] == ["example.org"]


def test_the_seeds_can_be_used_as_they_are() -> None:
    read = read_subscriptions(SEEDS)
    assert len(read.feeds) > 20
    assert all(feed.url.startswith("https://") and feed.title for feed in read.feeds)
    assert read.fetch == FetchSettings()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org", "HTTPS://Example.Org.:443/#top", True),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC", True),
        ("https://example.org/a", "http://example.org/a", False),
        ("https://example.org/a", "https://example.org/a/", False),
        ("https://example.org/?a=1", "https://example.org/?A=1", False),
        ("https://example.org:8443/", "https://example.org/", False),
    ],
)
def test_which_urls_are_of_one_feed(one: str, other: str, *, same: bool) -> None:
    assert (identity(one) == identity(other)) is same
