"""A walk over every file of the library: no phrase goes in without examples that the whole library agrees with."""

from collections import Counter

import pytest

from cleaners import load_phrases
from cleaners.document import Document
from cleaners.folding import key
from cleaners.layout import read_paragraphs
from cleaners.phrases.attribution import attribute, languages_of
from cleaners.phrases.library import Hit
from cleaners.phrases.phrase import Phrase

LIBRARY = load_phrases()
OWNERS = sorted({phrase.owner for phrase in LIBRARY.phrases})
LANGUAGES = [
    "ar", "bn", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "ta", "tr", "ur",
    "vi", "zh",
]  # fmt: skip


def of(owner: str) -> list[Phrase]:
    return [phrase for phrase in LIBRARY.phrases if phrase.owner == owner]


def working(line: str, phrase: Phrase) -> list[Hit]:
    """What the whole library finds in a line of the phrase's own publisher and language."""
    language = None if phrase.publisher else phrase.owner
    document = Document(text=line, publisher=phrase.publisher, language=language)
    _, hits = attribute(document, LIBRARY.find(read_paragraphs(line)), LIBRARY)
    spoken = languages_of(document)
    return [hit for hit in hits if hit.phrase.publisher or spoken is None or hit.phrase.owner in spoken]


@pytest.mark.parametrize("owner", OWNERS)
def test_each_phrase_is_found_by_the_whole_library_in_its_own_lines(owner: str) -> None:
    missed = [
        (phrase.id, example)
        for phrase in of(owner)
        for example in phrase.matches
        if phrase.id not in {hit.phrase.id for hit in working(example, phrase)}
    ]
    assert not missed


@pytest.mark.parametrize("owner", OWNERS)
def test_no_phrase_at_all_takes_a_line_that_must_stay(owner: str) -> None:
    taken = [
        (hit.phrase.id, example)
        for phrase in of(owner)
        for example in phrase.keeps
        for hit in working(example, phrase)
    ]
    assert not taken


@pytest.mark.parametrize("owner", OWNERS)
def test_no_file_says_the_same_twice(owner: str) -> None:
    counted = Counter((key(phrase.text), phrase.where) for phrase in of(owner))
    assert not [text for (text, _), number in counted.items() if number > 1]


def test_all_languages_of_the_plan_have_a_file() -> None:
    assert [owner for owner in OWNERS if "." not in owner] == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_at_least_25_phrases_over_most_kinds(language: str) -> None:
    phrases = of(language)
    assert len(phrases) >= 25
    assert len({phrase.kind for phrase in phrases}) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_common_phrase_has_words_enough_not_to_be_a_line_of_an_article(language: str) -> None:
    """One that is a slot and little else would take anything; ideographs, and the sign ©, say more in less."""
    least = 2 if language in {"ja", "ko", "zh"} else 4
    words = {p.id: "".join(p.pattern.pieces).replace(" ", "") for p in of(language)}
    assert not [name for name, said in words.items() if len(said) < least and said != "©"]
