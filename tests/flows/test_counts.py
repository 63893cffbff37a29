from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from flows.counts import Counts
from flows.documents.loaded import Reason, Source
from flows.record import Record

SOURCE = Source(Path("in/rows.jsonl"), "rows.jsonl", 0)


def counts_of(new: int, aside: int) -> Counts:
    counts = Counts(new=new)
    for line in range(aside):
        counts.count_aside(SOURCE.aside(Reason.BAD_JSON, "broken", line + 1))
    return counts


def test_the_total_of_nothing_is_nothing() -> None:
    assert Counts.total([]) == Counts()


def test_a_record_is_counted_by_what_left_its_text(record_of: Callable[..., Record]) -> None:
    counts = Counts()
    counts.count(record_of("Rain fell.\nAdvertisement\nSun came.\x00"))
    counts.count(record_of(""))
    assert counts.removed == {"ad_marker": 1, "control_character": 1}
    assert counts.flags == {"empty": 1}
    assert counts.characters == len("Rain fell.\nAdvertisement\nSun came.\x00")
    assert counts.kept == len("Rain fell.\nSun came.")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=4))
def test_counts_of_shards_add_up(shards: list[tuple[int, int]]) -> None:
    whole = Counts.total(counts_of(new, aside) for new, aside in shards)
    assert whole.new == sum(new for new, _ in shards)
    assert whole.set_aside.total() == sum(aside for _, aside in shards)


def test_a_total_leaves_its_parts_as_they_were() -> None:
    parts = [counts_of(1, 3), counts_of(2, 9)]
    Counts.total(parts)
    assert parts == [counts_of(1, 3), counts_of(2, 9)]
