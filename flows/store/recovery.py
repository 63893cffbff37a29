"""What a run finds when it opens a store: commits that died half-way are finished or dropped."""

from collections.abc import Mapping, Sequence

from flows.store.errors import DamagedError
from flows.store.parts import FOLDERS, Folder, LocalParts, Part


def recover(
    parts: LocalParts, registered: Mapping[Folder, Sequence[Part]], rewritten: Mapping[Folder, str | None]
) -> None:
    """Make what is visible be what is registered, neither more nor less.

    A registered part that is still staged is revealed, a staged one that is not registered is dropped, and a folder
    that was to take another's place does so if its run is the one that the state says wrote it.

    Args:
        parts: the store's folders.
        registered: the parts that are committed, by folder.
        rewritten: the runs that last wrote the folders anew.

    Raises:
        DamagedError: a registered part is missing or has another size, or a file is there that was never committed.
    """
    for folder in FOLDERS:
        if rewritten[folder] is not None and parts.next_by(folder) == rewritten[folder]:
            parts.exchange(folder)
        mine = {part.name: part for part in registered[folder]}
        visible, staged = parts.visible(folder), parts.staged(folder)
        for name, part in mine.items():
            if name not in visible and staged.get(name) == part.size:
                parts.reveal(part)
        visible = parts.visible(folder)
        for name in sorted(mine.keys() | visible.keys()):
            if name not in mine or name not in visible or visible[name] != mine[name].size:
                complaint = _complaint(mine.get(name), visible.get(name))
                raise DamagedError(parts.out / folder / name, complaint, parts.out)
        parts.drop_next(folder)
    parts.drop_staged()


def _complaint(part: Part | None, size: int | None) -> str:
    if part is None:
        return "was not committed by this store"
    if size is None:
        return "was committed, and is missing"
    return f"has {size} bytes, {part.size} were committed"
