import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.errors import CleancopyError
from flows.feeds import rewriting
from flows.feeds.editing import add_feeds, move_feed, remove_feed, switch_off
from flows.feeds.subscriptions import Subscription, parse_subscriptions, read_subscriptions

A, B, C, NEW = (f"https://{name}.example/feed" for name in ("a", "b", "c", "new"))
BEFORE = f"""\
# My feeds.

[fetch]   # polite
contact = "https://example.org/bot"

# ---- Europe ----

# The first, of Austria.
[[feeds]]
url = '{A}'  # by hand
title = "A"

# ---- Asia ----

[[feeds]]
  # full_text = "never"
  url     = "{B}"

# India.
[[feeds]]
publisher = "c.example"
url = "{C}"

# Later: https://d.example/
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def urls(path: Path) -> list[str]:
    return [feed.url for feed in read_subscriptions(path).feeds]


CHANGES = {
    "add": lambda path: add_feeds(path, [Subscription(url=NEW)]),
    "remove": lambda path: remove_feed(path, A),
    "move": lambda path: move_feed(path, A, NEW),
    "switch off": lambda path: switch_off(path, A, "gone"),
}


# What cannot be done leaves the file as it is.


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[feeds]]\nurl = 1\n", ":1: feed 1: url: Expected `str`"),
        ("nonsense", ":1: is not TOML"),
        (f"feeds = [{{url = '{A}'}}]\n", ": is not made of plain [[feeds]] tables; change it by hand"),
    ],
)
def test_a_file_that_is_not_understood_stays(
    path: Path, change: Callable[[Path], object], text: str, said: str
) -> None:
    path.write_text(text)
    with pytest.raises(CleancopyError) as raised:
        change(path)
    assert str(raised.value).startswith(f"{path}{said}")
    assert (path.read_text(), list(path.parent.iterdir())) == (text, [path])


@pytest.mark.parametrize("name", ["remove", "move", "switch off"])
def test_only_adding_makes_a_file(path: Path, name: str) -> None:
    path.unlink()
    with pytest.raises(CleancopyError, match=r"feeds\.toml: there is no such file"):
        CHANGES[name](path)
    assert not path.exists()


def test_a_header_in_a_text_of_several_lines_is_no_feed(path: Path) -> None:
    path.write_text(f"[[feeds]]\nurl = '{A}'\ntitle = '''\n[[feeds]]\n'''\n\n[[feeds]]\nurl = '{B}'\n")
    before = path.read_bytes()
    for url in (A, B):
        with pytest.raises(CleancopyError, match="change it by hand"):
            remove_feed(path, url)
    assert path.read_bytes() == before


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.org", "https://me:pw@example.org/"])
def test_a_wrong_url_is_told_as_such(path: Path, url: str) -> None:
    for change in (
        lambda: remove_feed(path, url),
        lambda: move_feed(path, A, url),
        lambda: switch_off(path, url, ""),
    ):
        with pytest.raises(CleancopyError, match=r"^url: "):
            change()
    assert path.read_text() == BEFORE


def test_half_a_character_is_left_out(path: Path) -> None:
    add_feeds(path, [Subscription(url=NEW, publisher="a\udcff\0\x1bb")])
    assert read_subscriptions(path).feeds[-1].publisher == "a b"


def test_no_folder_and_no_permission(path: Path) -> None:
    with pytest.raises(CleancopyError, match="cannot be written: No such file"):
        add_feeds(path.parent / "nowhere" / "feeds.toml", [Subscription(url=NEW)])
    with pytest.raises(CleancopyError, match="is not a file"):
        add_feeds(path.parent, [Subscription(url=NEW)])


def test_a_full_disk_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(rewriting.os, "fsync", full)
    with pytest.raises(CleancopyError, match="cannot be written: No space left on device"):
        remove_feed(path, A)
    assert (path.read_text(), list(path.parent.iterdir())) == (BEFORE, [path])


# Comments, order and layout stay.


def test_a_feed_is_added_at_the_end(path: Path) -> None:
    new = Subscription(url=NEW, title='The "New"', publisher="new.example", full_text="always")
    assert add_feeds(path, [new, Subscription(url=f"{A}#again", title="Other"), new]) == (new,)
    assert path.read_text() == BEFORE + (
        f'\n[[feeds]]\nurl = "{NEW}"\ntitle = "The \\"New\\""\npublisher = "new.example"\nfull_text = "always"\n'
    )
    before = path.read_bytes()
    assert add_feeds(path, [new]) == ()
    assert path.read_bytes() == before


def test_the_first_feed_makes_the_file(path: Path) -> None:
    path.unlink()
    assert add_feeds(path, []) == ()
    assert not path.exists()
    add_feeds(path, [Subscription(url=NEW)])
    text = path.read_text()
    assert text.startswith("# Subscriptions of cleancopy.\n\n[fetch]\n")
    assert text.endswith(f'\n\n[[feeds]]\nurl = "{NEW}"\n')
    assert urls(path) == [NEW]


def test_a_removed_feed_takes_its_own_comments_along(path: Path) -> None:
    assert remove_feed(path, A)
    first = f"# The first, of Austria.\n[[feeds]]\nurl = '{A}'  # by hand\ntitle = \"A\"\n\n"
    assert path.read_text() == (without := BEFORE.replace(first, ""))
    assert remove_feed(path, B)
    second = f'[[feeds]]\n  # full_text = "never"\n  url     = "{B}"\n\n'
    assert path.read_text() == (without := without.replace(second, ""))
    assert remove_feed(path, C)
    third = f'# India.\n[[feeds]]\npublisher = "c.example"\nurl = "{C}"\n\n'
    assert path.read_text() == without.replace(third, "")
    assert not remove_feed(path, C)


def test_what_a_file_begins_with_is_about_the_file(path: Path) -> None:
    path.write_text(f'# My feeds.\n[[feeds]]\nurl = "{A}"\n\n# B.\n[[feeds]]\nurl = "{B}"')
    assert remove_feed(path, A)
    assert path.read_text() == f'# My feeds.\n\n# B.\n[[feeds]]\nurl = "{B}"'
    assert remove_feed(path, B)
    assert path.read_text() == "# My feeds.\n"


def test_a_moved_feed_changes_its_url_alone(path: Path) -> None:
    assert move_feed(path, f"{A}#", NEW)
    assert path.read_text() == BEFORE.replace(f"'{A}'", f'"{NEW}"')
    assert not move_feed(path, A, NEW)


def test_a_feed_that_moved_to_another_on_the_list_is_switched_off(path: Path) -> None:
    assert move_feed(path, A, B)
    off = f'title = "A"\nenabled = false # moved to {B}, which is on the list\n'
    assert path.read_text() == BEFORE.replace('title = "A"\n', off)


def test_a_feed_switched_off_says_why(path: Path) -> None:
    assert switch_off(path, B, "gone (410)\n[[feeds]]\0 since 2026-11-25")
    line = f'  url     = "{B}"\n'
    off = f"{line}enabled = false # gone (410) [[feeds]] since 2026-11-25\n"
    assert path.read_text() == BEFORE.replace(line, off)
    assert not switch_off(path, B, "again")
    assert not switch_off(path, NEW, "not there")


def test_line_ends_of_windows_stay(path: Path) -> None:
    path.write_bytes(BEFORE.replace("\n", "\r\n").encode())
    add_feeds(path, [Subscription(url=NEW)])
    switch_off(path, A, "gone")
    remove_feed(path, C)
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    assert urls(path) == [A, B, NEW]


# One step, nobody's change lost.


def test_mode_and_link_stay(path: Path) -> None:
    real = path.rename(path.with_name("real.toml"))
    real.chmod(0o640)
    path.symlink_to("real.toml")
    move_feed(path, A, NEW)
    assert path.is_symlink()
    assert (stat.S_IMODE(real.stat().st_mode), urls(real)[0]) == (0o640, NEW)


def test_what_a_user_saves_meanwhile_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = iter(range(1, 4))
    sync = os.fsync

    def save_meanwhile(descriptor: int) -> None:
        sync(descriptor)
        if (number := next(saved, 0)) != 0:
            path.write_text(path.read_text() + f'\n[[feeds]]\nurl = "https://users.example/{number}"\n')

    monkeypatch.setattr(rewriting.os, "fsync", save_meanwhile)
    assert remove_feed(path, A)
    assert urls(path) == [B, C, *(f"https://users.example/{number}" for number in (1, 2, 3))]


def test_a_file_that_somebody_changes_without_end_is_left_to_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting.os, "fsync", lambda _: path.write_text(path.read_text() + "#\n"))
    with pytest.raises(CleancopyError, match="again and again"):
        remove_feed(path, A)
    assert (A in urls(path), list(path.parent.iterdir())) == (True, [path])


def test_processes_that_add_at_once_lose_nothing(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from flows.feeds.editing import add_feeds\n"
        "from flows.feeds.subscriptions import Subscription\n"
        "for number in range(10):\n"
        "    add_feeds(Path(sys.argv[1]), [Subscription(url=f'https://{sys.argv[2]}.example/{number}')])\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", program, str(path), f"p{number}"]) for number in range(3)]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert sorted(urls(path)[3:]) == sorted(
        f"https://p{p}.example/{number}" for p in range(3) for number in range(10)
    )


# Whatever the file: what is read after a change is what was meant, and what was not meant stays to the letter.

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_url = st.builds(
    lambda host, path: f"https://{host}.example/{path}",
    st.sampled_from("abcde"),
    st.text("abc/%20?=&ü'\"[]#\\", max_size=4),
)
_feed = st.builds(
    Subscription,
    url=_url,
    title=st.none() | _text,
    publisher=st.none() | _text,
    full_text=st.sampled_from(["auto", "always", "never"]),
    enabled=st.booleans(),
)
_between = st.lists(
    st.sampled_from(["\n", "# a comment\n", '# [[feeds]]\n# url = "https://z.example/"\n', "  #\n"]), max_size=4
).map("".join)
_step = st.one_of(
    st.tuples(st.just("add"), _feed),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("move"), st.integers(0, 9), _url),
    st.tuples(st.just("off"), st.integers(0, 9), _text),
)


def _took(path: Path, step: tuple[object, ...]) -> None:
    feeds = list(read_subscriptions(path).feeds)
    match step:
        case ("add", Subscription() as feed):
            added = add_feeds(path, [feed])
            assert list(read_subscriptions(path).feeds) == [*feeds, *added]
            return
        case (_, int() as number, *_) if number >= len(feeds):
            return
        case ("remove", int() as number):
            assert remove_feed(path, feeds.pop(number).url)
        case ("move", int() as number, str() as url):
            known = {feed.url for feed in feeds}
            # One that is off because it has moved to another on the list is so already, when it moves there again.
            is_done = url == feeds[number].url or (url in known and not feeds[number].enabled)
            assert move_feed(path, feeds[number].url, url) or is_done
            after = read_subscriptions(path).feeds[number]
            assert after.url == url or not after.enabled or url in known
            feeds[number] = after
        case ("off", int() as number, str() as why):
            assert switch_off(path, feeds[number].url, why) is feeds[number].enabled
            feeds[number] = msgspec.structs.replace(feeds[number], enabled=False)
    assert list(read_subscriptions(path).feeds) == feeds


@given(start=st.lists(st.tuples(_between, _feed), max_size=4), end=_between, steps=st.lists(_step, max_size=5))
@settings(deadline=None, max_examples=150)
def test_any_edits_do_what_they_say(
    tmp_path_factory: pytest.TempPathFactory,
    start: list[tuple[str, Subscription]],
    end: str,
    steps: list[tuple[object, ...]],
) -> None:
    path = tmp_path_factory.mktemp("any") / "feeds.toml"
    path.write_text("[fetch]\ndelay = 2 # slow\n")
    for between, feed in start:
        path.write_text(path.read_text() + between)
        add_feeds(path, [feed])
    path.write_text(path.read_text() + end)
    for step in steps:
        _took(path, step)
    assert path.read_text().startswith("[fetch]\ndelay = 2 # slow\n")


@given(text=st.text("[]feds\n#\"'=url{},.: \\", max_size=60).map(lambda text: f"{BEFORE}\n{text}"))
@settings(deadline=None, max_examples=200)
def test_an_added_and_removed_feed_leaves_the_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "feeds.toml"
    path.write_text(text)
    try:
        parse_subscriptions(text.encode(), path)
    except CleancopyError:
        return
    add_feeds(path, [Subscription(url=NEW)])
    remove_feed(path, NEW)
    assert path.read_text().rstrip() == text.rstrip()
