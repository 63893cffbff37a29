"""What the records of a store hold, as tables for a person."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.inspection.spelling import spelt_out
from flows.inspection.tally import Group, Overview, Pieces

MOST = 20
"""Rows of a table that are printed; the JSON has all of them."""

_Row = tuple[str | None, *tuple[str, ...]]


def print_overview(overview: Overview, console: Console) -> None:
    """One line about all records, and a table of each thing that was counted and is there."""
    console.print(
        f"[bold]{overview.records:,}[/] records of {overview.articles:,} articles; "
        f"{overview.characters - overview.kept:,} of {overview.characters:,} characters taken out "
        f"({_share(overview.characters, overview.kept)})",
        highlight=False,
        soft_wrap=True,
    )
    grouped = ("records", "characters", "taken out")
    _print_table(("publisher", *grouped), _groups(overview.publishers), console)
    _print_table(("language", *grouped), _groups(overview.languages), console)
    counted = ("records", "pieces", "characters")
    _print_table(("kind of removal", *counted), _pieces(overview.kinds), console)
    _print_table(("rule", *counted), _pieces(overview.rules), console)
    _print_table(("notice", *counted), _pieces(overview.notices), console)
    _print_table(("flag", "records"), _numbers(overview.flags), console)
    _print_table(("set aside", "items"), _numbers(overview.quarantine or {}), console)


def _print_table(headings: Sequence[str], rows: Sequence[_Row], console: Console) -> None:
    if not rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    table.add_column(headings[0], overflow="fold", min_width=16)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", no_wrap=True)
    for name, *numbers in rows[:MOST]:
        table.add_row(Text("not known", style="dim") if name is None else Text(spelt_out(name)), *numbers)
    console.print()
    console.print(table)
    if len(rows) > MOST:
        console.print(f"and {len(rows) - MOST:,} more; --json has all of them", style="dim", highlight=False)


def _groups(groups: Iterable[Group]) -> list[_Row]:
    return [
        (group.name, f"{group.records:,}", f"{group.characters:,}", _share(group.characters, group.kept))
        for group in groups
    ]


def _pieces(rows: Iterable[Pieces]) -> list[_Row]:
    return [(row.name, f"{row.records:,}", f"{row.pieces:,}", f"{row.characters:,}") for row in rows]


def _numbers(counts: Mapping[str, int]) -> list[_Row]:
    return [(name, f"{count:,}") for name, count in counts.items()]


def _share(characters: int, kept: int) -> str:
    return f"{(characters - kept) / characters:.1%}" if characters else "0.0%"
