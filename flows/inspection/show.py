"""One record, before and after."""

from collections.abc import Callable, Iterator

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from cleaners import restore
from cleaners.document import Removal
from flows.inspection.spelling import spelt_out
from flows.record import Record

_STYLES = {"removed": "red strike", "moved": "yellow strike"}
_FIELDS = (
    "id", "version", "url", "document", "publisher", "publisher_source", "syndicated_from", "title", "summary",
    "authors", "section", "tags", "language", "date_published", "date_modified", "dateline", "agencies", "syndicated",
    "captions", "notices", "flags",
)  # fmt: skip


def _every(_: Removal) -> bool:
    return True


def print_record(record: Record, console: Console, *, stressed: Callable[[Removal], bool] = _every) -> None:
    """The record's fields, its original with what left it in colour, and each removal with rule and reason.

    Args:
        record: what to print; characters that would steer the terminal are spelt out.
        console: where to.
        stressed: which removals stand out where there is colour; the others are dim.

    Raises:
        RestoreError: the record's removals contradict its text.
    """
    coloured = console.color_system is not None and not console.no_color
    text = marked(record, brackets=not coloured, stressed=stressed)
    console.print(_fields(record))
    legend = "red: removed, yellow: moved to a field" if coloured else "[-removed or moved to a field-]"
    console.rule(Text(f"text ({legend})"), align="left")
    console.print(text)
    if record.removed:
        console.rule("why", align="left")
        table = _reasons(record, stressed)
        fits = _width(table, console) <= console.width
        console.print(table if fits else _stacked_reasons(record, stressed))


def marked(record: Record, *, brackets: bool, stressed: Callable[[Removal], bool] = _every) -> Text:
    """The original, its removals struck through, or in `[-brackets-]` where there is no colour."""
    original = restore(record.text, record.removed)
    text = Text()
    position = 0
    for removal in record.removed:
        text.append(spelt_out(original[position : removal.start]))
        piece = spelt_out(removal.text)
        if brackets:
            words = piece.strip("\n")
            piece = piece.replace(words, f"[-{words}-]", 1)
        text.append(piece, style=_STYLES[removal.action] if stressed(removal) else "dim strike")
        position = removal.end
    text.append(spelt_out(original[position:]))
    return text


def _fields(record: Record) -> Table:
    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name in _FIELDS:
        value = getattr(record, name)
        if value is not None and value != ():
            table.add_row(Text(name, style="bold"), Text(spelt_out("; ".join(_parts(value)))))
    return table


def _parts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        yield str(getattr(item, "name", None) or getattr(item, "text", None) or item)


def _reasons(record: Record, stressed: Callable[[Removal], bool]) -> Table:
    """One row a removal."""
    table = Table(box=None, padding=(0, 2), header_style="bold")
    for heading in ("offsets", "action", "kind", "rule", "reason"):
        table.add_column(heading)
    for removal in record.removed:
        table.add_row(*map(Text, _words(removal)), style="" if stressed(removal) else "dim")
    return table


def _stacked_reasons(record: Record, stressed: Callable[[Removal], bool]) -> Table:
    """The same for a narrow terminal: the offsets, and beside them all the rest."""
    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for removal in record.removed:
        offsets, action, kind, rule, reason = _words(removal)
        table.add_row(offsets, Text(f"{kind}, {action}\n{rule}, {reason}"), style="" if stressed(removal) else "dim")
    return table


def _width(table: Table, console: Console) -> int:
    """Of the table on a terminal that is wide enough, in cells."""
    return Measurement.get(console, console.options.update(max_width=10_000), table).maximum


def _words(removal: Removal) -> tuple[str, ...]:
    action = removal.action if not removal.fields else f"{removal.action} → {', '.join(removal.fields)}"
    offsets = f"{removal.start}–{removal.end}"
    return offsets, *map(spelt_out, (action, removal.kind, removal.rule, removal.reason))
