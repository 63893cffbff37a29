import io
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from flows.counts import Counts
from flows.inspection.summary import print_summary


def summary(counts: Counts, out: str = "out") -> str:
    output = io.StringIO()
    print_summary(counts, out, Console(file=output, width=80))
    return output.getvalue()


def test_a_run_without_records_divides_by_nothing() -> None:
    assert summary(Counts()).startswith("0 records: 0 new, 0 updated, 0 unchanged\n")


@pytest.mark.parametrize(
    "out",
    [
        "o[b]",
        "o[/x]",
        "a folder/" + "deep/" * 30,
    ],
)
def test_the_stores_path_is_printed_as_it_is(out: str) -> None:
    assert f"records      {out}/records/*.jsonl\n" in summary(Counts(), out)


def test_numbers_add_up_and_the_share_is_told() -> None:
    counts = Counts(new=2, updated=1, unchanged=4, characters=2000, kept=1500)
    assert summary(counts).splitlines()[0] == (
        "7 records: 2 new, 1 updated, 4 unchanged; 500 of 2,000 characters taken out (25.0%)"
    )


def test_corrections_that_were_ignored_are_told() -> None:
    assert summary(Counts(new=1, ignored=2)).startswith(
        "3 records: 1 new, 0 updated, 0 unchanged, 2 corrections ignored\n"
    )


def test_files_that_were_not_read_again_are_told() -> None:
    assert summary(Counts(unchanged=4, finished=2)).splitlines()[0].endswith("4 unchanged; 2 files not read again")


def test_reasons_come_by_number_then_by_name() -> None:
    counts = Counts(new=1, set_aside=Counter({"bad_row": 1, "bad_json": 1, "duplicate_id": 5}))
    assert [line.split() for line in summary(counts).splitlines()[2:6]] == [
        ["set", "aside"],
        ["5", "duplicate_id"],
        ["1", "bad_json"],
        ["1", "bad_row"],
    ]


def test_the_quarantine_is_pointed_to_only_where_something_lies_in_it(tmp_path: Path) -> None:
    assert "quarantine" not in summary(Counts(new=1))
    told = summary(Counts(set_aside=Counter(bad_row=1)), str(tmp_path))
    assert f"set aside    {tmp_path}/quarantine/*.jsonl\n" in told
    assert f"cleancopy show {tmp_path}\n" in told
