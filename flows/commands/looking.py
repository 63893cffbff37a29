"""`cleancopy show` and `cleancopy inspect`: what was taken out of texts, and why."""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from cleaners.document import Flag, Kind
from cleaners.errors import CleancopyError, RestoreError
from flows.commands.configuring import is_given
from flows.commands.options import Disable, Phrases, Records
from flows.commands.terminal import DONE, complain, console, until_nobody_reads, write_json

if TYPE_CHECKING:
    from flows.inspection.selecting import Selection
    from flows.record import Record

SHOW_EXAMPLES = """\b
Examples:
  cleancopy show out
  cleancopy show out --id urn:example:1
"""

INSPECT_EXAMPLES = """\b
Examples:
  cleancopy inspect out
  cleancopy inspect out --rule mid-day.com/ --random 20 --seed 1
  cleancopy inspect out --unsure
  cleancopy inspect out --flag empty --json > empty.jsonl
"""


def show(
    records: Records,
    wanted: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Which record, in its last version; the first if not said."),
    ] = None,
) -> int:
    """Show one record before and after: what was taken out, in colour, and why."""
    from flows.inspection.reading import read_records  # noqa: PLC0415 - a start of `clean -` does without
    from flows.inspection.show import print_record  # noqa: PLC0415

    last, versions = None, 0
    for record in read_records(records):
        if wanted is None or record.id == wanted:
            last = record if last is None or record.version >= last.version else last
            versions += 1
            if wanted is None:
                break
    if last is None:
        raise CleancopyError(f"{records}: no record" + (f" with the id {wanted}" if wanted else " there"))
    with until_nobody_reads():
        print_record(last, console())
        if versions > 1:
            console().print(f"the last of {versions} versions", highlight=False)
    return DONE


def inspect(
    context: typer.Context,
    records: Records,
    ids: Annotated[list[str] | None, typer.Option("--id", metavar="ID", help="Records with this id.")] = None,
    kinds: Annotated[
        list[Kind] | None, typer.Option("--kind", metavar="KIND", help="With a removal or notice of this kind.")
    ] = None,
    rules: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="RULE", help="By this rule; mid-day.com/ and field: mean all that begin so."),
    ] = None,
    publishers: Annotated[
        list[str] | None, typer.Option("--publisher", metavar="DOMAIN", help="Of this publisher.")
    ] = None,
    flags: Annotated[list[Flag] | None, typer.Option("--flag", metavar="FLAG", help="With this flag.")] = None,
    unsure: Annotated[
        bool,
        typer.Option(
            "--unsure", help="List lines nearly removed or nearly kept, and records that a person should look at."
        ),
    ] = False,
    number: Annotated[
        int | None, typer.Option("--random", metavar="N", min=1, help="N of them, drawn at random.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Draw the same with --random again.")] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="For scripts: the summary as one object, records as they are stored, an unsure line each."
        ),
    ] = False,
    phrases: Phrases = None,
    disable: Disable = None,
) -> int:
    """Sum up what records hold; with filters, show each record that matches before and after.

    --id, --kind, --rule, --publisher and --flag can be given several times: any of the values will do. A record has
    to match every filter that is given. --phrases and --disable go with --unsure: give what the records were cleaned
    with.
    """
    from flows.inspection.selecting import Selection, sample  # noqa: PLC0415 - a start of `clean -` does without

    if seed is not None and number is None:
        raise typer.BadParameter("--seed goes with --random")
    # Not those of a settings file, which hold for all commands.
    if not unsure and (is_given(context, "phrases") or is_given(context, "disable")):
        raise typer.BadParameter("--phrases and --disable go with --unsure")
    selection = Selection(
        ids=tuple(ids or ()),
        kinds=tuple(kinds or ()),
        rules=tuple(rules or ()),
        publishers=tuple(publishers or ()),
        flags=tuple(flags or ()),
    )
    if unsure:
        from cleaners import load_phrases  # noqa: PLC0415
        from flows.commands.doubting import list_unsure  # noqa: PLC0415

        library = load_phrases(phrases, disable or ())
        matching = (record for _, record in _matching(records, selection))
        return list_unsure(records, matching, library, number, seed, as_json=as_json)
    if selection == Selection() and number is None:
        return _sum_up(records, as_json=as_json)
    found = sample(_matching(records, selection), number, seed)
    first = next(found, None)
    if first is None:
        complain("no record matches")
    elif as_json:
        _write(chain([first], found))
    else:
        _show_each(records, chain([first], found), selection)
    return DONE


def _sum_up(records: str, *, as_json: bool) -> int:
    from flows.inspection.overview import print_overview  # noqa: PLC0415
    from flows.inspection.reading import read_reasons, read_records  # noqa: PLC0415
    from flows.inspection.tally import Tally  # noqa: PLC0415

    tally = Tally()
    for record in read_records(records):
        tally.count(record)
    overview = tally.overview(read_reasons(records))
    with until_nobody_reads():
        if as_json:
            write_json(overview)
        else:
            print_overview(overview, console())
    return DONE


def _matching(records: str, selection: "Selection") -> Iterator[tuple[bytes, "Record"]]:
    from flows.inspection.reading import read_lines  # noqa: PLC0415

    stored = _with_all_ids(read_lines(records), records, selection.ids)
    return (item for item in stored if selection.wants(item[1]))


def _with_all_ids(
    stored: Iterable[tuple[bytes, "Record"]], records: str, ids: tuple[str, ...]
) -> Iterator[tuple[bytes, "Record"]]:
    """The same, and in the end an error if an id did not come by."""
    missing = dict.fromkeys(ids)
    for item in stored:
        missing.pop(item[1].id, None)
        yield item
    if missing:
        raise CleancopyError(f"{records}: no record with the id {', '.join(missing)}")


def _write(found: Iterable[tuple[bytes, "Record"]]) -> None:
    """The lines as they are stored; only a last line's missing break is added, since another line may follow."""
    with until_nobody_reads():
        for line, _ in found:
            sys.stdout.buffer.write(line if line.endswith(b"\n") else line + b"\n")


def _show_each(records: str, found: Iterable[tuple[bytes, "Record"]], selection: "Selection") -> None:
    from rich.text import Text  # noqa: PLC0415

    from flows.commands.paging import paged  # noqa: PLC0415
    from flows.inspection.show import print_record  # noqa: PLC0415

    with paged() as terminal:
        for number, (_, record) in enumerate(found, 1):
            terminal.rule(Text(f"{number}"), characters="═", style="bold")
            try:
                print_record(record, terminal, stressed=selection.means)
            except RestoreError as error:
                raise CleancopyError(f"{records}: record {record.id}: {error}") from error
            terminal.print()
