"""How well the bodies of pages are found, by this project and by other extractors that are installed.

    python benchmarks/accuracy.py DATA [--only NAME ...] [--pages N]

DATA is a folder with `pages.jsonl` (`id`, `set`, `url`, `file`, `gold: [{kind, text}]`) and the gzipped pages that
it names. Precision, recall and F1 are over 4-word shingles, averaged over pages as the article-extraction-benchmark
does, with the bootstrap's standard error; parts of the gold that may be left out (standfirsts) count where they help.
A page is exact where no shingle is missing or too much. Time is processor time a page, against trafilatura with its
metadata. The extra `peers` installs the others; those that are not there are left out.
"""

import argparse
import gzip
import json
import logging
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from peers import Extract, installed

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WORDS = 4
_SAMPLES = 500
_YARDSTICK = "trafilatura"
_FREE = frozenset({"summary", "optional"})


class Counts(msgspec.Struct, frozen=True):
    """The shingles of a page: found, too many and missing, as shares of all of them."""

    found: float
    extra: float
    missing: float

    @property
    def f1(self) -> float:
        """Of this page alone."""
        return (
            1.0
            if not self.extra and not self.missing
            else self.found / (self.found + (self.extra + self.missing) / 2)
        )


class Scores(msgspec.Struct, frozen=True):
    """Of a set of pages."""

    precision: float
    recall: float
    f1: float
    exact: float


def main() -> None:
    """Print one table."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    pages = _pages(arguments.data)
    if arguments.pages:
        pages = random.Random(1).sample(pages, min(arguments.pages, len(pages)))  # noqa: S311 - which pages
    extractors = {name: extract for name, extract in installed() if not arguments.only or name in arguments.only}
    results = {name: [_read(extract, page) for page in pages] for name, extract in extractors.items()}
    yardstick = _seconds(results.get(_YARDSTICK, ()))
    print("set      extractor        precision  recall     F1      ±      exact  time")
    for name in sorted({page["set"] for page in pages}):
        chosen = [number for number, page in enumerate(pages) if page["set"] == name]
        for extractor, result in results.items():
            counts = [score(pages[number]["gold"], result[number][0]) for number in chosen]
            total, error = summarise(counts), bootstrap(counts)
            ratio = f"{_seconds(result) / yardstick:.2f}" if yardstick else "-"
            scores = (
                f"{total.precision:.4f}     {total.recall:.4f}     {total.f1:.4f}  {error:.4f}  {total.exact:.3f}"
            )
            print(f"{name:8} {extractor:16} {scores}  {ratio}")


def _pages(place: Path) -> list[dict[str, Any]]:
    with (place / "pages.jsonl").open(encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    return [page | {"html": gzip.decompress((place / page["file"]).read_bytes())} for page in pages]


def _read(extract: Extract, page: dict[str, Any]) -> tuple[str, float]:
    """The text that an extractor finds, and the seconds that it takes; it may stumble, and then finds none."""
    started = time.process_time()
    try:
        text = extract(page["html"], page["url"])
    except Exception:  # noqa: BLE001 - whatever other people's extractors raise
        text = ""
    return text, time.process_time() - started


def _seconds(result: Iterable[tuple[str, float]]) -> float:
    return sum(seconds for _, seconds in result)


def score(gold: Sequence[dict[str, str]], text: str) -> Counts:
    """How a text compares with what people marked."""
    have = _shingles(text)
    must = [part["text"] for part in gold if part["kind"] not in _FREE]
    helpful = [part["text"] for part in gold if part["kind"] not in _FREE or _is_in(part["text"], have)]
    whole = [part["text"] for part in gold if part["kind"] != "optional"]
    return max((_compare("\n".join(parts), have) for parts in (must, helpful, whole)), key=lambda counts: counts.f1)


def _is_in(text: str, have: Counter[tuple[str, ...]]) -> bool:
    wanted = _shingles(text)
    return 2 * (wanted & have).total() > wanted.total()


def _compare(gold: str, have: Counter[tuple[str, ...]]) -> Counts:
    wanted = _shingles(gold)
    found, extra, missing = (wanted & have).total(), (have - wanted).total(), (wanted - have).total()
    every = found + extra + missing
    return Counts(found / every, extra / every, missing / every) if every else Counts(0.0, 0.0, 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    runs = (tuple(tokens[at : at + _WORDS]) for at in range(max(1, len(tokens) - _WORDS + 1)))
    return Counter(run for run in runs if run)


def summarise(counts: Sequence[Counts]) -> Scores:
    """Averages over pages; a page without any text has no precision, and counts in recall alone."""
    precision = _mean([c.found / (c.found + c.extra) for c in counts if c.found + c.extra])
    recall = _mean([c.found / (c.found + c.missing) for c in counts if c.found + c.missing])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Scores(precision, recall, f1, _mean([float(c.extra == c.missing == 0) for c in counts]))


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def bootstrap(counts: Sequence[Counts], of: Callable[[Scores], float] = lambda scores: scores.f1) -> float:
    """The standard error of a score: over samples of the pages, drawn with replacement."""
    rng = random.Random(1)  # noqa: S311 - the same samples each time
    return statistics.pstdev(of(summarise(rng.choices(counts, k=len(counts)))) for _ in range(_SAMPLES))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="extractors to run")
    parser.add_argument("--pages", type=int, metavar="N", help="so many pages, drawn at random")
    return parser.parse_args()


if __name__ == "__main__":
    main()
