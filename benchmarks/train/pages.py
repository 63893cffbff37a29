"""Pages whose body people marked, for training: each block of a page with what is to become of it."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from cleaners.model.page_features import PageView
from flows.pages.bodies import titles_of
from flows.pages.drawing import draw
from flows.pages.parsing import parse
from flows.pages.segmenting import segment

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# In scripts without spaces a character is a token.
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_RUN = 3
_MOST = 0.5
# A page counts as one however long it is; a block by its share of the marked body, and a little for being one, as a
# body is whole only if its shortest line is right.
_FEWEST_TOKENS = 30
_FOR_BEING_ONE, _FOR_ITS_SHARE, _LARGEST_SHARE = 0.9, 10.0, 0.3
# The two sets of news, which are small, against the large one of pages of all sorts, whose annotators keep more.
_NEWS_WEIGHT = 5.0
_GENERAL = "wcxb"
_FREE_KINDS = frozenset({"summary", "optional"})


class Marked(msgspec.Struct, frozen=True):
    """A page and what is to become of its blocks.

    Attributes:
        site: what folds are grouped by: no site is both in training and in test.
        file: the page.
        keep: of each block, whether it belongs to the body.
        weights: of each block; 0 where both answers are right.
    """

    id: str
    site: str
    file: Path
    url: str | None
    view: PageView
    keep: tuple[bool, ...]
    weights: tuple[float, ...]


def read_marked(place: Path) -> Iterator[Marked]:
    """The pages of a folder with `pages.jsonl`, and the files that it names."""
    with (place / "pages.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            tree = parse(read_html(place / row["file"]))
            if tree is not None:
                page = segment(tree)
                drawn = draw(tree, row["url"], page.blocks)
                yield _marked(row, place / row["file"], PageView(page, drawn.shares, titles_of(tree)))


def read_html(file: Path) -> str:
    """A gzipped page."""
    return gzip.decompress(file.read_bytes()).decode()


def _marked(row: dict[str, Any], file: Path, view: PageView) -> Marked:
    said = [_tokens(block.text) for block in view.blocks]
    marked, free = _covered(said, row["gold"])
    whole = max(_FEWEST_TOKENS, sum(marked) + sum(free))
    keep = tuple(count >= _MOST * len(tokens) and count > 0 for tokens, count in zip(said, marked, strict=True))
    either = [count > _MOST * len(tokens) for tokens, count in zip(said, free, strict=True)]
    weights = tuple(
        _weight(len(tokens) / whole) * (1.0 if row["set"] == _GENERAL else _NEWS_WEIGHT)
        if tokens and (kept or not free_of_choice)
        else 0.0
        for tokens, kept, free_of_choice in zip(said, keep, either, strict=True)
    )
    return Marked(row["id"], row["site"], file, row["url"], view, keep, weights)


def _weight(share: float) -> float:
    return _FOR_BEING_ONE * share**0.5 + _FOR_ITS_SHARE * min(share, _LARGEST_SHARE)


def _covered(said: Sequence[Sequence[str]], gold: Sequence[dict[str, str]]) -> tuple[list[int], list[int]]:
    """For each block, how many of its tokens stand in the marked body, and in parts that may be left out.

    Runs of three tokens are laid against those of the body in order, across blocks too: so a short line counts if
    it stands where the body has it, and the story's first words in a teaser elsewhere do not.
    """
    page = [token for tokens in said for token in tokens]
    body: list[str] = []
    free: list[bool] = []
    for part in gold:
        tokens = _tokens(part["text"])
        body += tokens
        free += [part["kind"] in _FREE_KINDS] * len(tokens)
    covered: list[bool | None] = [None] * len(page)
    for at, in_body, length in SequenceMatcher(None, _runs(page), _runs(body), autojunk=False).get_matching_blocks():
        for step in range(length + _RUN - 1 if length else 0):
            covered[at + step] = free[in_body + step]
    ends = [0]
    for tokens in said:
        ends.append(ends[-1] + len(tokens))
    spans = [covered[start:end] for start, end in pairwise(ends)]
    return [span.count(False) for span in spans], [span.count(True) for span in spans]


def _runs(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(tokens[place : place + _RUN]) for place in range(len(tokens) - _RUN + 1)]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)
