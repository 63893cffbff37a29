"""Boosted trees, read from plain JSON and evaluated for many rows at once, with exact reasons."""

from collections.abc import Sequence
from itertools import zip_longest

import msgspec
import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
# Leaves are summed as whole hundred-thousandths: the same sum on every machine, in any order.
_UNIT = 100_000
_ALL_LEAVES = (1 << MOST_LEAVES) - 1


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
        # The first splits of all trees, then the second ones: to join the masks of each tree is then to join rows.
        # Where a tree has none left, neither answer rules anything out.
        rounds = [*zip_longest(*(zip(tree.splits, _ruled_out(tree), strict=True) for tree in trees))]
        asked = [answer or (None, (0, 0)) for answers in rounds for answer in answers]
        self._feature = np.array([place[split.feature] if split else 0 for split, _ in asked], np.intp)
        self._at = np.array([split.at if split else 0.0 for split, _ in asked])
        self._if_no = np.array([~no & _ALL_LEAVES for _, (_, no) in asked], np.uint16)
        # What "yes" changes of it: to multiply with answers is twice as fast as to choose by them.
        self._if_yes = np.array([yes ^ no for _, (yes, no) in asked], np.uint16)
        self._shape = (len(rounds), len(trees))
        self._rows = np.arange(len(trees)) * MOST_LEAVES
        self._scores = np.zeros(len(trees) * MOST_LEAVES, np.int64)
        self._features = len(features)
        ways = [_steps(tree) for tree in trees]
        longest = max((len(way) for tree in ways for way in tree.values()), default=0)
        # Of each leaf, the features on the way to it and their steps: all features of all leaves would push all else
        # out of the processor's cache.
        # A shorter way is filled up with steps of nothing, of ever other features: those of one wait in turn.
        size = (len(trees) * MOST_LEAVES, longest)
        self._asked = np.arange(size[0] * size[1]).reshape(size) % max(1, len(features))
        self._steps = np.zeros(size)
        for number, tree in enumerate(trees):
            for leaf, score in enumerate(tree.leaves):
                self._scores[number * MOST_LEAVES + leaf] = round(score * _UNIT)
            for leaf, way in ways[number].items():
                row = number * MOST_LEAVES + leaf
                self._asked[row, : len(way)] = [place[feature] for feature, _ in way]
                self._steps[row, : len(way)] = [step for _, step in way]

    def score(self, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The score of each row (rows x features), and the leaves it reaches (rows x trees), for `reasons`."""
        answers = rows.take(self._feature, axis=1) <= self._at
        masks = answers * self._if_yes ^ self._if_no
        left = np.bitwise_and.reduce(masks.reshape(len(rows), *self._shape), axis=1)
        leaves = self._rows + _PLACE_OF_BIT.take(left & -left)
        return self._scores.take(leaves).sum(axis=1) / _UNIT, leaves

    def reasons(self, leaves: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each feature adds to the score of each row (rows x features), of the leaves it reaches."""
        count = len(leaves)
        places = self._asked.take(leaves, axis=0)
        places += (np.arange(count) * self._features)[:, None, None]
        weights = self._steps.take(leaves, axis=0)
        steps = np.bincount(places.ravel(), weights.ravel(), minlength=count * self._features)
        # NumPy's stubs take the sums for counts.
        return np.asarray(steps, np.float64).reshape(count, self._features)


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


def _steps(tree: Tree) -> dict[int, tuple[tuple[str, float], ...]]:
    """For each leaf, what every split on the way to it added: `(feature, step)`."""
    found = {}
    waiting: list[tuple[int, tuple[tuple[str, float], ...]]] = [(0, ())]
    while waiting:
        node, way = waiting.pop()
        split = tree.splits[node]
        for answer in (split.yes, split.no):
            value = tree.leaves[-answer - 1] if answer < 0 else tree.splits[answer].value
            longer = (*way, (split.feature, value - split.value))
            if answer < 0:
                found[-answer - 1] = longer
            else:
                waiting.append((answer, longer))
    return found
