"""Where the parts of a store are: in a folder of this machine, or by URL elsewhere."""

from pathlib import Path

from flows.remote import is_remote
from flows.store.objects import ObjectParts
from flows.store.parts import LocalParts

Parts = LocalParts | ObjectParts


def parts_at(out: Path | str) -> Parts:
    """The parts of the store at a path or URL.

    Raises:
        PlaceError: the URL names no place that can be written.
    """
    return ObjectParts(str(out)) if is_remote(str(out)) else LocalParts(Path(out))


def place_of(out: Path | str) -> Path | str:
    """A path as such, a URL as text: a path would fold its slashes."""
    return str(out) if is_remote(str(out)) else Path(out)
