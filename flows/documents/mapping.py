"""Field names: which of an input's own names stands for which field of ours."""

from collections.abc import Mapping
from typing import Any

from cleaners.errors import CleancopyError

FIELDS = (
    "text", "id", "url", "publisher", "language", "title", "summary", "authors", "section", "tags", "image",
    "date_published", "date_modified",
)  # fmt: skip
"""The fields that a row can give."""


class MappingError(CleancopyError):
    """A mapping of field names cannot be used; nothing was done."""


def parse_mapping(given: str) -> dict[str, str]:
    """Our field names and the input's, from text.

    >>> parse_mapping("text=body,title=headline.main")
    {'text': 'body', 'title': 'headline.main'}

    Raises:
        MappingError: a part is not `OURS=THEIRS`, or names a field that we do not have, or one twice.
    """
    mapping: dict[str, str] = {}
    for part in given.split(","):
        ours, equals, theirs = (piece.strip() for piece in part.partition("="))
        if not (ours and equals and theirs):
            raise MappingError(f"{given!r}: {part!r} is not OURS=THEIRS, as in text=body,title=headline")
        if ours not in FIELDS:
            raise MappingError(f"{given!r}: no field {ours!r}; there are {', '.join(FIELDS)}")
        if ours in mapping:
            raise MappingError(f"{given!r}: {ours!r} is named twice")
        mapping[ours] = theirs
    return mapping


def split_row(row: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row's values under our field names, and all else that it holds under its own.

    Args:
        row: a row as it came.
        fields: our names and the row's. A name with dots is a key of the row, or else a path into nested objects.
            What is not mapped keeps its name; a row's own `text` is no text where another name is mapped to it.
    """
    known: dict[str, Any] = {}
    beyond = dict(row)
    for ours in FIELDS:
        path = _path(row, fields[ours]) if ours in fields else (ours,) if ours in row else ()
        if len(path) == 1:
            known[ours] = row[path[0]]
            beyond.pop(path[0], None)
        elif path:
            known[ours] = _found(row, path)
            beyond = _without(beyond, path)
    return known, beyond


def _path(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The keys that lead to the value under a name that is mapped; none where there is no such value."""
    if name in row:
        return (name,)
    keys = tuple(name.split("."))
    value: Any = row
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return ()
        value = value[key]
    return keys


def _found(row: Mapping[str, Any], path: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON is anything
    value: Any = row
    for key in path:
        value = value[key]
    return value


def _without(row: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The row less the value at the end of the path, which a path to the same value may already have taken."""
    key, *rest = path
    if key not in row:
        return row
    kept = {name: value for name, value in row.items() if name != key}
    return {**kept, key: _without(row[key], tuple(rest))} if rest else kept
