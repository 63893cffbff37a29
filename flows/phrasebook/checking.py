"""Phrase files checked as loading checks them, and further: what loads but is of no use, or does harm."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from cleaners.document import Document
from cleaners.errors import CleancopyError, PhraseFileError
from cleaners.folding import key
from cleaners.layout import read_paragraphs
from cleaners.phrases.attribution import attribute, languages_of
from cleaners.phrases.library import Hit, Library
from cleaners.phrases.phrase import Phrase
from cleaners.phrases.reading import PhraseFile, Publisher, check_examples, read_file


class Complaint(msgspec.Struct, frozen=True):
    """One line for a person, which begins with file and line; `fatal` where the file cannot be loaded."""

    message: str
    fatal: bool


def check(given: Sequence[str], library: Library) -> tuple[int, list[Complaint]]:
    """Check phrase files beside a library that they are to be added to.

    Args:
        given: files, and folders of `*.yaml`.
        library: the built-in phrases.

    Returns:
        How many phrases were read, and the complaints, file by file.

    Raises:
        CleancopyError: something given is not there, or a folder holds no phrase file.
    """
    complaints: list[Complaint] = []
    phrases: dict[str, Phrase] = {}
    publishers = dict(library.publishers)
    number = 0
    for path in _files(given):
        try:
            file = read_file(path)
        except PhraseFileError as error:
            complaints.append(Complaint(str(error), fatal=True))
            continue
        number += len(file.phrases)
        if file.publisher:
            publishers[file.publisher.domain] = file.publisher
        complaints += _read(file, phrases)
    complaints += _warnings(phrases, library, publishers.values())
    return number, complaints


def working(line: str, phrase: Phrase, library: Library) -> list[Hit]:
    """What a whole library finds in a line of the phrase's own publisher, or of its own language."""
    document = Document(text=line, publisher=phrase.publisher, language=None if phrase.publisher else phrase.owner)
    _, hits = attribute(document, library.find(read_paragraphs(line)), library)
    languages = languages_of(document)
    return [hit for hit in hits if hit.phrase.publisher or languages is None or hit.phrase.owner in languages]


def _files(given: Iterable[str]) -> Iterator[Path]:
    for name in given:
        path = Path(name)
        files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        if not files:
            raise CleancopyError(f"{name}: no phrase files (*.yaml) there")
        yield from files


def _read(file: PhraseFile, phrases: dict[str, Phrase]) -> Iterator[Complaint]:
    """The fatal complaints; the phrases that have none are added to `phrases`."""
    for phrase in file.phrases:
        try:
            check_examples(phrase, double=phrases.get(phrase.id))
        except PhraseFileError as error:
            yield Complaint(str(error), fatal=True)
        else:
            phrases[phrase.id] = phrase


def _warnings(phrases: dict[str, Phrase], library: Library, publishers: Iterable[Publisher]) -> Iterator[Complaint]:
    together = Library(({p.id: p for p in library.phrases} | phrases).values(), publishers)
    for phrase in phrases.values():
        for warning in (*_harm(phrase, together), *_double(phrase, together), *_unreachable(phrase, together)):
            yield Complaint(f"{phrase.place}: {phrase.id} {warning}", fatal=False)
    for phrase in together.phrases:
        for line in phrase.keeps if phrase.id not in phrases else ():
            for hit in working(line, phrase, together):
                if hit.phrase.id in phrases:
                    yield Complaint(
                        f"{hit.phrase.place}: {hit.phrase.id} takes what {phrase.id} must keep: {line!r}", fatal=False
                    )


def _harm(phrase: Phrase, library: Library) -> Iterator[str]:
    for line in phrase.keeps:
        for hit in working(line, phrase, library):
            yield f"must keep {line!r}, which {hit.phrase.id} takes"


def _double(phrase: Phrase, library: Library) -> Iterator[str]:
    for other in library.phrases:
        same_owner = other.id != phrase.id and other.owner == phrase.owner
        if same_owner and other.where in {phrase.where, "anywhere"} and key(other.text) == key(phrase.text):
            yield f"says the same as {other.id}"


def _unreachable(phrase: Phrase, library: Library) -> Iterator[str]:
    """Whether another phrase of the same file takes each of its lines, or none of them is found in the library."""
    found = [{hit.phrase.id: hit for hit in working(line, phrase, library)} for line in phrase.matches]
    if not all(phrase.id in hits for hits in found):
        yield "is not found in its own lines once all phrases are together: is its publisher known by another domain?"
        return
    others = set.intersection(*(set(hits) for hits in found)) - {phrase.id}
    for other in sorted(others):
        hit = found[0][other]
        if hit.phrase.owner == phrase.owner and key(hit.phrase.text) != key(phrase.text):
            yield f"is never needed: {other} takes each of its lines"
