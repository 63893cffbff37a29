"""Which engine is chosen, and what of it does not go together."""

import zipfile
from pathlib import Path

import pytest

from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded
from flows.documents.opening import find_sources
from flows.drafting import Draft
from flows.engines import choosing
from flows.engines.ahead import EngineError
from flows.engines.choosing import POOL_BYTES, Engine
from flows.engines.drafts import Instructions


@pytest.mark.parametrize("wrong", [{"name": "dask"}, {"scheduler": "tcp://10.0.0.1:8786"}])
def test_dask_and_its_scheduler_go_together(wrong: dict[str, str]) -> None:
    with pytest.raises(EngineError, match="go together"):
        Engine(**wrong)  # type: ignore[arg-type]


def test_little_input_is_cleaned_before_processes_have_come_up() -> None:
    engine = Engine(workers=3)
    assert (engine.count(POOL_BYTES - 1), engine.count(POOL_BYTES)) == (1, 3)


@pytest.mark.slow
def test_an_archive_that_is_too_long_to_be_sent_is_read_in_the_command(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "_LONGEST_SENT", 0)
    for name in ("a", "b"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("story.txt", f"Rain on {name}.")
        (tmp_path / f"{name}.txt").write_text(f"Snow on {name}.")
    shards = [(source,) for source in find_sources([tmp_path])]
    monkeypatch.setattr(choosing, "POOL_BYTES", 0)
    rules = Instructions((), None, (), strip_datelines=False)
    with Engine(workers=2).cleaning(shards, rules, library, lambda: False) as items:
        kinds = [type(items_of[1]) for number in range(1, 5) if (items_of := list(items(number)))]
    assert [source.place for (source,) in shards] == ["a.txt", "a.zip", "b.txt", "b.zip"]
    assert kinds == [Draft, Loaded, Draft, Loaded]
