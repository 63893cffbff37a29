"""How an extractor's answers compare with what people marked on a page, and averages over pages."""

import random
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WORDS = 4
_SAMPLES = 500
_FREE = frozenset({"summary", "optional"})


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What an extractor finds in a page; empty or None where it finds nothing, or does not look for it.

    Attributes:
        date: of publication, in ISO 8601.
    """

    text: str = ""
    title: str | None = None
    authors: Sequence[str] = ()
    date: str | None = None


class Counts(msgspec.Struct, frozen=True):
    """The shingles of a page: found, too many and missing, as shares of all of them."""

    found: float
    extra: float
    missing: float

    @property
    def f1(self) -> float:
        """Of this page alone."""
        wrong = self.extra + self.missing
        return self.found / (self.found + wrong / 2) if wrong else 1.0


class Scores(msgspec.Struct, frozen=True):
    """Of a set of pages."""

    precision: float
    recall: float
    f1: float
    exact: float


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


def shares(pages: Iterable[tuple[dict[str, Any], Found]]) -> dict[str, float | None]:
    """Of the pages that state a field, the share on which it was found as stated.

    None where no page states it, or on no page any was found. `minute`: the same minute, whatever the offset; `day`:
    the same calendar day; `title`: the same but for case, white space and the form of apostrophes; `authors`: the
    same set of names.
    """
    pages = list(pages)
    looked = {
        "minute": any(found.date for _, found in pages),
        "day": any(found.date for _, found in pages),
        "title": any(found.title for _, found in pages),
        "authors": any(found.authors for _, found in pages),
    }
    right: dict[str, list[bool]] = {"minute": [], "day": [], "title": [], "authors": []}
    for page, found in pages:
        for field, is_right in _compared(page, found):
            right[field].append(is_right)
    return {
        field: _mean(list(map(float, answers))) if answers and looked[field] else None
        for field, answers in right.items()
    }


def _compared(page: dict[str, Any], found: Found) -> Iterator[tuple[str, bool]]:
    date = page.get("date_published")
    if minute := _minute(date):
        yield "minute", _minute(found.date) == minute
    if day := (date or page.get("day_published") or "")[:10]:
        yield "day", (found.date or "")[:10] == day
    if title := page.get("title"):
        yield "title", _plain(found.title) == _plain(title)
    if authors := page.get("authors"):
        yield "authors", set(map(_plain, found.authors)) == set(map(_plain, authors))


def _minute(date: str | None) -> datetime | None:
    """An instant to the minute; None where time or zone are missing."""
    try:
        moment = datetime.fromisoformat(date or "")
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(second=0, microsecond=0) if moment.tzinfo else None


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").replace("’", "'").split()).casefold()
