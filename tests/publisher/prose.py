"""What invented stories are made of, by language: `prose.toml`, read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Language:
    """Pieces of stories; each sentence names a `{place}` or a `{name}` that only one story has.

    Attributes:
        corrections: what a corrected story begins with in place of its first sentence.
        things: stand for `{thing}`, where nominative and accusative are wanted and no preposition melts into the
            article.
        firsts, lasts: the names of authors.
        joint: stands between two sentences.
    """

    titles: list[str]
    sentences: list[str]
    corrections: list[str]
    things: list[str]
    days: list[str]
    tags: list[str]
    firsts: list[str]
    lasts: list[str]
    joint: str


SYLLABLES: dict[str, list[list[str]]] = _SAID.pop("syllables")
LANGUAGES = {code: Language(**pieces) for code, pieces in _SAID.items()}
