"""`cleancopy restore`: originals from records."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaners.errors import CleancopyError
from flows.commands.options import Records
from flows.commands.terminal import DONE, SET_ASIDE, complain, until_nobody_reads

if TYPE_CHECKING:
    from flows.record import Record

EXAMPLES = """\b
Examples:
  cleancopy restore out > originals.jsonl
  cleancopy clean - < rows.jsonl | cleancopy restore -
  cleancopy restore out --bytes --id urn:example:1 > story.txt
  cleancopy restore out --bytes --out originals/
"""


def restore(
    records: Records,
    wanted: Annotated[str | None, typer.Option("--id", metavar="ID", help="Only the records with this id.")] = None,
    as_bytes: Annotated[
        bool,
        typer.Option("--bytes", help="The files themselves, byte for byte: one on standard output, or all in --out."),
    ] = False,
    out: Annotated[str | None, typer.Option(help="A new folder for the files; with --bytes.")] = None,
) -> int:
    """Write the original text of every record as a row `{id, text}`, or with --bytes the files that were read."""
    from flows.inspection.reading import read_records  # noqa: PLC0415 - a start of `clean -` does without

    if out is not None and not as_bytes:
        raise typer.BadParameter("--out goes with --bytes")
    chosen = _chosen(read_records(records), records, wanted)
    with until_nobody_reads():
        if out is not None:
            return _write_files(chosen, Path(out))
        sys.stdout.buffer.writelines(_file(chosen, records) if as_bytes else _rows(chosen, records))
        sys.stdout.buffer.flush()
    return DONE


def _chosen(stored: "Iterable[Record]", given: str, wanted: str | None) -> "Iterator[Record]":
    found = False
    for record in stored:
        if wanted is None or record.id == wanted:
            found = True
            yield record
    if wanted is not None and not found:
        raise CleancopyError(f"{given}: no record with the id {wanted}")


def _rows(chosen: "Iterable[Record]", given: str) -> Iterator[bytes]:
    from flows.originals import OriginalError, row  # noqa: PLC0415

    for record in chosen:
        try:
            yield row(record)
        except OriginalError as error:
            raise CleancopyError(f"{given}: {error}") from error


def _file(chosen: "Iterable[Record]", given: str) -> Iterator[bytes]:
    """The one file that is meant; of several versions of a record the last."""
    from flows.originals import original_bytes  # noqa: PLC0415

    last = None
    for record in chosen:
        if last is not None and last.id != record.id:
            raise CleancopyError(f"{given}: has several records; say --id ID for one, or --out DIR for all")
        last = record
    if last is not None:
        yield original_bytes(last)


def _write_files(chosen: "Iterable[Record]", folder: Path) -> int:
    from flows.originals import write_originals  # noqa: PLC0415

    code = DONE
    for error in write_originals(chosen, folder):
        complain(error)
        code = SET_ASIDE
    return code
