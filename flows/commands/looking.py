"""`cleancopy show`: what was taken out of a text, and why."""

from typing import Annotated

import typer

from cleaners.errors import CleancopyError
from flows.commands.options import Records
from flows.commands.terminal import DONE, console, until_nobody_reads

SHOW_EXAMPLES = """\b
Examples:
  cleancopy show out
  cleancopy show out --id urn:example:1
"""


def show(
    records: Records,
    wanted: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Which record; the first if not said.")
    ] = None,
) -> int:
    """Show one record before and after: what was taken out, in colour, and why."""
    from flows.inspection.reading import read_records  # noqa: PLC0415 - a start of `clean -` does without
    from flows.inspection.show import print_record  # noqa: PLC0415

    for record in read_records(records):
        if wanted is None or record.id == wanted:
            with until_nobody_reads():
                print_record(record, console())
            return DONE
    raise CleancopyError(f"{records}: no record" + (f" with the id {wanted}" if wanted else " there"))
