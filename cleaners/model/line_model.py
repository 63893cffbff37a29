"""The trained line model: which lines that no rule knows are furniture, how surely, and why."""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from math import exp
from pathlib import Path
from struct import Struct

import msgspec
import numpy as np

from cleaners.errors import CleancopyError
from cleaners.model.cues import load_cues
from cleaners.model.features import NAMES, Article
from cleaners.model.reasons import in_words
from cleaners.model.trees import Tree, Trees
from cleaners.model.words import WORDS

_FILE = Path(__file__).parent / "line_model.json"
_pack_row = Struct(f"{len(NAMES)}d").pack
_IN_WORDS = [WORDS[name] for name in NAMES]
# So many lines are scored in one call: what is computed of them, 10 KB of each, fits the cache of a processor.
_AT_ONCE = 64


class ModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """The model as it is kept, in plain JSON. docs/model.md describes it.

    Attributes:
        version: twelve hexadecimal digits of all that decides; another training gives another.
        threshold: the score from which on a line is taken out.
        calibration: a and b of `1 / (1 + exp(-(a * sum + b)))`, which makes a score of the sum of the leaves.
        trees: their leaves are summed.
    """

    version: str
    threshold: float
    calibration: tuple[float, float]
    trees: tuple[Tree, ...]


class Judgement(msgspec.Struct, frozen=True):
    """What the model thinks of one line.

    Attributes:
        index: the paragraph's.
        score: how probable it is that the line is furniture or belongs in a field, from 0 to 1.
        reason: the features that speak for it most, and what each adds; empty for a line that
            is not likely enough to be told of.
    """

    index: int
    score: float
    reason: str


class LineModel:
    """The model, ready to judge."""

    def __init__(self, file: ModelFile) -> None:
        self.version = file.version
        self.threshold = file.threshold
        self._calibration = file.calibration
        self._trees = Trees(file.trees, NAMES)

    def judge(self, articles: Sequence[Article], reasons_from: float | None = None) -> list[list[Judgement]]:
        """For each article, a judgement on each line that it asks about, in order.

        A call of NumPy takes as long for ten lines as for fifty: the lines of several articles are scored together.

        Args:
            articles: the lines.
            reasons_from: the score from which on a judgement has reasons; the threshold if not said.
        """
        reasons_from = self.threshold if reasons_from is None else reasons_from
        asked = [(article, index) for article in articles for index in article.asked]
        judged: list[Judgement] = []
        for start in range(0, len(asked), _AT_ONCE):
            judged += self._judge(asked[start : start + _AT_ONCE], reasons_from)
        left = iter(judged)
        return [list(islice(left, len(article.asked))) for article in articles]

    def _judge(self, asked: Sequence[tuple[Article, int]], reasons_from: float) -> list[Judgement]:
        # Packed first: NumPy takes three times as long to look at each number.
        rows = b"".join([_pack_row(*article.row(index)) for article, index in asked])
        sums, leaves = self._trees.score(np.frombuffer(rows).reshape(len(asked), len(NAMES)))
        scores = [self._score(total) for total in sums.tolist()]
        told = [place for place, score in enumerate(scores) if score >= reasons_from]
        reasons = dict(zip(told, in_words(self._trees.reasons(leaves[told]), _IN_WORDS), strict=True)) if told else {}
        return [Judgement(index, scores[place], reasons.get(place, "")) for place, (_, index) in enumerate(asked)]

    def _score(self, total: float) -> float:
        slope, shift = self._calibration
        return round(1 / (1 + exp(-(slope * total + shift))), 4)


def read_model(path: Path) -> LineModel:
    """A model from its file.

    Raises:
        CleancopyError: it is no model.
    """
    try:
        return LineModel(msgspec.json.decode(path.read_bytes(), type=ModelFile))
    except (OSError, msgspec.DecodeError, KeyError) as error:
        raise CleancopyError(f"{path}: not a line model: {error}") from error


@cache
def load_model() -> LineModel:
    """The model that comes with the project, read once, and the cue words: no article waits for them."""
    load_cues(None)
    return read_model(_FILE)
