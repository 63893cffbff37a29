"""How fast cleaning is: `make bench`.

Prints one table. Every figure is a median of several rounds in one process on one core; machines differ, so read the
ratios. The texts are made up here, always the same; nothing is read but the phrase library.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from cleaners import Document, clean, load_model, load_phrases
from cleaners.document import Kind
from cleaners.layout import read_paragraphs
from cleaners.phrases.attribution import attribute, propose
from cleaners.phrases.library import Library
from cleaners.phrases.owners import Owners
from cleaners.phrases.pattern import parse
from cleaners.phrases.phrase import Phrase
from flows.documents.loaded import Loaded, Source
from flows.record import encode
from flows.recording import clean_document

ROUNDS = 15
MANY = 10_000
ARTICLE = 5_000
WORDS = [
    "the", "a", "of", "and", "in", "to", "was", "said", "on", "for", "that", "with", "by", "at", "from", "as", "it",
    "had", "after", "before", "county", "council", "ferry", "bridge", "harbour", "minister", "police", "court",
    "school", "river", "market", "station", "officials", "residents", "report", "year", "week", "Friday",
]  # fmt: skip


def article(length: int, seed: int = 1) -> str:
    """Paragraphs of made-up words, `length` characters, with a promotion and a notice at the end."""
    rng = random.Random(seed)  # noqa: S311 - the same text every time is the point
    lines: list[str] = []
    while sum(map(len, lines)) < length - 200:
        words = rng.choices(WORDS, k=rng.randint(30, 90))
        lines.append(" ".join(words).capitalize() + ".")
    return "\n".join(
        [*lines, "Advertisement", "Sign up for our daily newsletter", "© 2024 Example. All rights reserved."]
    )


def made_up_phrases(count: int) -> list[Phrase]:
    """Publishers' phrases of eight made-up words and a slot."""
    rng = random.Random(2)  # noqa: S311
    phrases = []
    for number in range(count):
        words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(3, 9))) for _ in range(8)]
        text = " ".join([*words[:5], "{what}", *words[5:]])
        phrases.append(
            Phrase(
                id=f"example{number % 500}.org/phrase-{number}",
                kind=Kind.APP_PROMO,
                action="remove",
                moves_to=None,
                text=text,
                pattern=parse(text),
                where="anywhere",
                seen=None,
                matches=(),
                keeps=(),
                publisher=f"example{number % 500}.org",
                names_publisher=True,
                place="",
            )
        )
    return phrases


def milliseconds(call: Callable[[], object], repeat: int = 50) -> float:
    """The median time of one call over `ROUNDS` rounds of `repeat` calls."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(repeat):
            call()
        times.append((time.perf_counter() - began) / repeat * 1000)
    return statistics.median(times)


def phrase_step(text: str, library: Library) -> object:
    """The phrase step alone: paragraphs folded, phrases found, publisher settled, findings proposed."""
    document = Document(text=text)
    attribution, hits = attribute(document, library.find(read_paragraphs(text)), library)
    return propose(hits, None, Owners(document, attribution.publisher, library))


def first_record_seconds() -> float:
    """From the start of `cleancopy clean -` to its first record, standard input still open."""
    command = [str(Path(sys.executable).with_name("cleancopy")), "clean", "-"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        process.stdin.write(msgspec.json.encode({"id": "1", "text": article(ARTICLE)}) + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        taken = time.perf_counter() - began
        process.stdin.close()
    return taken


def furnished(length: int, seed: int) -> str:
    """An article as sites give it: a menu, headline, byline and date, and links, buttons and notices behind."""
    head = ["Home", "News", "Ferry residents officials report bridge harbour", "By Jane Doe", "3 May 2024, 10:15"]
    tail = [f"{' '.join(random.Random(n).choices(WORDS, k=7)).capitalize()}" for n in range(seed, seed + 8)]  # noqa: S311
    return "\n".join([*head, article(length - 600, seed), "Share", "Read more", *tail, "Privacy policy"])


def print_stream_speed() -> None:
    """Articles of 3 KB a second through `cleancopy clean -` with everything on, beside JSON alone."""
    count = 6_000
    rows = [msgspec.json.encode({"id": str(n), "text": furnished(3_000, n % 500)}) for n in range(count)]
    lines = b"\n".join(rows) + b"\n"
    command = [str(Path(sys.executable).with_name("cleancopy")), "clean", "-"]
    rates = []
    for _ in range(3):
        began = time.perf_counter()
        output = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
        rates.append(count / (time.perf_counter() - began))
    began = time.perf_counter()
    for line in output.splitlines():
        msgspec.json.encode(msgspec.json.decode(line))
    alone = count / (time.perf_counter() - began)
    print(f"\n{'`clean -`: articles of 3 KB a second, start included':<55}{statistics.median(rates):>8,.0f}")
    print(f"{'JSON of their records alone':<55}{alone:>8,.0f}")


def main() -> None:
    """Measure and print."""
    built_in = load_phrases()
    library = Library(
        [*built_in.phrases, *made_up_phrases(MANY - len(built_in.phrases))], built_in.publishers.values()
    )
    text = article(ARTICLE)
    loaded = Loaded(document=Document(text=text), source=Source(Path("-"), "-", 0), line=1)
    record = clean_document(loaded, library)
    line = encode(record)
    json_alone = milliseconds(lambda: msgspec.json.encode(msgspec.json.decode(line)))
    with_none = milliseconds(lambda: phrase_step(text, Library([])))
    rows = [
        ("JSON of its record, decoded and encoded alone", json_alone),
        (f"phrase step, {len(library.phrases):,} phrases", milliseconds(lambda: phrase_step(text, library))),
        (
            f"phrase step, {len(built_in.phrases):,} phrases (built in)",
            milliseconds(lambda: phrase_step(text, built_in)),
        ),
        ("phrase step, no phrases (paragraphs alone)", with_none),
        ("clean(), rules alone", milliseconds(lambda: clean(loaded.document, library))),
        ("clean() with the line model", milliseconds(lambda: clean(loaded.document, library, load_model()))),
        ("clean() and its record as a line", milliseconds(lambda: encode(clean_document(loaded, library)))),
    ]
    print(f"{f'one article of {len(text):,} characters':<55}{'ms':>8}{'of JSON':>10}")
    for name, taken in rows:
        print(f"{name:<55}{taken:>8.3f}{taken / json_alone:>9.1f}x")
    print(f"\n{'growth with length':<55}{'ms':>8}{'a MB':>10}")
    for size in (500_000, 1_000_000, 5_000_000):
        shapes = {"many lines": article(size), "one line": article(size).replace("\n", " ")}
        for shape, long_text in shapes.items():
            began = time.perf_counter()
            clean(Document(text=long_text), library, load_model())
            taken = (time.perf_counter() - began) * 1000
            print(f"{f'clean(), {size:,} characters, {shape}':<55}{taken:>8.0f}{taken / size * 1e6:>10.0f}")
    print_stream_speed()
    starts = sorted(first_record_seconds() for _ in range(5))
    print(f"\n{'`clean -`: seconds to the first record, median of 5':<55}{starts[2]:>8.2f}")


if __name__ == "__main__":
    main()
