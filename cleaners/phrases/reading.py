"""Reading phrase files: YAML in, checked phrases out; every complaint names file and line."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

import msgspec
import yaml

from cleaners.composing import compose
from cleaners.document import Kind
from cleaners.errors import PhraseFileError
from cleaners.folding import fold, key
from cleaners.layout import Paragraph
from cleaners.phrases.pattern import Pattern, parse
from cleaners.phrases.phrase import MOVABLE, Action, Phrase, Where

_FILE_KEYS = {"publisher", "language", "names", "country", "phrases"}
_PHRASE_KEYS = {"id", "kind", "action", "text", "where", "seen", "matches", "keeps"}
_NEEDED = ("id", "kind", "text", "matches", "keeps")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEEN = re.compile(r"\d{4}(?:\.\.(?:\d{4})?)?")
_KINDS = {str(kind): kind for kind in Kind}


PLACEHOLDER = "FILL IN"
"""What a draft's text and examples begin with until a person has written them; such a file is refused."""


class Publisher(msgspec.Struct, frozen=True):
    """A publisher as its file names it; `country` is an ISO 3166 code or None."""

    domain: str
    names: tuple[str, ...]
    country: str | None


class PhraseFile(msgspec.Struct, frozen=True):
    """One file: a publisher's, or, where `publisher` is None, a language's."""

    publisher: Publisher | None
    phrases: tuple[Phrase, ...]


