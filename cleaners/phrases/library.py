"""The phrase library: every phrase that is loaded, in one automaton."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

import msgspec
from ahocorasick_rs import AhoCorasick

from cleaners.errors import CleancopyError
from cleaners.folding import key, searchable
from cleaners.layout import Paragraph
from cleaners.phrases.phrase import Phrase
from cleaners.phrases.reading import PhraseFile, Publisher, check_examples, read_file

_BUILT_IN = Path(__file__).parent
# The automaton gives a list of all that it finds: in code points, how much is searched at a time.
_PIECE = 1_000_000


class Hit(msgspec.Struct, frozen=True):
    """A phrase found in a paragraph; `start` and `end` are offsets in the folded paragraph."""

    phrase: Phrase
    paragraph: Paragraph
    start: int
    end: int
    slots: Mapping[str, tuple[int, int]]


class Library:
    """Phrases and publishers, ready to be looked up; not changed once made.

    Attributes:
        phrases: all of them, sorted by id.
        publishers: by registrable domain.
        version: twelve hexadecimal digits, the same wherever the same phrases are loaded.
    """

    def __init__(self, phrases: Iterable[Phrase], publishers: Iterable[Publisher] = ()) -> None:
        self.phrases = tuple(sorted(phrases, key=lambda phrase: phrase.id))
        self.publishers = {publisher.domain: publisher for publisher in publishers}
        self.version = _version(self.phrases, self.publishers.values())
        self._domains = {key(name): p.domain for p in self.publishers.values() for name in p.names}
        anchors = _by_anchor(self.phrases)
        self._candidates = list(anchors.values())
        self._longest_anchor = max(map(len, anchors), default=0)
        self._automaton = AhoCorasick(anchors)

    def resolve(self, publisher: str) -> str:
        """The domain of a publisher given by domain or by a name the library knows; else what was given."""
        return self._domains.get(key(publisher), publisher)

    def country(self, publisher: str | None) -> str | None:
        """The ISO 3166 code of a publisher's country: its file's, else its country-code domain's."""
        if publisher is None:
            return None
        known = self.publishers.get(publisher)
        if known and known.country:
            return known.country
        suffix = publisher.rpartition(".")[2] if "." in publisher else ""
        return {"uk": "GB"}.get(suffix, suffix.upper()) if len(suffix) == len("uk") else None

    def find(self, paragraphs: Sequence[Paragraph]) -> list[Hit]:
        """Each place where a phrase stands, its publisher not yet considered; each phrase once a place."""
        if not self.phrases:
            return []
        lines = [paragraph.folded for paragraph in paragraphs]
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        hits: dict[tuple[str, int, int], Hit] = {}
        for candidates, at in self._anchored("\n".join(lines)):
            number = bisect_right(starts, at) - 1
            paragraph = paragraphs[number]
            for phrase in candidates:
                if not phrase.is_at_home(paragraph, len(paragraphs)):
                    continue
                match = phrase.match(paragraph, at - starts[number])
                if match:
                    hit = Hit(phrase, paragraph, match.start, match.end, match.slots)
                    hits.setdefault((phrase.id, number, match.start), hit)
        return list(hits.values())

    def _anchored(self, haystack: str) -> Iterator[tuple[list[Phrase], int]]:
        """The phrases to verify and where their anchor stands, by where it ends."""
        for begin in range(0, len(haystack), _PIECE):
            first = max(0, begin - self._longest_anchor)
            for number, start, end in self._search(haystack[first : begin + _PIECE]):
                if first + end > begin:
                    yield self._candidates[number], first + start

    def _search(self, piece: str) -> list[tuple[int, int, int]]:
        try:
            return self._automaton.find_matches_as_indexes(piece, overlapping=True)
        except UnicodeEncodeError:
            return self._search(searchable(piece))


def load_phrases(folder: Path | str | None = None, disable: Iterable[str] = ()) -> Library:
    """The built-in library, with a user's folder of `*.yaml` added and some phrases switched off.

    Args:
        folder: phrase files of one's own; a phrase there replaces the built-in one with the same id.
        disable: ids of phrases to leave out, as `mid-day.com/app-promo`.

    Raises:
        PhraseFileError: a file cannot be used; names file and line.
        CleancopyError: the folder holds no phrase file, or an id to disable is unknown.
    """
    left_out = tuple(disable)
    if folder is None and not left_out:
        return _built_in_library()
    built_in_phrases, built_in_publishers = _built_in()
    phrases, publishers = built_in_phrases.copy(), built_in_publishers.copy()
    if folder is not None:
        files = _read_folder(Path(folder))
        if not files:
            raise CleancopyError(f"{folder}: no phrase files (*.yaml) there")
        own_phrases, own_publishers = _merge(files)
        phrases |= own_phrases
        publishers |= own_publishers
    for name in left_out:
        if phrases.pop(name, None) is None:
            raise CleancopyError(f"cannot disable {name!r}: no phrase has this id")
    return Library(phrases.values(), publishers.values())


@cache
def _built_in() -> tuple[dict[str, Phrase], dict[str, Publisher]]:
    """The built-in phrases and publishers by id, read once: their files do not change under a process."""
    return _merge(_read_folder(_BUILT_IN))


@cache
def _built_in_library() -> Library:
    phrases, publishers = _built_in()
    return Library(phrases.values(), publishers.values())


def _read_folder(folder: Path) -> list[PhraseFile]:
    return [read_file(path) for path in sorted(folder.rglob("*.yaml"))]


def _merge(files: Iterable[PhraseFile]) -> tuple[dict[str, Phrase], dict[str, Publisher]]:
    """The files' phrases and publishers by id, each phrase tried on its own examples."""
    phrases: dict[str, Phrase] = {}
    publishers: dict[str, Publisher] = {}
    for file in files:
        if file.publisher:
            publishers[file.publisher.domain] = file.publisher
        for phrase in file.phrases:
            check_examples(phrase, double=phrases.get(phrase.id))
            phrases[phrase.id] = phrase
    return phrases, publishers


def _by_anchor(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Each phrase's longest literal, and the phrases to verify where it is found."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.pattern.anchor, []).append(phrase)
    return found


def _version(phrases: Iterable[Phrase], publishers: Iterable[Publisher]) -> str:
    """A digest of all that decides what the library does; examples and file places do not."""
    said = [(p.id, p.kind, p.action, p.moves_to, p.text, p.where) for p in phrases]
    known = sorted((p.domain, p.names, p.country) for p in publishers)
    return hashlib.sha256(msgspec.json.encode((said, known))).hexdigest()[:12]
