"""Publishers of any habits: each of their articles is one record, whatever is corrected, moved or shown where."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.phrases.library import Library
from tests.flows.ingesting.conftest import run_once
from tests.flows.ingesting.web import SITE, Web, item, page, rss

NAMES = ("ferry", "light", "mole", "quay")
GUIDS = ("plain", "url", "counted", "colliding", "shared", "none")
LINKS = ("direct", "detour", "tracked", "slashed")


class Story:
    """An article of the publisher."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.headline = f"The {name} pier"
        self.hour = 10 + NAMES.index(name)
        self.changes = 0

    def change(self, *, headline: bool, hour: bool) -> None:
        self.changes += 1
        self.headline = f"{self.name} at {self.changes}" if headline else self.headline
        self.hour += hour


class Place:
    """A feed, and how it names what it shows."""

    def __init__(self, number: int, guid: str, link: str) -> None:
        self.url = f"{SITE}/{number}.xml"
        self._number = number
        self._guid = guid
        self._link = link

    def item(self, story: Story, web: Web) -> str:
        page_url = f"{SITE}/{story.name}"
        links = {
            "direct": page_url,
            "detour": f"https://links.example/{self._number}/{story.name}",
            "tracked": f"{page_url}?utm_source={self._number}",
            "slashed": f"{page_url}/",
        }
        guids = {
            "plain": str(NAMES.index(story.name)),
            "url": f"https://cms.example/?p={story.name}",
            "counted": f"{page_url}#{story.changes}",
            "colliding": str(NAMES.index(story.name) % 2),
            "shared": SITE,
            "none": None,
        }
        link = links[self._link]
        web.bodies[page_url] = page(story.name)
        if link != page_url:
            web.moved[link] = page_url
        day = f"<pubDate>Sat, 28 Nov 2026 {story.hour}:07:00 GMT</pubDate>"
        return item(story.name, title=story.headline, link=link, guid=guids[self._guid], more=day)


PLACES = st.lists(st.tuples(st.sampled_from(GUIDS), st.sampled_from(LINKS)), min_size=1, max_size=3)
# What happens before each run: what is published, dropped from the feeds or changed, and in what.
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(("show", "drop", "headline", "hour", "both"))),
    min_size=2,
    max_size=6,
)


def _take(step: str, name: str, stories: dict[str, Story], shown: set[str]) -> None:
    story = stories.setdefault(name, Story(name))
    if step == "drop":
        shown.discard(name)
    else:
        shown.add(name)
    if step in {"headline", "hour", "both"}:
        story.change(headline=step != "hour", hour=step != "headline")


def _subjects(out: Path) -> Iterator[tuple[str, str]]:
    """Of each record, which article it is, and its id."""
    for part in (out / "records").glob("*.jsonl"):
        for line in part.read_text().splitlines():
            record = json.loads(line)
            yield record["text"].split()[1], record["id"]


@pytest.mark.slow
@given(places=PLACES, steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_each_article_is_one_record(
    library: Library, places: list[tuple[str, str]], steps: list[tuple[str, str]]
) -> None:
    web, stories, shown, ever = Web(), {}, set(), set()  # type: ignore[var-annotated]
    with TemporaryDirectory() as folder:
        feeds = [Place(number, guid, link) for number, (guid, link) in enumerate(places)]
        listed, out = Path(folder, "feeds.toml"), Path(folder, "out")
        listed.write_text("".join(f'[[feeds]]\nurl = "{feed.url}"\n' for feed in feeds))
        for number, (name, step) in enumerate(steps):
            _take(step, name, stories, shown)
            ever |= shown
            for feed in feeds:
                web.bodies[feed.url] = rss(*(feed.item(stories[each], web) for each in sorted(shown)))
            run_once(web, out, listed, library, number=number)
            records = set(_subjects(out))
            assert sorted(subject for subject, _ in records) == sorted(ever)
            assert len({key for _, key in records}) == len(ever)
