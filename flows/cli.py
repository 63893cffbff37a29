"""The command line, thin: arguments in, plain functions called, exit codes out.

Exit codes: 0 all done, 1 some inputs set aside, 2 wrong usage or configuration, 3 stopped.
"""

import os
import signal
import sys
import traceback
import warnings
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cleaners.errors import CleancopyError
from flows.commands import cleaning, configuring, ingesting, keeping, looking, phrasing, restoring, subscribing
from flows.commands.terminal import STOPPED, WRONG_USAGE, code_of, complain, discard_output

# What typer makes of Ctrl-C.
_INTERRUPTED = 130

app = typer.Typer(
    name="cleancopy",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turn syndicated news into clean, normalised records, and always say what was taken out and why.",
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from flows.record import CLEANER_NAME, CLEANER_VERSION  # noqa: PLC0415 - nobody else needs it here

        print(f"{CLEANER_NAME} {CLEANER_VERSION}")  # noqa: T201
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback says it
        bool,
        typer.Option("--version", callback=lambda wanted: _version(wanted=wanted), help="Say which."),
    ] = False,
) -> None:
    """Turn syndicated news into clean, normalised records, and always say what was taken out and why."""
    configuring.apply_settings(context)


app.command(epilog=cleaning.EXAMPLES)(cleaning.clean)
app.command(epilog=ingesting.EXAMPLES)(ingesting.ingest)
app.command(epilog=restoring.EXAMPLES)(restoring.restore)
app.command(epilog=looking.INSPECT_EXAMPLES)(looking.inspect)
app.command(epilog=looking.SHOW_EXAMPLES)(looking.show)
app.command(epilog=keeping.RETRY_EXAMPLES)(keeping.retry)
app.command(epilog=keeping.RECLEAN_EXAMPLES)(keeping.reclean)
app.command(epilog=keeping.COMPACT_EXAMPLES)(keeping.compact)
app.command(epilog=keeping.REPAIR_EXAMPLES)(keeping.repair)
app.add_typer(phrasing.app)
app.add_typer(subscribing.app)
app.add_typer(configuring.app)


def main() -> NoReturn:
    """Run the command line and leave with its exit code; every error is one line on standard error."""
    _settle()
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
        if code == _INTERRUPTED:
            complain("stopped; what was committed stays")
            code = STOPPED
    except CleancopyError as error:
        complain(error)
        code = code_of(error)
    except typer.TyperException as error:
        complain(f"{error.format_message()} (see cleancopy --help)")
        code = WRONG_USAGE
    except OSError as error:
        # A full disk behind standard output; what the store writes is its own error.
        complain(f"stopped: {error.strerror or error}")
        discard_output()
        code = STOPPED
    except Exception as error:  # noqa: BLE001 - one line for a mistake of ours, too, with the place to look
        place = traceback.extract_tb(error.__traceback__)[-1]
        complain(f"stopped by a mistake in cleancopy: {error!r} at {Path(place.filename).name}:{place.lineno}")
        code = STOPPED
    sys.exit(code)


def _settle() -> None:
    """SIGTERM ends a command as Ctrl-C does, streams that were closed lead nowhere, libraries keep their warnings."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we run
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
