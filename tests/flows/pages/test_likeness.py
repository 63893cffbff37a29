import time

import pytest

from flows.pages.likeness import share, shingles, size, topics


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n.,", 0),
        ("One, two.\nThree", 3),
        ("月曜日、船が遅れた。", 4),
        ("The 船 came", 2),
        ("паром опоздал", 2),
    ],
)
def test_size_is_in_words(text: str, words: int) -> None:
    assert size(text) == words


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("", set()),
        ("It was the ferry again", {"ferry", "again"}),
        ("Fährverbindungen, Fährverbindung", {"fährve"}),
        ("船が遅れた", {"船が", "が遅", "遅れ", "れた"}),
        ("パン Brot", {"パン"}),
    ],
)
def test_topics_are_stems_of_longer_words_and_pairs_of_characters(text: str, about: set[str]) -> None:
    assert topics(text) == about


def test_shingles_are_all_runs_of_four_words() -> None:
    assert shingles("") == set()
    assert shingles("One, two") == {("one", "two")}
    assert shingles("one two three four five") == {("one", "two", "three", "four"), ("two", "three", "four", "five")}


def test_share_is_of_the_first() -> None:
    assert share(frozenset("ab"), frozenset("bcdef")) == 0.5
    assert share(frozenset(), frozenset("a")) == 1


def test_time_grows_with_the_length() -> None:
    started = time.process_time()
    for piece in ("a", "a ", "船", "船a"):
        size(piece * 200_000)
        topics(piece * 200_000)
        shingles(piece * 200_000)
    assert time.process_time() - started < 5
