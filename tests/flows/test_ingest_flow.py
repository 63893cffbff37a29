"""The flow `ingest` through Prefect's embedded server."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publisher.contract import assert_right, records
from tests.publisher.site import Publisher, subscriptions_toml

pytestmark = pytest.mark.prefect


def test_the_flow_brings_all_articles(tmp_path: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    command = shutil.which("cleancopy", path=Path(sys.executable).parent)
    assert command is not None
    with Publisher(feeds=4, articles=12) as publisher:
        (tmp_path / "feeds.toml").write_text(subscriptions_toml(publisher), encoding="utf-8")
        run = subprocess.run(
            [command, "ingest", "--feeds", "feeds.toml", "--out", "out"],
            check=False,
            capture_output=True,
            text=True,
            env=own | {"PREFECT_HOME": str(tmp_path / "prefect")},
            cwd=tmp_path,
            timeout=300,
        )
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.startswith("4 feeds: 4 with news, 0 without, 0 failed\n")
        assert_right(records(tmp_path / "out"), publisher.articles)
