"""`cleancopy ingest` is killed at random moments, again and again; in the end all articles are there, once."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publisher.contract import assert_right, records
from tests.publisher.site import Publisher, subscriptions_toml

pytestmark = pytest.mark.soak

KILLS = 40


def test_50_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    cleancopy = shutil.which("cleancopy", path=Path(sys.executable).parent)
    assert cleancopy is not None
    rng = random.Random(50)  # noqa: S311 - the same moments every time, as far as a machine allows
    feeds, out = tmp_path / "feeds.toml", tmp_path / "out"
    command = [cleancopy, "ingest", "--feeds", str(feeds), "--out", str(out), "--direct", "--force", "--quiet"]
    killed = 0
    with Publisher(feeds=26, articles=260) as publisher:
        feeds.write_text(subscriptions_toml(publisher), encoding="utf-8")
        for number in range(KILLS):
            if number % 8 == 7:
                publisher.publish(3)
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.uniform(0.3, 4.0))
            killed += run.poll() is None
            run.kill()
            run.wait()
            ids = [(record["id"], record["version"]) for record in records(out)]
            assert len(ids) == len(set(ids))
        subprocess.run(command, check=True)
        assert_right(records(out), publisher.articles)
        start = len(publisher.log)
        subprocess.run(command, check=True)
        assert {logged.status for logged in publisher.log[start:] if not logged.url.endswith("robots.txt")} == {304}
    print(f"{killed} of {KILLS} runs were killed before their end, {len(publisher.articles)} articles")  # noqa: T201
