import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from flows.inspection.overview import print_overview
from flows.inspection.tally import Group, Overview, Pieces, Tally


def printed(overview: Overview, width: int = 80) -> str:
    output = io.StringIO()
    print_overview(overview, Console(file=output, width=width))
    return output.getvalue()


def an_overview(**fields: object) -> Overview:
    empty = Tally().overview(None)
    return Overview(**{name: fields.get(name, getattr(empty, name)) for name in Overview.__struct_fields__})


def test_no_records_are_one_line() -> None:
    assert printed(an_overview()) == "0 records of 0 articles; 0 of 0 characters taken out (0.0%)\n"


def test_what_is_not_there_has_no_table() -> None:
    told = printed(an_overview(records=1, articles=1, flags={"empty": 1}, quarantine={}))
    assert "flag" in told
    for heading in ("publisher", "kind of removal", "rule", "notice", "set aside"):
        assert heading not in told


def test_a_long_table_is_cut_and_says_so() -> None:
    rules = tuple(Pieces(f"en/{number:02d}", 1, 1, 1) for number in range(23))
    told = printed(an_overview(rules=rules))
    assert "en/19" in told
    assert "en/20" not in told
    assert "and 3 more; --json has all of them" in told
    assert "more" not in printed(an_overview(rules=rules[:20]))


def test_a_publishers_share_is_of_its_own_characters() -> None:
    told = printed(an_overview(publishers=(Group("a.org", 2, 2000, 1500), Group(None, 1, 0, 0))))
    _, _, _, first, second = told.splitlines()
    assert first.split() == ["a.org", "2", "2,000", "25.0%"]
    assert second.split() == ["not", "known", "1", "0", "0.0%"]


def test_names_are_no_markup_and_steer_nothing() -> None:
    told = printed(an_overview(publishers=(Group("[red]\x1b[2J[/x]\u202e", 1, 1, 1),)))
    assert r"[red]\x1b[2J[/x]\u202e" in told


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("name", ["雨" * 60, "e\u0301" * 90, "example-" * 20], ids=["wide", "combining", "long"])
def test_a_long_name_is_folded_and_the_numbers_stay_aligned(name: str, width: int) -> None:
    rows = (Pieces(name, 1, 22, 333), Pieces("short", 1, 22, 333))
    table = printed(an_overview(rules=rows), width).splitlines()[2:]
    assert {cell_len(line) for line in table} == {cell_len(table[0])}
    assert cell_len(table[0]) <= width
    assert name in "".join(line.split()[0] for line in table)
