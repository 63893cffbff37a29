"""`cleancopy config`: what the commands go by, and who says so."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flows.commands.options import (
    AsJson,
    Direct,
    Disable,
    Engine,
    Feeds,
    KeepRaw,
    Out,
    Phrases,
    Quiet,
    Scheduler,
    State,
    StripDatelines,
    Updates,
    Wait,
    Workers,
)
from flows.commands.terminal import DONE, say, until_nobody_reads, write_json

if TYPE_CHECKING:
    from flows.settings import Said

SHOW_EXAMPLES = """\b
Examples:
  cleancopy config show
  CLEANCOPY_OUT=/srv/news cleancopy config show --wait
"""
# Elsewhere `--out` is something else: a new store, a folder for what is restored.
_WRITING = {"clean", "ingest", "config"}

app = typer.Typer(name="config", rich_markup_mode=None, help="What the commands go by.")


@app.command("show", epilog=SHOW_EXAMPLES)
def show(
    context: typer.Context,
    out: Out = None,
    feeds: Feeds = None,
    phrases: Phrases = None,
    disable: Disable = None,
    strip_datelines: StripDatelines = False,
    updates: Updates = "append",
    wait: Wait = False,
    state: State = None,
    engine: Engine = "processes",
    workers: Workers = None,
    scheduler: Scheduler = None,
    keep_raw: KeepRaw = False,
    direct: Direct = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Show every setting, its value, and where that comes from: the command line, the environment, a file, nobody.

    Options are taken as the other commands take them.
    """
    import msgspec  # noqa: PLC0415

    from flows.redacting import redacted  # noqa: PLC0415
    from flows.settings import Said, Settings, read_settings  # noqa: PLC0415

    found = {name: Said(value, "default") for name, value in msgspec.structs.asdict(Settings()).items()}
    found |= read_settings(os.environ)
    given = {
        "out": out,
        "feeds": feeds,
        "phrases": phrases,
        "disable": disable,
        "strip_datelines": strip_datelines,
        "updates": updates,
        "wait": wait,
        "state": state,
        "engine": engine,
        "workers": workers,
        "scheduler": scheduler,
        "keep_raw": keep_raw,
        "direct": direct,
        "quiet": quiet,
    }
    found |= {name: Said(value, "command line") for name, value in given.items() if is_given(context, name)}
    found |= _fetching(found["feeds"].value)
    with until_nobody_reads():
        for name, said in found.items():
            value = redacted(said.value) if isinstance(said.value, str) else said.value
            if as_json:
                write_json({"name": name, "value": value, "origin": said.origin})
            else:
                say(f"{name:<22} {msgspec.json.encode(value).decode():<24} {said.origin}")
    return DONE


def _fetching(feeds: str | None) -> "dict[str, Said]":
    """How to fetch, which is said in the list of feeds."""
    import tomllib  # noqa: PLC0415

    import msgspec  # noqa: PLC0415

    from flows.commands.subscribing import list_path  # noqa: PLC0415
    from flows.feeds.subscriptions import Subscriptions, read_subscriptions  # noqa: PLC0415
    from flows.settings import Said  # noqa: PLC0415

    path = list_path(feeds)
    is_there = path.exists()
    fetch = (read_subscriptions(path) if is_there else Subscriptions()).fetch
    said = tomllib.loads(path.read_text(encoding="utf-8")).get("fetch", {}) if is_there else {}
    return {
        f"fetch.{name}": Said(value, f"{path} [fetch]" if name in said else "default")
        for name, value in msgspec.structs.asdict(fetch).items()
    }


def is_given(context: typer.Context, name: str) -> bool:
    """Whether the command line itself says an option."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def apply_settings(context: typer.Context) -> None:
    """Let the commands go by the environment and the file, where the command line says nothing.

    Raises:
        SettingsError: something in them is no setting of ours.
    """
    from flows.settings import FILE, PREFIX, read_settings  # noqa: PLC0415 - most starts have none

    if Path(FILE).exists() or any(name.startswith(PREFIX) for name in os.environ):
        values = {name: said.value for name, said in read_settings(os.environ).items()}
        context.default_map = _defaults(context.command, values, is_writing=False)


def _defaults(command: Any, values: Mapping[str, Any], *, is_writing: bool) -> dict[str, Any]:  # noqa: ANN401 - typer's own
    """The values of a command's options, or those of all commands of a group by their names."""
    if commands := getattr(command, "commands", None):
        return {
            name: _defaults(each, values, is_writing=is_writing or name in _WRITING)
            for name, each in commands.items()
        }
    return {name: value for name, value in values.items() if name != "out" or is_writing}
