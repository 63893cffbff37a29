"""Invented stories, made of a number: the same on every machine, and no two share a sentence."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tests.publisher.prose import LANGUAGES, SYLLABLES, Language

FIRST = datetime(2024, 1, 2, 6, 0, tzinfo=timezone.utc)  # noqa: UP017 - with the other zones below
APART = timedelta(minutes=37)
MOST_WORDS = 60  # of a paragraph
ZONES = {
    "en": (-5.0, 0.0, 5.5),
    "de": (1.0,),
    "fr": (1.0,),
    "es": (-3.0,),
    "ru": (3.0,),
    "ja": (9.0,),
}


@dataclass(frozen=True)
class Story:
    """An article as its author wrote it.

    Attributes:
        number: which story; all else follows from it, its language and its revision.
        paragraphs: each of whole sentences; joined by line feeds they are the clean text.
        published: in the zone of its publisher; some to the second, some to the minute.
        updated: None until it is corrected.
        pictured: whether it has a picture.
        revision: 1, and one more for each correction.
    """

    number: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    author: str
    published: datetime
    updated: datetime | None
    tags: tuple[str, ...]
    pictured: bool
    revision: int

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def story(number: int, language: str, revision: int = 1) -> Story:
    """Story `number`; a later revision begins with another sentence, and is otherwise the same."""
    words = LANGUAGES[language]
    chance = random.Random(f"story {number} {language}")  # noqa: S311 - the same on every machine
    own = {"place": _own(number, language, 0), "name": _name(number, language, words, chance)}
    title = _filled(chance.choice(words.titles), own, words, chance)
    paragraphs = _paragraphs(own, words, chance)
    published = FIRST + number * APART + timedelta(seconds=chance.choice((0, chance.randrange(1, 60))))
    zone = timezone(timedelta(hours=chance.choice(ZONES[language])))
    told = Story(
        number=number,
        language=language,
        title=title,
        paragraphs=tuple(words.joint.join(sentences) for sentences in paragraphs),
        author=f"{chance.choice(words.firsts)} {chance.choice(words.lasts)}",
        published=published.astimezone(zone),
        updated=None,
        tags=tuple(chance.sample(words.tags, chance.randint(1, 3))),
        pictured=chance.random() < 0.5,
        revision=1,
    )
    return told if revision == 1 else _corrected(told, paragraphs[0], own, revision)


def corrected(before: Story) -> Story:
    """The next revision."""
    return story(before.number, before.language, before.revision + 1)


def _corrected(told: Story, first: list[str], own: dict[str, str], revision: int) -> Story:
    words = LANGUAGES[told.language]
    chance = random.Random(f"revision {told.number} {revision}")  # noqa: S311 - the same on every machine
    # The revision is one of the numbers, so that no two revisions are the same.
    corrections = words.corrections[revision % len(words.corrections)]
    sentence = _filled(corrections, own | {"m": str(revision + 10)}, words, chance)
    return Story(
        **vars(told)
        | {
            "paragraphs": (words.joint.join([sentence, *first[1:]]), *told.paragraphs[1:]),
            "updated": told.published + timedelta(hours=26 * (revision - 1)),
            "revision": revision,
        }
    )


def _paragraphs(own: dict[str, str], words: Language, chance: random.Random) -> list[list[str]]:
    """Three to eight paragraphs of two or three sentences, none of them twice."""
    left = chance.sample(words.sentences, len(words.sentences))
    sizes = [chance.choice((2, 3)) for _ in range(chance.randint(3, min(8, len(left) // 3)))]
    paragraphs = [[_filled(left.pop(), own, words, chance) for _ in range(size)] for size in sizes]
    return [
        sentences if len(" ".join(sentences).split()) <= MOST_WORDS else sentences[:2] for sentences in paragraphs
    ]


def _filled(template: str, own: dict[str, str], words: Language, chance: random.Random) -> str:
    values = {
        "n": str(chance.randint(30, 980)),
        "m": str(chance.randint(5, 29)),
        "day": chance.choice(words.days),
        "thing": chance.choice(words.things),
    }
    return template.format_map(values | own)


def _own(number: int, language: str, turn: int) -> str:
    """A name that no other of the first three thousand stories of the same script has."""
    starts, middles, ends = SYLLABLES.get(language, SYLLABLES["latin"])
    # 11 divides neither number of names, 3,072 and 3,136: every number below that gets another one.
    place = (number * 11 + turn * 1_000) % (len(starts) * len(middles) * len(ends))
    place, start = divmod(place, len(starts))
    end, middle = divmod(place, len(middles))
    return starts[start] + middles[middle] + ends[end]


def _name(number: int, language: str, words: Language, chance: random.Random) -> str:
    if language == "ja":
        return _own(number, language, 1)
    return f"{chance.choice(words.firsts)} {_own(number, language, 1)}"
