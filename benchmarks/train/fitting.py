"""Fits boosted trees, calibrates their scores, and writes them as the project's plain JSON."""

import hashlib
from collections.abc import Sequence
from typing import Any

import lightgbm
import msgspec
import numpy as np
from articles import Rows
from numpy.typing import NDArray

from cleaners.model.features import NAMES
from cleaners.model.line_model import ModelFile
from cleaners.model.trees import MOST_LEAVES, Split, Tree

ROUNDS = 80
# Bodies of pages teach what must stay, but they say nothing of furniture, and there are six times as many lines of
# them: at full weight the model learns that lines are kept wherever no rule found anything.
PAGE_WEIGHT = 0.05
SETTINGS = {
    "objective": "binary",
    "num_leaves": MOST_LEAVES,
    "learning_rate": 0.18,
    "min_data_in_leaf": 40,
    "lambda_l2": 10,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}


def fold_of(site: str, folds: int, seed: int) -> int:
    """The fold of a site: the same on every machine."""
    return int(hashlib.sha256(f"{seed} {site}".encode()).hexdigest(), 16) % folds


def fit(rows: Rows, chosen: NDArray[np.bool_]) -> tuple[Tree, ...]:
    """Trees fitted to the chosen rows."""
    wanted = np.array([label != "keep" for label in rows.labels])[chosen]
    weights = np.where(np.array(rows.sources) == "pages", PAGE_WEIGHT, 1.0)[chosen]
    return grow(np.array(rows.rows)[chosen], wanted, weights, names=NAMES, settings=SETTINGS, rounds=ROUNDS)


def grow(
    rows: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    weights: NDArray[np.float64],
    *,
    names: Sequence[str],
    settings: dict[str, Any],
    rounds: int,
) -> tuple[Tree, ...]:
    """Trees fitted to rows of the named features."""
    data = lightgbm.Dataset(rows, wanted.astype(int), weight=weights)
    booster = lightgbm.train(settings, data, rounds)
    return tuple(_tree(tree["tree_structure"], names) for tree in booster.dump_model()["tree_info"])


def make_file(trees: tuple[Tree, ...], calibration: tuple[float, float], threshold: float) -> ModelFile:
    """The model as it is kept; its version is a digest of all that decides."""
    said = msgspec.json.encode((trees, calibration, threshold))
    version = hashlib.sha256(said).hexdigest()[:12]
    return ModelFile(version=version, threshold=threshold, calibration=calibration, trees=trees)


def calibrate(sums: NDArray[np.float64], wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """Platt's a and b: a logistic regression of the labels on the sums, by Newton's method."""
    design = np.column_stack([sums, np.ones_like(sums)])
    weights = np.array([1.0, 0.0])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (wanted - probability)
        hessian = (design * (probability * (1 - probability))[:, None]).T @ design
        weights += np.linalg.solve(hessian, gradient)
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def _tree(root: dict[str, Any], names: Sequence[str]) -> Tree:
    """LightGBM's nested nodes as the flat form of the project."""
    splits: list[Split | None] = []
    leaves: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 5))
            return -len(leaves)
        place = len(splits)
        splits.append(None)
        yes, no = add(node["left_child"]), add(node["right_child"])
        feature = names[node["split_feature"]]
        splits[place] = Split(feature, float(f"{node['threshold']:.6g}"), yes, no, round(node["internal_value"], 5))
        return place

    add(root)
    return Tree(tuple(split for split in splits if split), tuple(leaves))


def fold_numbers(sites: Sequence[str], folds: int, seed: int) -> NDArray[np.int64]:
    """The fold of each row."""
    return np.array([fold_of(site, folds, seed) for site in sites])
