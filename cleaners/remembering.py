"""Answers remembered about short lines: a site's menu, links and bylines come in article after article."""

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

# Longer lines rarely come again, and would be held for nothing.
_LONGEST = 120
_LINES = 1024


def remembered(ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same question about a line, asked once of a short line that comes again.

    For questions that take longer than to look the line up, a tenth of a microsecond.
    """
    return _Memory(ask).__getitem__


class _Memory(dict[str, Answer], Generic[Answer]):
    """Lines and the answers about them.

    A dictionary that asks where it has no answer: its look-up runs no Python, and an article makes over a hundred. It
    forgets all when it is full, which is as good as to forget what was least asked: a menu is soon back.
    """

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, line: str) -> Answer:
        answer = self._ask(line)
        if len(line) <= _LONGEST:
            if len(self) >= _LINES:
                self.clear()
            self[line] = answer
        return answer
