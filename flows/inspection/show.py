"""One record, before and after."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cleaners import restore
from cleaners.document import Removal
from flows.record import Record

_STYLES = {"removed": "red strike", "moved": "yellow strike"}
_FIELDS = (
    "id", "version", "url", "document", "publisher", "publisher_source", "syndicated_from", "title", "summary",
    "authors", "section", "tags", "language", "date_published", "date_modified", "dateline", "agencies", "syndicated",
    "captions", "notices", "flags",
)  # fmt: skip


def print_record(record: Record, console: Console) -> None:
    """The record's fields, its original with what left it in colour, and each removal with rule and reason.

    Raises:
        RestoreError: the record's removals contradict its text.
    """
    console.print(_fields(record))
    coloured = console.color_system is not None
    legend = "red: removed, yellow: moved to a field" if coloured else "[-removed or moved to a field-]"
    console.rule(Text(f"text ({legend})"), align="left")
    console.print(marked(record, brackets=not coloured))
    if record.removed:
        console.rule("why", align="left")
        console.print(_reasons(record))


def marked(record: Record, *, brackets: bool) -> Text:
    """The original, its removals struck through, or in `[-brackets-]` where there is no colour."""
    original = restore(record.text, record.removed)
    text = Text()
    position = 0
    for removal in record.removed:
        text.append(original[position : removal.start])
        piece = _visible(removal)
        if brackets:
            words = piece.strip("\n")
            piece = piece.replace(words, f"[-{words}-]", 1)
        text.append(piece, style=_STYLES[removal.action])
        position = removal.end
    text.append(original[position:])
    return text


def _visible(removal: Removal) -> str:
    if removal.kind == "control_character":
        return "".join(f"\\x{ord(character):02x}" for character in removal.text)
    return removal.text


def _fields(record: Record) -> Table:
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name in _FIELDS:
        value = getattr(record, name)
        if value is not None and value != ():
            table.add_row(Text(name, style="bold"), Text("; ".join(_parts(value))))
    return table


def _parts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        yield str(getattr(item, "name", None) or getattr(item, "text", None) or item)


def _reasons(record: Record) -> Table:
    table = Table(box=None, padding=(0, 2), header_style="bold")
    for heading in ("offsets", "action", "kind", "rule", "reason"):
        table.add_column(heading)
    for removal in record.removed:
        action = removal.action if not removal.fields else f"{removal.action} → {', '.join(removal.fields)}"
        table.add_row(f"{removal.start}–{removal.end}", action, removal.kind, removal.rule, removal.reason)
    return table
