"""A store's limit in Prefect."""

from pathlib import Path

import pytest

from flows.orchestration.slots import limit_name


def test_one_store_has_one_name_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert limit_name("out") == limit_name(str(tmp_path / "a" / ".." / "out"))
    assert limit_name("/srv/news") == "store:srv:news"
