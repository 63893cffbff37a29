"""Boosted trees, read from plain JSON and evaluated for many rows at once, with exact reasons."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
# Leaves are summed as whole hundred-thousandths: the same sum on every machine, in any order.
_UNIT = 100_000


class Split(msgspec.Struct, frozen=True):
    """A question: `row[feature] <= at`. Its answers lead to another split (0 or more) or a leaf (-1 is leaf 0).

    Attributes:
        value: what a line that comes this far scores on average; reasons are the steps between such values.
    """

    feature: str
    at: float
    yes: int
    no: int
    value: float


class Tree(msgspec.Struct, frozen=True):
    """Splits, the first of them the root, and what each leaf scores."""

    splits: tuple[Split, ...]
    leaves: tuple[float, ...]


class Trees:
    """Trees made ready for rows: each leaf is the set of answers that leads to it.

    For every split there is a mask of the leaves that a "no" or a "yes" rules out; the lowest leaf left in a tree is
    the one reached. So all trees are walked at once by a handful of array operations.
    """

    def __init__(self, trees: Sequence[Tree], features: Sequence[str]) -> None:
        """Make trees ready.

        Args:
            trees: none of more than `MOST_LEAVES` leaves.
            features: the names of a row's values, in their order.
        """
        place = {name: number for number, name in enumerate(features)}
        splits = [split for tree in trees for split in tree.splits]
        self._feature = np.array([place[split.feature] for split in splits])
        self._at = np.array([split.at for split in splits])
        ruled_out = [masks for tree in trees for masks in _ruled_out(tree)]
        self._if_yes = np.array([~yes & 0xFFFF for yes, _ in ruled_out], np.uint16)
        self._if_no = np.array([~no & 0xFFFF for _, no in ruled_out], np.uint16)
        self._starts = np.cumsum([0, *(len(tree.splits) for tree in trees[:-1])])
        self._rows = np.arange(len(trees)) * MOST_LEAVES
        self._scores = np.zeros(len(trees) * MOST_LEAVES, np.int64)
        self._steps = np.zeros((len(trees) * MOST_LEAVES, len(features)), np.float32)
        for number, tree in enumerate(trees):
            for leaf, score in enumerate(tree.leaves):
                self._scores[number * MOST_LEAVES + leaf] = round(score * _UNIT)
            for leaf, feature, step in _steps(tree):
                self._steps[number * MOST_LEAVES + leaf, place[feature]] += step

    def score(self, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The score of each row (rows x features), and the leaves it reaches (rows x trees), for `reasons`."""
        answers = np.where(rows[:, self._feature] <= self._at, self._if_yes, self._if_no)
        left = np.bitwise_and.reduceat(answers, self._starts, axis=1)
        lowest = left & (~left + np.uint16(1))
        leaves = self._rows + _PLACE_OF_BIT[lowest]
        return self._scores[leaves].sum(axis=1) / _UNIT, leaves

    def reasons(self, leaves: NDArray[np.int64]) -> NDArray[np.float32]:
        """What each feature adds to the score of the row that reaches these leaves."""
        steps: NDArray[np.float32] = self._steps.take(leaves, axis=0).sum(axis=0)
        return steps


_PLACE_OF_BIT = np.zeros(0x10000, np.int64)
for _leaf in range(MOST_LEAVES):
    _PLACE_OF_BIT[1 << _leaf] = _leaf


def _ruled_out(tree: Tree) -> list[tuple[int, int]]:
    """For each split, the leaves that are out of reach after "yes", and after "no"; a bit each."""
    below = [_leaves_below(tree, split.yes) for split in tree.splits]
    beyond = [_leaves_below(tree, split.no) for split in tree.splits]
    return list(zip(beyond, below, strict=True))


def _leaves_below(tree: Tree, node: int) -> int:
    if node < 0:
        return 1 << (-node - 1)
    return _leaves_below(tree, tree.splits[node].yes) | _leaves_below(tree, tree.splits[node].no)


def _steps(tree: Tree) -> list[tuple[int, str, float]]:
    """For each leaf, what every split on the way to it added: `(leaf, feature, step)`."""
    found = []
    waiting: list[tuple[int, tuple[tuple[str, float], ...]]] = [(0, ())]
    while waiting:
        node, way = waiting.pop()
        split = tree.splits[node]
        for answer in (split.yes, split.no):
            value = tree.leaves[-answer - 1] if answer < 0 else tree.splits[answer].value
            longer = (*way, (split.feature, value - split.value))
            if answer < 0:
                found += [(-answer - 1, feature, step) for feature, step in longer]
            else:
                waiting.append((answer, longer))
    return found
