"""The trained page model: which blocks of a page are no part of its article, how surely, and why."""

from functools import cache
from math import exp
from pathlib import Path
from struct import Struct

import msgspec
import numpy as np

from cleaners.errors import CleancopyError
from cleaners.model.line_model import Judgement, ModelFile
from cleaners.model.page_features import NAMES, PageView
from cleaners.model.page_words import in_page_words
from cleaners.model.reasons import in_words
from cleaners.model.trees import Trees

_FILE = Path(__file__).parent / "page_model.json"
_pack_row = Struct(f"{len(NAMES)}d").pack
_IN_WORDS = [in_page_words(name) for name in NAMES]
# Blocks of so many at a time are scored in one call: memory stays flat for a page of a million blocks.
_AT_ONCE = 512


class PageModel:
    """The model, ready to judge."""

    def __init__(self, file: ModelFile) -> None:
        self.version = file.version
        self.threshold = file.threshold
        self._calibration = file.calibration
        self._trees = Trees(file.trees, NAMES)

    def judge(self, view: PageView) -> list[Judgement]:
        """A judgement on each block that the page asks about, in order; those over the threshold have reasons."""
        judged: list[Judgement] = []
        for start in range(0, len(view.asked), _AT_ONCE):
            judged += self._judge(view, view.asked[start : start + _AT_ONCE])
        return judged

    def _judge(self, view: PageView, asked: list[int]) -> list[Judgement]:
        rows = b"".join([_pack_row(*view.row(index)) for index in asked])
        sums, leaves = self._trees.score(np.frombuffer(rows).reshape(len(asked), len(NAMES)))
        scores = [self._score(total) for total in sums.tolist()]
        # Only what the extractor drew is ever said to be removed.
        told = [place for place, score in enumerate(scores) if score >= self.threshold and view.drawn[asked[place]]]
        reasons = dict(zip(told, in_words(self._trees.reasons(leaves[told]), _IN_WORDS), strict=True)) if told else {}
        return [Judgement(index, scores[place], reasons.get(place, "")) for place, index in enumerate(asked)]

    def _score(self, total: float) -> float:
        slope, shift = self._calibration
        return round(1 / (1 + exp(-(slope * total + shift))), 4)


@cache
def load_page_model() -> PageModel:
    """The model that comes with the project, read once.

    Raises:
        CleancopyError: it is no model.
    """
    try:
        return PageModel(msgspec.json.decode(_FILE.read_bytes(), type=ModelFile))
    except (OSError, msgspec.DecodeError, KeyError) as error:
        raise CleancopyError(f"{_FILE}: not a page model: {error}") from error
