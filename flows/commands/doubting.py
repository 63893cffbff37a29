"""`cleancopy inspect --unsure`: lines and records that need a person's word."""

import shlex
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from cleaners import load_model
from flows.commands.paging import paged
from flows.commands.terminal import DONE, complain, until_nobody_reads, write_json
from flows.inspection.selecting import sample
from flows.inspection.spelling import spelt_out
from flows.inspection.unsure import Doubter, Unsure, lines_of, print_unsure

if TYPE_CHECKING:
    from cleaners.phrases.library import Library
    from flows.record import Record


def list_unsure(
    given: str,
    records: "Iterable[Record]",
    library: "Library",
    number: int | None,
    seed: int | None,
    *,
    as_json: bool,
) -> int:
    """List what is to be looked at, record by record as they are read; `number` of them drawn at random if said.

    Args:
        given: the store, as it was given.
        records: those of its records that were asked for.
        library: the phrases of today.
        number: of records to list, None: all.
        seed: of the draw.
        as_json: one object a line, in place of what people read.
    """
    doubter = Doubter(library, load_model())
    found = sample(doubter.look(records), number, seed)
    first = next(found, None)
    if first is None:
        complain("no record matches")
    elif as_json:
        _write(chain([first], found))
    else:
        _print(chain([first], found), given)
    if doubter.outdated:
        complain(
            f"records cleaned with other phrases or another model: {doubter.outdated}; "
            "their lines are judged as today's would, and `cleancopy reclean` makes them agree"
        )
    return DONE


def _write(found: Iterable[Unsure]) -> None:
    with until_nobody_reads():
        for unsure in found:
            for line in lines_of(unsure):
                write_json(line)


def _print(found: Iterable[Unsure], given: str) -> None:
    doubts = 0
    with paged() as terminal:
        for unsure in found:
            print_unsure(unsure, terminal)
            doubts += len(unsure.doubts)
        if doubts:
            store = "STORE" if given == "-" else spelt_out(shlex.quote(given))
            terminal.print(
                f"\nmake a phrase of a line: cleancopy phrases new PUBLISHER --from {store} ID:LINE",
                highlight=False,
                markup=False,
                soft_wrap=True,
            )
