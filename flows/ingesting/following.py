"""What the subscriptions file is told of feeds that are gone, or have moved for good."""

from datetime import date
from pathlib import Path

from cleaners.errors import CleancopyError
from flows.feeds.editing import move_feed, switch_off
from flows.store.sightings import rename_feed
from flows.store.store import Store


def switch_off_gone(path: Path, url: str, day: date) -> str | None:
    """Switch a feed off that is gone since a day; None, or why the file could not be written."""
    try:
        switch_off(path, url, f"gone (410) since {day:%Y-%m-%d}")
    except CleancopyError as error:
        return str(error)
    return None


def follow_move(path: Path, store: Store, old: str, new: str) -> str:
    """Write a feed's new address into the file, and know it by that; what to tell of it."""
    try:
        move_feed(path, old, new)
    except CleancopyError as error:
        # A file that may not be written: the state knows what happened all the same.
        return str(error)
    with store.state.begin() as connection:
        rename_feed(connection, old, new)
    return f"moved for good to {new}"
