"""Trains the page model, or measures it out of fold.

    python benchmarks/train/train_pages.py DATA                       writes cleaners/model/page_model.json
    python benchmarks/train/train_pages.py DATA --out-of-fold DIR     writes DIR/pages.jsonl

DATA is a folder with `pages.jsonl` and the pages that it names; docs/model.md says what they hold. Needs the extra
`train`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from fitting import SETTINGS, fold_of, grow, make_file
from numpy.typing import NDArray
from pages import Marked, read_html, read_marked
from train import common_phrases, readable

import cleaners
from cleaners.model.page_features import NAMES
from cleaners.model.page_model import PageModel
from cleaners.model.trees import Tree
from cleaners.phrases.library import Library
from flows.documents.loaded import Loaded, Source
from flows.documents.pages import document_of
from flows.pages.extract import extract
from flows.recording import clean_document

MODEL = Path(cleaners.__file__).parent / "model" / "page_model.json"
FOLDS = 5
ROUNDS = 160
THRESHOLD = 0.45
PAGE_SETTINGS = {
    **SETTINGS,
    "learning_rate": 0.1,
    "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.001,
    "feature_fraction": 0.4,
    "max_bin": 63,
    # With two threads on a busy machine each round waits for the slower one: three times as long.
    "num_threads": 1,
}
# Weighted by what a block is worth, the trees' own probability is what is asked; there is nothing to calibrate.
_AS_IT_IS = (1.0, 0.0)


def main() -> None:
    """Fit, measure, and write what was asked for."""
    arguments = _arguments()
    marked = list(read_marked(arguments.data))
    asked = _asked(marked)
    if arguments.out_of_fold:
        _measure(marked, asked, arguments)
    else:
        trees = _fit(asked, np.ones(len(asked.keep), bool))
        file = make_file(trees, _AS_IT_IS, arguments.threshold)
        MODEL.write_text(readable(msgspec.to_builtins(file)), encoding="utf-8")


class Asked(msgspec.Struct):
    """The blocks that the model is asked about, of all pages."""

    rows: NDArray[np.float64]
    keep: NDArray[np.bool_]
    weights: NDArray[np.float64]
    sites: list[str]


def _asked(marked: list[Marked]) -> Asked:
    places = [(item, index) for item in marked for index in item.view.asked]
    return Asked(
        np.array([item.view.row(index) for item, index in places]),
        np.array([item.keep[index] for item, index in places]),
        np.array([item.weights[index] for item, index in places]),
        [item.site for item, _ in places],
    )


def _fit(asked: Asked, chosen: NDArray[np.bool_]) -> tuple[Tree, ...]:
    """Trees that find what is no part of the article."""
    return grow(
        asked.rows[chosen],
        ~asked.keep[chosen],
        asked.weights[chosen],
        names=NAMES,
        settings=PAGE_SETTINGS,
        rounds=ROUNDS,
    )


def _measure(marked: list[Marked], asked: Asked, arguments: argparse.Namespace) -> None:
    """Read and clean every page with the model that did not learn from its site."""
    folds = np.array([fold_of(site, FOLDS, arguments.seed) for site in asked.sites])
    models = [
        PageModel(make_file(_fit(asked, folds != fold), _AS_IT_IS, arguments.threshold)) for fold in range(FOLDS)
    ]
    library = common_phrases()
    arguments.out_of_fold.mkdir(parents=True, exist_ok=True)
    with (arguments.out_of_fold / "pages.jsonl").open("w", encoding="utf-8") as file:
        for item in marked:
            model = models[fold_of(item.site, FOLDS, arguments.seed)]
            file.write(json.dumps(_record(item, model, library), ensure_ascii=False) + "\n")


def _record(item: Marked, model: PageModel, library: Library) -> dict[str, Any]:
    """The record of a page, by all that a run does with one."""
    page = extract(read_html(item.file), item.url, model)
    if page is None:
        return {"id": item.id, "text": ""}
    loaded = Loaded(document=document_of(page, item.url), source=Source.fetched(item.id), metadata=page.told())
    record: dict[str, Any] = msgspec.to_builtins(clean_document(loaded, library))
    return record | {"id": item.id}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out-of-fold", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=1, help="of the folds")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    return parser.parse_args()


if __name__ == "__main__":
    main()
