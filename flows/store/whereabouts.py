"""Where the state of a store is: in its folder, or elsewhere, which a note in the folder says from then on.

Without the note, a command that is not told of the other place would find no state, and a repair would make a second
one. The note is told, not followed: a copy of the folder has it, too, and the state counts only one of the two.
"""

from pathlib import Path

from flows.feeds.rewriting import rewrite
from flows.store.disk import writing
from flows.store.errors import StoreError
from flows.store.state import STATE, State

NOTE = "state.url"


def state_of(out: Path | str, url: str | None) -> State:
    """The state of the store at a folder or URL.

    Args:
        out: the folder or URL, as `place_of` gives it.
        url: where the state is, if that was said.

    Raises:
        StoreError: it was not said and is not in the folder.
    """
    if url is None and not isinstance(out, Path):
        raise StoreError(f"{out}: a state cannot be in object storage; --state says where it is")
    if url is None and isinstance(out, Path) and (noted := noted_address(out)):
        raise StoreError(f"{out}: its state is elsewhere: --state {noted}")
    return State(out, url)


def is_at_home(state: State) -> bool:
    """Whether a state is the file of the usual name in its store's folder."""
    path = state.database.path
    return path is not None and isinstance(state.out, Path) and path.resolve() == (state.out / STATE).resolve()


def note_state(state: State) -> None:
    """Write down in a store's folder where its state is, unless that is in the folder, too.

    Raises:
        CleancopyError: the folder cannot be written.
    """
    if not isinstance(state.out, Path):
        return
    note = state.out / NOTE
    if is_at_home(state):
        with writing(note):
            note.unlink(missing_ok=True)
    else:
        rewrite(note, lambda _: f"{state.database.address}\n".encode())


def noted_address(out: Path) -> str | None:
    """Where a store's state is, by the note in its folder; None without one."""
    try:
        return (out / NOTE).read_text(encoding="utf-8", errors="replace").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{out / NOTE}: cannot be read: {error.strerror}") from error