def read_file(path: Path) -> PhraseFile:
    """A phrase file.

    Raises:
        PhraseFileError: unreadable, no YAML, an unknown or missing key, a wrong value.
    """
    try:
        root = compose(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PhraseFileError(f"{path}: cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PhraseFileError(f"{path}:{line}: no valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise PhraseFileError(f"{path}:1: no valid YAML: {error}") from error
    if root is None:
        raise PhraseFileError(f"{path}:1: the file is empty")
    return _Reader(path).file(root)


def check_examples(phrase: Phrase, double: Phrase | None) -> None:
    """Try a phrase on its own examples.

    Raises:
        PhraseFileError: the id is taken, a place is not filled in, a `matches` example is not found or a `keeps`
            example is.
    """
    if double is not None:
        raise PhraseFileError(f"{phrase.place}: the id {phrase.id} is taken by {double.place}")
    for written in (phrase.text, *phrase.matches, *phrase.keeps):
        if written.startswith(PLACEHOLDER):
            raise PhraseFileError(f"{phrase.place}: {phrase.id} is a draft: fill in {written!r}")
    for example in phrase.matches:
        if not _finds(phrase, example):
            raise PhraseFileError(f"{phrase.place}: {phrase.id} does not match its own example {example!r}")
    for example in phrase.keeps:
        if _finds(phrase, example):
            raise PhraseFileError(f"{phrase.place}: {phrase.id} would remove what it must keep: {example!r}")


def _finds(phrase: Phrase, example: str) -> bool:
    paragraph = Paragraph(0, 0, example, fold(example))
    at = paragraph.folded.find(phrase.pattern.anchor)
    while at >= 0:
        if phrase.match(paragraph, at):
            return True
        at = paragraph.folded.find(phrase.pattern.anchor, at + 1)
    return False


class _Reader:
    """Walks the nodes of one file, so that a complaint can name its line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, root: yaml.Node) -> PhraseFile:
        keys = self._mapping(root, _FILE_KEYS)
        owner = [name for name in ("publisher", "language") if name in keys]
        if len(owner) != 1:
            self._fail(root, "a file names either its `publisher` or its `language`")
        publisher = None
        if "publisher" in keys:
            publisher = Publisher(
                domain=self._domain(keys["publisher"]),
                names=tuple(self._texts(keys["names"])) if "names" in keys else (),
                country=self._country(keys["country"]) if "country" in keys else None,
            )
        elif "names" in keys or "country" in keys:
            self._fail(root, "`names` and `country` belong to a publisher's file")
        if "phrases" not in keys:
            self._fail(root, "`phrases` is missing")
        phrases = [
            self._phrase(node, self._text(keys[owner[0]]), publisher) for node in self._sequence(keys["phrases"])
        ]
        return PhraseFile(publisher, tuple(phrases))

    def _phrase(self, node: yaml.Node, owner: str, publisher: Publisher | None) -> Phrase:
        keys = self._mapping(node, _PHRASE_KEYS)
        for name in _NEEDED:
            if name not in keys:
                self._fail(node, f"a phrase without `{name}`")
        pattern = self._pattern(keys["text"])
        action, moves_to = self._action(keys["action"]) if "action" in keys else ("remove", None)
        name = self._text(keys["id"])
        if not _ID.fullmatch(name):
            self._fail(keys["id"], f"id {name!r}: use small letters and digits joined by hyphens")
        return Phrase(
            id=f"{owner}/{name}",
            kind=_KINDS[self._one_of(keys["kind"], tuple(_KINDS))],
            action=action,
            moves_to=moves_to,
            text=self._text(keys["text"]),
            pattern=pattern,
            where=self._where(keys["where"]) if "where" in keys else "anywhere",
            seen=self._seen(keys["seen"]) if "seen" in keys else None,
            matches=tuple(self._texts(keys["matches"])),
            keeps=tuple(self._texts(keys["keeps"])),
            publisher=publisher.domain if publisher else None,
            names_publisher=publisher is not None and _names(pattern, publisher),
            place=f"{self.path}:{node.start_mark.line + 1}",
        )

    def _action(self, node: yaml.Node) -> tuple[Action, str | None]:
        """`remove`, `flag`, or `move: FIELD`, the last as a mapping or as one quoted string."""
        if isinstance(node, yaml.MappingNode) and node.value:
            verb, target = "move", self._text(self._mapping(node, {"move"})["move"])
        else:
            verb, _, target = (part.strip() for part in self._text(node).partition(":"))
        if verb == "remove" and not target:
            return "remove", None
        if verb == "flag" and not target:
            return "flag", None
        if verb != "move":
            self._fail(node, f"action {verb!r}: one of remove, move: FIELD, flag")
        if target not in MOVABLE:
            self._fail(node, f"cannot move to {target!r}: one of {', '.join(MOVABLE)}")
        return "move", target

    def _where(self, node: yaml.Node) -> Where:
        where: Where = msgspec.convert(self._one_of(node, get_args(Where)), Where)
        return where

    def _pattern(self, node: yaml.Node) -> Pattern:
        try:
            return parse(self._text(node))
        except ValueError as error:
            self._fail(node, str(error))

    def _domain(self, node: yaml.Node) -> str:
        domain = self._text(node)
        if domain != domain.lower() or "." not in domain or "/" in domain or " " in domain:
            self._fail(node, f"publisher {domain!r}: a domain in small letters, as example.org")
        return domain

    def _country(self, node: yaml.Node) -> str:
        country = self._text(node)
        if not re.fullmatch("[A-Z]{2}", country):
            self._fail(node, f"country {country!r}: two capital letters of ISO 3166, as IN")
        return country

    def _seen(self, node: yaml.Node) -> str:
        seen = self._text(node)
        if not _SEEN.fullmatch(seen):
            self._fail(node, f"seen {seen!r}: years, as 2019, 2019.. or 2019..2020")
        return seen

    def _one_of(self, node: yaml.Node, allowed: Sequence[str]) -> str:
        value = self._text(node)
        if value not in allowed:
            self._fail(node, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def _mapping(self, node: yaml.Node, allowed: set[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._fail(node, "expected keys and values here")
        keys: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            name = self._text(key_node)
            if name not in allowed:
                self._fail(key_node, f"unknown key {name!r}: one of {', '.join(sorted(allowed))}")
            if name in keys:
                self._fail(key_node, f"the key {name!r} stands twice")
            keys[name] = value
        return keys

    def _sequence(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._fail(node, "expected a list with at least one item here")
        items: list[yaml.Node] = node.value
        return items

    def _texts(self, node: yaml.Node) -> list[str]:
        return [self._text(item) for item in self._sequence(node)]

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._fail(node, "expected text here")
        text: str = node.value
        return text

    def _fail(self, node: yaml.Node, complaint: str) -> NoReturn:
        raise PhraseFileError(f"{self.path}:{node.start_mark.line + 1}: {complaint}")


def _names(pattern: Pattern, publisher: Publisher) -> bool:
    """Whether one of the publisher's names stands in the phrase's literal text, as whole words."""
    literal = " \0 ".join(pattern.pieces)
    names = (name for name in map(key, (publisher.domain, *publisher.names)) if name in literal)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", literal) for name in names)
