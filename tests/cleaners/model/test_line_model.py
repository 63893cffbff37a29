"""The trained model as it comes with the project."""

from pathlib import Path

import msgspec
import pytest

import cleaners
from cleaners import load_model
from cleaners.document import Kind
from cleaners.errors import CleancopyError
from cleaners.layout import read_paragraphs
from cleaners.model.cues import load_cues
from cleaners.model.features import NAMES, Article
from cleaners.model.line_model import ModelFile, read_model

FILE = Path(cleaners.__file__).parent / "model" / "line_model.json"


def test_the_file_is_plain_json_of_features_that_are_known() -> None:
    model = msgspec.json.decode(FILE.read_bytes(), type=ModelFile)
    assert {split.feature for tree in model.trees for split in tree.splits} <= set(NAMES)
    assert 0.5 < model.threshold < 1


PROSE = "The council voted on Monday to close the old {} over the canal until its rusty railing is replaced, it said."
TEXT = "\n".join(
    [
        *["Home", "Sport", "Council closes the old bridge", "By Jane Doe", "3 May 2024, 10:15"],
        *[PROSE.format("bridge"), PROSE.format("footpath")],
        "Related stories",
        *["Another story about the lake to read", "Big story about the tower to read"],
        *["Sign in", "Privacy policy"],
    ]
)
TAKEN = {2: Kind.REPEATED_HEADLINE, 3: Kind.BYLINE, 4: Kind.DATELINE, 7: Kind.RELATED_LINK}


def test_scores_are_probabilities_and_reasons_come_with_the_sure_ones() -> None:
    article = Article(read_paragraphs(TEXT), TAKEN, frozenset({"en"}))
    [judged] = load_model().judge([article])
    assert [judgement.index for judgement in judged] == article.asked == [0, 1, 8, 9, 10, 11]
    assert all(0 <= judgement.score <= 1 for judgement in judged)
    sure = [judgement for judgement in judged if judgement.score >= load_model().threshold]
    assert {0, 11} <= {judgement.index for judgement in sure}
    assert all(bool(judgement.reason) == (judgement in sure) for judgement in judged)
    assert all(len(judgement.reason.split("), ")) == 3 for judgement in sure)


def test_an_article_that_is_all_prose_is_not_asked_about() -> None:
    assert load_model().judge([Article((), {}, None)]) == [[]]


def test_no_article_waits_for_the_cue_words_of_all_languages() -> None:
    load_model()
    missed = load_cues.cache_info().misses
    Article(read_paragraphs(TEXT), TAKEN, None)
    assert load_cues.cache_info().misses == missed


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": 1}', b"\xff"])
def test_a_file_that_is_no_model_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(CleancopyError, match=r"model\.json: not a line model"):
        read_model(path)


def test_a_file_that_is_missing_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CleancopyError, match="not a line model"):
        read_model(tmp_path / "none.json")
