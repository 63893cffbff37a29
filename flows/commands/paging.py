"""A pager for what is longer than the screen."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from flows.commands.terminal import console, until_nobody_reads

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def paged() -> Iterator["Console"]:
    """A terminal to print to; through `$PAGER`, or less, where standard output is one.

    What is printed goes to the pager at once, so it can be read before all of it is there.
    """
    terminal = console()
    command = _pager() if terminal.is_terminal and not terminal.is_dumb_terminal else None
    if command is None:
        with until_nobody_reads():
            yield terminal
        return
    # As git does: colours pass, what fits on the screen is not paged, and it stays there afterwards.
    settings = {"LESS": "FRX", **os.environ}
    with subprocess.Popen(  # noqa: S603 - the user's own choice of a program
        command, stdin=subprocess.PIPE, env=settings, encoding="utf-8", errors="backslashreplace"
    ) as pager:
        try:
            # Ctrl-C goes to the pager too, which lives on; BrokenPipeError: the reader has seen enough.
            with suppress(BrokenPipeError, KeyboardInterrupt):
                yield console(file=pager.stdin)
        finally:
            _wait_for(pager)


def _pager() -> list[str] | None:
    """The pager's command line; None where none is wanted (`PAGER=`) or there."""
    command = shlex.split(os.environ.get("PAGER", "less"))
    return command if command and shutil.which(command[0]) else None


def _wait_for(pager: "subprocess.Popen[str]") -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError):
            if pager.stdin is not None:
                pager.stdin.close()
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
