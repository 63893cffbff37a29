"""Which phrases a person asked for, and how they are told."""

from collections.abc import Iterator, Mapping

import msgspec

from cleaners.document import Kind
from cleaners.folding import key
from cleaners.phrases.library import Library
from cleaners.phrases.phrase import Phrase


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase must be of this publisher, language and kind, and have these words; None asks for nothing."""

    publisher: str | None = None
    language: str | None = None
    kind: Kind | None = None
    text: str | None = None


def select(library: Library, wanted: Wanted) -> Iterator[Phrase]:
    """The phrases that are wanted, by id. A publisher may be given by a name that the library knows."""
    publisher = library.resolve(wanted.publisher) if wanted.publisher else None
    for phrase in library.phrases:
        if (
            (publisher is None or phrase.publisher == publisher)
            and (wanted.language is None or (phrase.publisher is None and phrase.owner == wanted.language))
            and (wanted.kind is None or phrase.kind is wanted.kind)
            and (wanted.text is None or key(wanted.text) in key(phrase.text))
        ):
            yield phrase


def told(phrase: Phrase) -> Mapping[str, object]:
    """All that is known of a phrase, in the order of a phrase file's keys."""
    return {
        "id": phrase.id,
        "kind": str(phrase.kind),
        "action": f"move: {phrase.moves_to}" if phrase.moves_to else phrase.action,
        "text": phrase.text,
        "where": phrase.where,
        "seen": phrase.seen,
        "works_on": _works_on(phrase),
        "matches": list(phrase.matches),
        "keeps": list(phrase.keeps),
        "place": phrase.place,
    }


def _works_on(phrase: Phrase) -> str:
    if phrase.publisher is None:
        return f"whole lines of texts in {phrase.owner}, and of texts whose language is not known"
    if phrase.names_publisher:
        return f"sentences of any text, since it names {phrase.publisher}"
    return f"sentences of texts of {phrase.publisher}"
