"""feedparser's values in the shape that is expected of them.

An element that it does not know lies under its own name: `<links>a</links>` is a text where a list should be.
"""

from collections.abc import Mapping
from typing import Any


def text(value: object) -> str | None:
    """A text without white space at its ends; None where it is empty or no text."""
    return value.strip() or None if isinstance(value, str) else None


def fields(value: object) -> dict[str, Any]:
    """An object, plain: feedparser's own give one field for another, and warn of it."""
    return dict(value) if isinstance(value, Mapping) else {}


def objects(value: object) -> list[dict[str, Any]]:
    """A list of objects, without what is none."""
    return [dict(item) for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
