"""A draft of a phrase from a line that should go; a person writes what must stay."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cleaners.document import Kind
from cleaners.errors import CleancopyError
from cleaners.folding import key
from cleaners.phrases.library import Library
from cleaners.phrases.phrase import Where
from cleaners.phrases.reading import PLACEHOLDER, Publisher, read_file

_FLAGGED = {Kind.AFFILIATE_SPONSORED_DISCLOSURE, Kind.CORRECTION_NOTE, Kind.EDITORS_NOTE}
_DOMAIN = re.compile(r"[^\W_A-Z][^\sA-Z/\\]*\.[^\sA-Z/\\.]+")
_CHANGING = (
    (re.compile(r"(?:https?://|www\.)[^\s{}]+"), "url", 120),
    (re.compile(r"[^\s{}]+@[^\s{}]+\.\w+"), "address", 60),
    (re.compile(r"\b(?:19|20)\d\d\b"), "year", 4),
)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase as far as a machine can write it; `line` is None where even the text is left to a person."""

    line: str | None
    kind: Kind
    where: Where = "anywhere"


def guess_kind(line: str, library: Library) -> Kind:
    """The kind of the phrase that shares most words with a line; `ui_junk` where none shares any."""
    words = set(key(line).split())
    best, kind = 0.0, Kind.UI_JUNK
    for phrase in library.phrases:
        others = set("".join(phrase.pattern.pieces).split())
        share = len(words & others) / len(words | others) if words | others else 0.0
        if share > best:
            best, kind = share, phrase.kind
    return kind


def guess_where(line: int, lines: int) -> Where:
    """Head or tail for a line, counted from 1, in the first or the last quarter of the lines."""
    if line * 4 <= lines:
        return "head"
    return "tail" if line * 4 > 3 * lines else "anywhere"


def write(draft: Draft, publisher: Publisher, folder: Path) -> tuple[Path, str]:
    """Add a draft to the publisher's file in a folder, or begin that file.

    Returns:
        The file, and the new phrase's id.

    Raises:
        CleancopyError: the line cannot be written, or the file cannot be read or added to; it is then as it was.
    """
    domain = publisher.domain
    if not _DOMAIN.fullmatch(domain):
        raise CleancopyError(f"publisher {domain!r}: a domain in small letters, as example.org")
    path = folder / f"{domain}.yaml"
    taken = {phrase.id.partition("/")[2] for phrase in read_file(path).phrases} if path.exists() else set()
    identity = _free(str(draft.kind).replace("_", "-"), taken)
    before = path.read_text(encoding="utf-8") if path.exists() else _heading(publisher)
    after = before.rstrip("\n") + "\n" + _phrase(draft, identity)
    # Not *.yaml: whoever loads the folder meanwhile must not see it.
    draft_file = path.with_suffix(".yaml.draft")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft_file.write_text(after, encoding="utf-8")
        if len(read_file(draft_file).phrases) != len(taken) + 1:
            raise CleancopyError(f"{path}: its phrases are not a list at its end; add the phrase by hand")
        draft_file.replace(path)
    except UnicodeEncodeError as error:
        raise CleancopyError("the line holds half a character (a lone surrogate), which no file can hold") from error
    except OSError as error:
        raise CleancopyError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        draft_file.unlink(missing_ok=True)
    return path, f"{domain}/{identity}"


def _heading(publisher: Publisher) -> str:
    names = ", ".join(map(_quoted, publisher.names or (publisher.domain,)))
    lines = [f"publisher: {_quoted(publisher.domain)}", f"names: [{names}]"]
    if publisher.country:
        lines.append(f"country: {_quoted(publisher.country)}")
    return "\n".join([*lines, "phrases:"])


def _phrase(draft: Draft, identity: str) -> str:
    line = draft.line if draft.line is not None else f"{PLACEHOLDER}: the line as it stands in an article"
    text = _with_slots(line) if draft.line is not None else f"{PLACEHOLDER}: the words that never change"
    lines = [f"  - id: {identity}", f"    kind: {draft.kind}"]
    if draft.kind in _FLAGGED:
        lines.append("    action: flag")
    lines.append(f"    text: {_quoted(text)}")
    if draft.where != "anywhere":
        lines.append(f"    where: {draft.where}")
    keeps = f"{PLACEHOLDER}: a line of news that comes close and must stay"
    lines += ["    matches:", f"      - {_quoted(line)}", "    keeps:", f"      - {_quoted(keeps)}"]
    return "\n".join(lines) + "\n"


def _with_slots(line: str) -> str:
    """The line with a slot for each address and year, the braces that are its own doubled."""
    text = line.replace("{", "{{").replace("}", "}}")
    for changing, name, limit in _CHANGING:
        found = iter(range(1, len(text)))
        text = changing.sub(lambda _, name=name, limit=limit, found=found: _slot(name, next(found), limit), text)  # type: ignore[misc]
    return text


def _slot(name: str, number: int, limit: int) -> str:
    return f"{{{name}{number if number > 1 else ''}:{limit}}}"


def _free(name: str, taken: Iterable[str]) -> str:
    names = set(taken)
    numbered = (f"{name}-{number}" for number in range(2, len(names) + 3))
    return next(candidate for candidate in (name, *numbered) if candidate not in names)


def _quoted(text: str) -> str:
    """A YAML scalar in double quotes: JSON is one."""
    return json.dumps(text, ensure_ascii=False)
