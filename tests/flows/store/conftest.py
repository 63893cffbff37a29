"""What the tests of the store share."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.opening import find_sources, read_documents
from flows.shard import Shard
from flows.store.store import open_store

Bring = Callable[..., Counts]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The store's folder."""
    return tmp_path / "out"


@pytest.fixture
def bring(out: Path, library: Library, rows: Callable[..., Path]) -> Bring:
    """Clean rows into the store, as one run."""

    def bring(*values: Any, run: str = "run-1", **options: Any) -> Counts:  # noqa: ANN401 - JSON is anything
        with open_store(out, run) as store:
            return Shard(store, library, name=run, **options).run(read_documents(find_sources([rows(*values)])))

    return bring


@pytest.fixture
def forbidden(tmp_path: Path) -> Iterator[Path]:
    """A folder that cannot be made: root is refused by /sys alone."""
    if os.geteuid() == 0:
        yield Path("/sys/cleancopy-test")
        return
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    yield locked / "out"
    locked.chmod(0o700)
