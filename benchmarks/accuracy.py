"""How well articles are found in pages, by this project and by other extractors that are installed.

    python benchmarks/accuracy.py DATA [--records FILE] [--only NAME ...] [--pages N]

DATA is a folder with `pages.jsonl` (`id`, `set`, `url`, `file`, `gold: [{kind, text}]`, and where they are known
`title`, `authors`, `date_published` or `day_published`) and the gzipped pages that it names. Precision, recall and F1
are over 4-word shingles, averaged over pages as the article-extraction-benchmark does, with the bootstrap's standard
error; parts of the gold that may be left out (standfirsts) count where they help. A page is exact where no shingle is
missing or too much. Dates, titles and authors are the share of the pages with one of which it is right; dates to the
minute, and by calendar day. Time is processor time of all pages, against trafilatura with its metadata.

FILE has this project's records of the pages, from `train_pages.py --out-of-fold`: the model that comes with the
project has seen the pages that it was trained on, and must not be measured on them. The time is a run's in any case.
The extra `peers` installs the others; those that are not there are left out.
"""

import argparse
import gzip
import json
import logging
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from peers import OWN, YARDSTICK, Extract, installed
from scoring import Found, bootstrap, score, shares, summarise

_HEAD = "set      extractor         precision  recall     F1      ±  exact  minute    day  title  authors  time"


class Result(msgspec.Struct, frozen=True):
    """What an extractor finds in the pages, and the seconds that it takes for all of them."""

    found: Sequence[Found]
    seconds: float


def main() -> None:
    """Print one table."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    pages = _pages(arguments.data)
    if arguments.pages:
        pages = random.Random(1).sample(pages, min(arguments.pages, len(pages)))  # noqa: S311 - which pages
    extractors = {name: extract for name, extract in installed() if not arguments.only or name in arguments.only}
    results = _run(extractors, pages)
    yardstick = results[YARDSTICK].seconds if YARDSTICK in results else None
    if arguments.records and OWN in results:
        results[OWN] = Result(_recorded(arguments.records, pages), results[OWN].seconds)
    print(_HEAD)
    for group in sorted({page["set"] for page in pages}):
        chosen = [number for number, page in enumerate(pages) if page["set"] == group]
        for name, result in results.items():
            told = _row([(pages[number], result.found[number]) for number in chosen])
            ratio = f"{result.seconds / yardstick:5.2f}" if yardstick else "    -"
            print(f"{group:8} {name:16} {told} {ratio}")


def _pages(place: Path) -> list[dict[str, Any]]:
    with (place / "pages.jsonl").open(encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    return [page | {"html": gzip.decompress((place / page["file"]).read_bytes())} for page in pages]


def _run(extractors: Mapping[str, Extract], pages: Sequence[dict[str, Any]]) -> dict[str, Result]:
    """What extractors find; one may stumble over a page, and then finds nothing in it.

    All read a page before any reads the next: what else the machine does hits each alike.
    """
    found: dict[str, list[Found]] = {name: [] for name in extractors}
    seconds = dict.fromkeys(extractors, 0.0)
    for extract in extractors.values():
        _read(extract, pages[0])  # for what it reads when it is first called
    for page in pages:
        for name, extract in extractors.items():
            started = time.process_time()
            found[name].append(_read(extract, page))
            seconds[name] += time.process_time() - started
    return {name: Result(found[name], seconds[name]) for name in extractors}


def _read(extract: Extract, page: dict[str, Any]) -> Found:
    try:
        return extract(page["html"], page["url"])
    except Exception:  # noqa: BLE001 - whatever other people's extractors raise
        return Found()


def _recorded(file: Path, pages: Sequence[dict[str, Any]]) -> list[Found]:
    with file.open(encoding="utf-8") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    return [
        Found(
            text=record["text"],
            title=record.get("title"),
            authors=record.get("authors") or (),
            date=record.get("date_published"),
        )
        for record in (records[page["id"]] for page in pages)
    ]


def _row(pages: Sequence[tuple[dict[str, Any], Found]]) -> str:
    counts = [score(page["gold"], found.text) for page, found in pages]
    total = summarise(counts)
    fields = " ".join(
        f"{'-' if share is None else f'{share:.3f}':>{width}}"
        for share, width in zip(shares(pages).values(), (7, 6, 6, 8), strict=True)
    )
    body = f"{total.precision:.4f}  {total.recall:.4f} {total.f1:.4f} {bootstrap(counts):.4f}  {total.exact:.3f}"
    return f"    {body} {fields}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--records", type=Path, metavar="FILE", help="this project's records, made out of fold")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="extractors to run")
    parser.add_argument("--pages", type=int, metavar="N", help="so many pages, drawn at random")
    return parser.parse_args()


if __name__ == "__main__":
    main()
