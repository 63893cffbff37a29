"""What the commands share: exit codes, one-line complaints, and an output that may end early."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

import typer

from cleaners.errors import CleancopyError
from flows.failing import is_stop
from flows.inspection.spelling import spelt_out
from flows.redacting import redacted
from flows.watching.aside import say_aside

if TYPE_CHECKING:
    from rich.console import Console

DONE, SET_ASIDE, WRONG_USAGE, STOPPED = 0, 1, 2, 3


def complain(problem: object) -> None:
    """One line on standard error, whatever line breaks, escape sequences and passwords what it speaks of holds."""
    one_line = spelt_out(redacted("\\n".join(str(problem).splitlines())))
    say_aside(f"cleancopy: {one_line}")


def code_of(error: BaseException) -> int:
    """What a command leaves with that an error ends: 2 where it was asked for what cannot be, else 3."""
    return WRONG_USAGE if isinstance(error, CleancopyError) and not is_stop(error) else STOPPED


def write_json(value: object) -> None:
    """A value as a line on standard output, for scripts."""
    import msgspec  # noqa: PLC0415 - most of what is said is said to people

    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


def say(message: str) -> None:
    """A line on standard output, as safe for a terminal as a complaint."""
    with until_nobody_reads():
        typer.echo(spelt_out(message))


@contextmanager
def until_nobody_reads() -> Iterator[None]:
    """End quietly when the reader of our output has seen enough (`| head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()


def discard_output() -> None:
    """Python would complain once more when it closes standard output on leaving."""
    with suppress(OSError):  # it is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def console(*, stderr: bool = False, file: IO[str] | None = None) -> "Console":
    """A terminal to print to: standard output, standard error, or a file that leads to one, as a pager does."""
    from rich.console import Console  # noqa: PLC0415 - `clean -` does without

    class Quiet(Console):
        """Leaves it to `until_nobody_reads` what to do when nobody reads on; rich's own exits with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Quiet(stderr=stderr, file=file, force_terminal=True if file else None)
