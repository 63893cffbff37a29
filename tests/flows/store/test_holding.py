from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flows.counts import Counts
from flows.feeds.sighting import Held
from flows.store.errors import DamagedError
from flows.store.holding import held_texts
from flows.store.store import open_store

Bring = Callable[..., Counts]

URL = "https://harbour.example/ferry"
ROW: dict[str, Any] = {"id": "1", "url": URL, "text": "It sails at noon."}
HELD = Held(source="feed_content", words=4, cut=False, feed="", link="link:harbour.example/ferry")


def held(out: Path, *ids: str) -> dict[str, Held]:
    with open_store(out, "run-held") as store:
        return held_texts(store, ids)


def test_what_was_cleaned_is_measured_from_its_record(out: Path, bring: Bring) -> None:
    bring(ROW)
    assert held(out, "1", "2") == {"1": HELD}


def test_of_a_corrected_article_the_last_version_is_measured(out: Path, bring: Bring) -> None:
    bring(ROW)
    assert held(out, "1")["1"].words == 4
    bring({**ROW, "text": "It sails."}, run="run-2")
    assert held(out, "1")["1"].words == 2


def test_an_article_whose_id_is_its_texts_has_no_other_text(out: Path, bring: Bring) -> None:
    bring({"text": "It sails."})
    with open_store(out, "run-2") as store, store.state.begin() as connection:
        (key,) = connection.execute(sa.text("SELECT id FROM articles")).scalars()
    assert held(out, key) == {}


def test_an_article_without_a_record_is_a_state_that_contradicts_the_records(out: Path, bring: Bring) -> None:
    bring(ROW)
    with open_store(out, "run-2") as store, store.state.begin() as connection:
        connection.execute(sa.text("INSERT INTO articles VALUES ('2', 1, x'00', x'00', 1)"))
    with pytest.raises(DamagedError, match="knows the article 2, which has no record"):
        held(out, "1", "2")
