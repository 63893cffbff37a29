"""Labelled articles for training: lines that annotators labelled, and bodies of pages, of which all is to be kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from cleaners import Document
from cleaners.cleaning import find
from cleaners.findings import taken
from cleaners.layout import read_paragraphs
from cleaners.model.features import Article
from cleaners.phrases.attribution import languages_of
from cleaners.phrases.library import Library


class Labelled(msgspec.Struct, frozen=True):
    """An article and what is to become of its lines.

    Attributes:
        site: what folds are grouped by: no site is both in training and in test.
        source: `lines` or `pages`.
        labels: for each line `keep`, `remove`, `metadata` or `skip`.
    """

    id: str
    site: str
    source: str
    document: Document
    labels: tuple[str, ...]


def read_labelled(place: Path) -> list[Labelled]:
    """All labelled articles of a folder with `lines.jsonl` and `pages.jsonl`."""
    return [*_lines(place / "lines.jsonl"), *_pages(place / "pages.jsonl")]


def _lines(path: Path) -> Iterator[Labelled]:
    for row in _rows(path):
        lines = [line for line in row["lines"] if line["text"].strip()]
        labels = tuple(_label(line["action"]) for line in lines)
        yield _labelled(row, "lines", [line["text"] for line in lines], labels, row["language"])


def _pages(path: Path) -> Iterator[Labelled]:
    """The bodies that people marked on real pages; each is an article without furniture."""
    for row in _rows(path):
        lines = [line for block in row["gold"] for line in block["text"].split("\n") if line.strip()]
        languages = row.get("languages") or [None]
        yield _labelled(row, "pages", lines, ("keep",) * len(lines), languages[0])


def _labelled(
    row: dict[str, Any], source: str, lines: list[str], labels: tuple[str, ...], language: str | None
) -> Labelled:
    document = Document(
        id=row["id"], url=row["url"] or None, publisher=row["publisher"], language=language, text="\n".join(lines)
    )
    return Labelled(row["id"], row["site"], source, document, labels)


def _label(action: str) -> str:
    if action in {"skip", "metadata"}:
        return action
    return "keep" if action.startswith("keep") else "remove"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Rows(msgspec.Struct):
    """The lines that the model is asked about, as rows of features with their labels."""

    rows: list[tuple[float, ...]]
    labels: list[str]
    sites: list[str]
    sources: list[str]


def make_rows(labelled: list[Labelled], library: Library) -> Rows:
    """Rows for training. Hard-wrapped articles are left out: there a label is a line's, and a row a paragraph's."""
    made = Rows([], [], [], [])
    for item in labelled:
        paragraphs = read_paragraphs(item.document.text)
        if len(paragraphs) != len(item.labels):
            continue
        [found] = find([item.document], [paragraphs], library)
        article = Article(paragraphs, taken(found.findings, paragraphs), languages_of(item.document))
        for index in article.asked:
            if item.labels[index] != "skip":
                made.rows.append(article.row(index))
                made.labels.append(item.labels[index])
                made.sites.append(item.site)
                made.sources.append(item.source)
    return made
