"""The files of cue words: what the line classifier may rely on when it reads them."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

import cleaners
from cleaners.folding import fold, squeeze
from cleaners.model.cues import AT_START, GROUPS, INSIDE, load_cues

FILES = sorted((Path(cleaners.__file__).parent / "model" / "cues").glob("*.yaml"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


@pytest.fixture
def cues(path: Path) -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def test_there_are_files_and_one_counts_for_every_language() -> None:
    assert {"any", "en"} <= {path.stem for path in FILES}


def test_groups_are_known_ones(cues: dict[str, list[str]]) -> None:
    assert set(cues) <= set(GROUPS)


def test_a_language_fills_ten_groups(path: Path, cues: dict[str, list[str]]) -> None:
    """`any` has what no language owns, so some groups cannot be in it."""
    assert path.stem == "any" or len(cues) >= 10


def test_no_group_is_empty(cues: dict[str, list[str]]) -> None:
    assert [group for group, words in cues.items() if not words] == []


def test_cues_are_text(cues: dict[str, list[str]]) -> None:
    """YAML reads a bare `no`, `on` or `12` as something else."""
    assert [cue for words in cues.values() for cue in words if not isinstance(cue, str)] == []


def test_cues_are_written_as_they_are_matched(cues: dict[str, list[str]]) -> None:
    assert [cue for words in cues.values() for cue in words if cue != squeeze(fold(cue)) or not cue] == []


def test_no_cue_stands_twice_within_a_language(cues: dict[str, list[str]]) -> None:
    counts = Counter(cue for words in cues.values() for cue in words)
    assert [cue for cue, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("line", "language", "found"),
    [
        ("sign up for our newsletter", "en", {"subscribe": AT_START}),
        ("the council's newsletter", "en", {"subscribe": INSIDE}),
        ("newsletters2go", "en", {}),
        ("abonnieren sie uns", "en", {}),
        ("folge uns auf instagram", "de", {"follow": AT_START}),
        ("点击下载客户端", "zh", {"app": AT_START}),
        ("\ud800 newsletter", "en", {"subscribe": INSIDE}),
    ],
)
def test_a_cue_counts_as_a_whole_word_of_the_texts_language(line: str, language: str, found: dict[str, int]) -> None:
    said = load_cues(frozenset({language})).find(line).groups
    assert {group: place for group, place in said.items() if group in found} == found
    assert found or not said


def test_without_a_language_every_languages_cues_count() -> None:
    assert "subscribe" in load_cues(None).find("jetzt newsletter abonnieren").groups
