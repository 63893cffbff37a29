"""Names in feeds: of authors, without their addresses, and of what entries are about."""

import re
from collections.abc import Iterable

from cleaners.fields.byline_names import read_byline
from flows.pages.fragments import line_of

_LONGEST = 300
_MOST = 50
_LONGEST_TAG = 200
_MOST_TAGS = 100
ADDRESS = re.compile(r"(?:mailto:)?[^\s<>()\[\]@,;&]+@[^\s<>()\[\]@,;&]+", re.IGNORECASE)
"""An address of electronic mail, in plain text or in XML."""

_LEFT = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")


def names_of(texts: Iterable[object]) -> tuple[str, ...]:
    """The names in what a feed writes for its authors, each once."""
    names: dict[str, str] = {}
    for text in texts:
        name = name_of(text) if isinstance(text, str) else None
        for one in _each(name) if name else ():
            if len(names) < _MOST:
                names.setdefault(one.casefold(), one)
    return tuple(names.values())


def everybody_of(authors: Iterable[str], title: str | None) -> tuple[str, ...]:
    """The authors of all entries that name none, of those that a feed names; the paper's own name is no author's."""
    paper = (title or "").casefold()
    return tuple(name for name in authors if name.casefold() != paper)


def tags_of(names: Iterable[str | None]) -> tuple[str, ...]:
    """What an entry is about, each once; a name that is a URL tells a program something, not a reader."""
    tags = dict.fromkeys(
        name for name in names if name and len(name) <= _LONGEST_TAG and not name.startswith(("http://", "https://"))
    )
    return tuple(tags)[:_MOST_TAGS]


def _each(name: str) -> list[str]:
    """Those whom one name holds together: `Ann Example and Bea Sample`; it stays whole where that is not sure."""
    people = [value for field, value in read_byline(name) if field == "authors" and isinstance(value, str)]
    return people if len(people) > 1 else [name]


def name_of(text: str) -> str | None:
    """`a@example.org (Ann Example)` and `Ann Example <a@example.org>` are Ann Example; an address is no name."""
    text = " ".join(text[:_LONGEST].split())
    name = _LEFT.sub("", ADDRESS.sub("", text)).strip(" ,;")
    if "<" in name or "&" in name:
        name = line_of(name)
    if name.startswith("(") and name.endswith(")") and name.count("(") == 1:
        name = name[1:-1].strip()
    return None if not name or name.startswith(("http://", "https://")) else name
