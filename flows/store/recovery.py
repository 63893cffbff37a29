"""What a run finds when it opens a store: commits that died half-way are finished or dropped."""

from collections.abc import Mapping, Sequence

from flows.store.errors import DamagedError
from flows.store.parts import FOLDERS, LocalParts, Part


def recover(parts: LocalParts, registered: Sequence[Part]) -> None:
    """Make what is visible be what is registered, neither more nor less.

    A registered part that is still staged is revealed, a staged one that is not registered is dropped, and a folder
    that was to take another's place does so if its parts are the registered ones.

    Raises:
        DamagedError: a registered part is missing or has another size, or a file is there that was never committed.
    """
    for folder in FOLDERS:
        mine = {part.name: part for part in registered if part.folder == folder}
        if _are(mine, parts.next(folder)):
            parts.exchange(folder)
        visible, staged = parts.visible(folder), parts.staged(folder)
        for name, part in mine.items():
            if name not in visible and staged.get(name) == part.size:
                parts.reveal(part)
        visible = parts.visible(folder)
        for name in sorted(mine.keys() | visible.keys()):
            if name not in mine or name not in visible or visible[name] != mine[name].size:
                raise DamagedError(
                    parts.out / folder / name, _complaint(mine.get(name), visible.get(name)), parts.out
                )
        parts.drop_next(folder)
    parts.drop_staged()


def _are(registered: Mapping[str, Part], found: Mapping[str, int] | None) -> bool:
    return {name: part.size for name, part in registered.items()} == found


def _complaint(part: Part | None, size: int | None) -> str:
    if part is None:
        return "was not committed by this store"
    if size is None:
        return "was committed, and is missing"
    return f"has {size} bytes, {part.size} were committed"
