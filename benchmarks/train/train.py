"""Trains the line model, or measures it out of fold.

    python benchmarks/train/train.py DATA                       writes cleaners/model/line_model.json
    python benchmarks/train/train.py DATA --out-of-fold DIR     writes DIR/lines.jsonl and DIR/pages.jsonl

DATA is a folder with `lines.jsonl` and `pages.jsonl`; docs/model.md says what they hold. Needs the extra `train`.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from articles import Labelled, Rows, make_rows, read_labelled
from fitting import calibrate, fit, fold_numbers, fold_of, make_file
from numpy.typing import NDArray

import cleaners
from cleaners import clean, load_phrases
from cleaners.model.features import NAMES
from cleaners.model.line_model import LineModel
from cleaners.model.trees import Tree, Trees
from cleaners.phrases.library import Library

MODEL = Path(cleaners.__file__).parent / "model" / "line_model.json"
FOLDS = 5
THRESHOLD = 0.93


def main() -> None:
    """Fit, measure, and write what was asked for."""
    arguments = _arguments()
    library = common_phrases()
    labelled = read_labelled(arguments.data)
    rows = make_rows(labelled, library)
    folded = [fit(rows, fold_numbers(rows.sites, FOLDS, arguments.seed) != fold) for fold in range(FOLDS)]
    sums = _out_of_fold(rows, folded, arguments.seed)
    of_lines = np.array(rows.sources) == "lines"
    wanted = np.array([label != "keep" for label in rows.labels])
    calibration = calibrate(sums[of_lines], wanted[of_lines])
    _print_curve(rows, sums, calibration)
    if arguments.out_of_fold:
        models = [LineModel(make_file(trees, calibration, arguments.threshold)) for trees in folded]
        _write_records(labelled, models, library, arguments)
        return
    every = np.ones(len(rows.rows), bool)
    file = make_file(fit(rows, every), calibration, arguments.threshold)
    MODEL.write_text(readable(msgspec.to_builtins(file)), encoding="utf-8")


def common_phrases() -> Library:
    """The library without what is known of single publishers: a publisher never seen has nothing there."""
    everything = load_phrases()
    common = (phrase for phrase in everything.phrases if not phrase.publisher)
    return Library(common, everything.publishers.values())


def _out_of_fold(rows: Rows, folded: list[tuple[Tree, ...]], seed: int) -> NDArray[np.float64]:
    """For each row the sum of the trees that did not learn from its site."""
    sums = np.zeros(len(rows.rows))
    folds = fold_numbers(rows.sites, FOLDS, seed)
    for fold, trees in enumerate(folded):
        sums[folds == fold] = Trees(trees, NAMES).score(np.array(rows.rows)[folds == fold])[0]
    return sums


def _print_curve(rows: Rows, sums: NDArray[np.float64], calibration: tuple[float, float]) -> None:
    """Found against lost, by threshold, out of fold: what the model adds to the rules."""
    scores = 1 / (1 + np.exp(-(calibration[0] * sums + calibration[1])))
    labels, of_lines = np.array(rows.labels), np.array(rows.sources) == "lines"
    print(f"calibration {calibration}, rows {len(labels)}, of labelled lines {of_lines.sum()}")
    for threshold in (0.8, 0.85, 0.88, 0.9, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99):
        over = scores >= threshold
        counts = [(over & of_lines & (labels == label)).sum() for label in ("remove", "metadata", "keep")]
        print(
            f"threshold {threshold}: remove {counts[0]}  metadata {counts[1]}  keep lost {counts[2]}"
            f"  lines of pages lost {(over & ~of_lines).sum()}"
        )


def _write_records(
    labelled: list[Labelled], models: list[LineModel], library: Library, arguments: argparse.Namespace
) -> None:
    """Clean every article with the model that did not learn from its site."""
    arguments.out_of_fold.mkdir(parents=True, exist_ok=True)
    for source in ("lines", "pages"):
        items = (item for item in labelled if item.source == source)
        records = (_record(item, library, models[fold_of(item.site, FOLDS, arguments.seed)]) for item in items)
        _write(arguments.out_of_fold / f"{source}.jsonl", records)


def _record(item: Labelled, library: Library, model: LineModel) -> dict[str, Any]:
    cleaned = clean(item.document, library, model)
    record: dict[str, Any] = msgspec.to_builtins(cleaned)
    record["date_published"] = cleaned.date_published.value if cleaned.date_published else None
    return {"id": item.id, **record}


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def readable(file: dict[str, Any]) -> str:
    """JSON with one tree a line."""
    trees = ",\n".join(json.dumps(tree) for tree in file.pop("trees"))
    head = json.dumps(file)[:-1]
    return f'{head}, "trees": [\n{trees}\n]}}\n'


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out-of-fold", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=1, help="of the folds")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    return parser.parse_args()


if __name__ == "__main__":
    main()
