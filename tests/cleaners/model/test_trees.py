"""Trees from plain JSON: what they score, and which reasons they give."""

import numpy as np
import pytest

from cleaners.model.trees import MOST_LEAVES, Split, Tree, Trees

# length <= 3 ? (end <= 0 ? 2.0 : 0.5) : -1.0
TREE = Tree(
    (Split("length", 3.0, 1, -3, -0.25), Split("end", 0.0, -1, -2, 1.5)),
    (2.0, 0.5, -1.0),
)
STUMP = Tree((Split("end", 1.0, -1, -2, 0.0),), (0.125, -0.25))


@pytest.mark.parametrize(
    ("length", "end", "score"),
    [(3.0, 0.0, 2.125), (3.0, 1.0, 0.625), (3.0, 2.0, 0.25), (3.1, 0.0, -0.875), (9.0, 5.0, -1.25)],
)
def test_a_rows_score_is_the_sum_of_the_leaves_it_reaches(length: float, end: float, score: float) -> None:
    sums, _ = Trees([TREE, STUMP], ("length", "end")).score(np.array([[length, end]]))
    assert sums.tolist() == [score]


def test_rows_do_not_touch_each_other() -> None:
    trees = Trees([TREE, STUMP], ("length", "end"))
    rows = np.array([[length, end] for length in (1.0, 3.0, 4.0) for end in (0.0, 1.0, 2.0)])
    together, _ = trees.score(rows)
    assert together.tolist() == [trees.score(row[None])[0][0] for row in rows]


def test_reasons_are_the_steps_on_the_way_to_the_leaves() -> None:
    trees = Trees([TREE, STUMP], ("length", "end"))
    sums, leaves = trees.score(np.array([[3.0, 0.0]]))
    steps = trees.reasons(leaves[:1])[0]
    # From -0.25 to 1.5 by the length, from 1.5 to 2.0 and from 0 to 0.125 by the end.
    assert steps.tolist() == [1.75, 0.625]
    assert steps.sum() - 0.25 == sums[0]


def test_a_tree_of_as_many_leaves_as_are_allowed_is_walked_to_each_of_them() -> None:
    chain = tuple(
        Split("x", float(15 - n), n + 1 if n < MOST_LEAVES - 2 else -MOST_LEAVES, -(n + 1), 0.0)
        for n in range(MOST_LEAVES - 1)
    )
    trees = Trees([Tree(chain, tuple(float(n) for n in range(MOST_LEAVES)))], ("x",))
    sums, _ = trees.score(np.array([[16.0 - n] for n in range(MOST_LEAVES)]))
    assert sums.tolist() == [float(n) for n in range(MOST_LEAVES)]
