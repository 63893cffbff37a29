"""Runs over a web in memory."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.ingesting.job import IngestJob
from flows.ingesting.run import Run
from flows.ingesting.tally import Tally
from flows.store.store import open_store
from tests.flows.ingesting.web import Here, Web


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def subscribe(tmp_path: Path) -> Callable[..., Path]:
    """Write a subscriptions file, with further settings of each feed as TOML."""

    def subscribe(*urls: str, more: str = "") -> Path:
        path = tmp_path / "feeds.toml"
        path.write_text("".join(f'[[feeds]]\nurl = "{url}"\n{more}\n' for url in urls))
        return path

    return subscribe


@pytest.fixture
def ingest(web: Web, out: Path, library: Library, tmp_path: Path) -> Callable[..., Tally]:
    """One run over the web in memory."""
    runs = iter(range(1000))

    def ingest(*, number: int | None = None, **settings: Any) -> Tally:  # noqa: ANN401 - as `run_once` has them
        return run_once(
            web, out, tmp_path / "feeds.toml", library, number=next(runs) if number is None else number, **settings
        )

    return ingest


def run_once(
    web: Web,
    out: Path,
    feeds: Path,
    library: Library,
    *,
    number: int,
    stop: Callable[[], bool] = lambda: False,
    since: date | None = None,
    limit: int | None = None,
    keep_raw: bool = False,
    force: bool = True,
    later: timedelta = timedelta(),
) -> Tally:
    """One run over the web in memory, with the feeds of a subscriptions file."""
    job = IngestJob(
        feeds=str(feeds), out=str(out), run=f"run-{number}", since=since, limit=limit, keep_raw=keep_raw, force=force
    )
    web.stop = stop
    with open_store(out, job.run) as store:
        subscribed = job.subscriptions().feeds
        run = Run(job, subscribed, store=store, library=library, fetch=web, sandbox=Here(), stop=stop)  # type: ignore[arg-type]
        run._began += later  # noqa: SLF001 - only tests need another clock
        for each, group in enumerate(run.groups(), 1):
            if not stop():
                run.bring(each, run.ask(each, group))
        return run.tally
