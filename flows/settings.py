"""Settings: what commands go by where the command line says nothing, from the environment or a file.

pydantic-settings, which comes with Prefect, would cost every start of a command 0.4 s, and does not tell who said it.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from cleaners.errors import CleancopyError
from flows.engines import EngineName
from flows.store.judging import Updates

FILE = "cleancopy.toml"
PREFIX = "CLEANCOPY_"
NAMES_FILE = f"{PREFIX}CONFIG"
"""The variable that names another file."""

# What Kubernetes tells the containers beside a Service named `cleancopy`; each command failed there.
_OF_A_SERVICE = re.compile(r"CLEANCOPY_(SERVICE_(HOST|PORT(_.*)?)|PORT(_.*)?)")
_Text = Annotated[str, Meta(min_length=1)]


class SettingsError(CleancopyError):
    """A setting that is not known, or has a value that it cannot have."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, with the values that they have if nobody says anything; each is an option of that name.

    Attributes:
        out: the store that `clean` and `ingest` write.
        feeds: the list of feeds; None: feeds.toml, or seeds/feeds.toml where only that is there.
        phrases: a folder of phrase files of one's own.
        disable: ids of phrases to leave out.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        updates: whether corrected articles become further versions.
        wait: wait for another run on the store to end.
        state: where the store's state is, if not in its folder.
        engine: what cleans documents.
        workers: how many processes do.
        scheduler: the address of Dask's scheduler.
        keep_raw: keep fetched pages as they came.
        direct: run without Prefect.
        quiet: no progress bar and no summary.
    """

    out: _Text | None = None
    feeds: _Text | None = None
    phrases: _Text | None = None
    disable: tuple[_Text, ...] = ()
    strip_datelines: bool = False
    updates: Updates = "append"
    wait: bool = False
    state: _Text | None = None
    engine: EngineName = "processes"
    workers: Annotated[int, Meta(ge=1)] | None = None
    scheduler: _Text | None = None
    keep_raw: bool = False
    direct: bool = False
    quiet: bool = False


class Said(msgspec.Struct, frozen=True):
    """A setting's value, and who says so: a file, a variable of the environment, the command line or nobody."""

    value: Any
    origin: str


def read_settings(environment: Mapping[str, str]) -> dict[str, Said]:
    """What the file and the environment say, by the setting's name; the environment wins.

    Raises:
        SettingsError: the file cannot be read, or something in it or in the environment is no setting of ours.
    """
    return _from_file(environment.get(NAMES_FILE)) | _from_environment(environment)


def _from_file(named: str | None) -> dict[str, Said]:
    path = Path(named or FILE)
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not named:
            return {}
        raise SettingsError(f"{path}: there is no such file, though {NAMES_FILE} names it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        found = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    return {name: Said(_checked(name, value, f"{path}: {name}"), str(path)) for name, value in found.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Said]:
    """Lists are parted by commas; an empty variable says nothing."""
    found = {}
    for variable, text in environment.items():
        is_ours = variable.startswith(PREFIX) and not _OF_A_SERVICE.fullmatch(variable)
        if is_ours and variable != NAMES_FILE and text:
            name = variable.removeprefix(PREFIX).lower()
            value = [each.strip() for each in text.split(",")] if name == "disable" else text
            found[name] = Said(_checked(name, value, variable, strict=False), variable)
    return found


def _checked(name: str, value: object, place: str, *, strict: bool = True) -> object:
    if name not in Settings.__struct_fields__:
        raise SettingsError(f"{place}: is no setting; there are {', '.join(Settings.__struct_fields__)}")
    try:
        return getattr(msgspec.convert({name: value}, Settings, strict=strict), name)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{place}: {str(error).partition(' - at ')[0]}") from error
