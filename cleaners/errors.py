"""The one family of errors that both packages raise."""

from typing import Any


class CleancopyError(Exception):
    """Something that a user can mend; the message is one line and says what and where."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without `__init__`, whose arguments differ from kind to kind and are not kept."""
        return _made_again, (type(self), self.args), self.__dict__


class PhraseFileError(CleancopyError):
    """A phrase file cannot be used; the message begins with file and line."""


class RestoreError(CleancopyError):
    """Removals contradict their text, so no original can be rebuilt from them."""


def _made_again(kind: type[CleancopyError], arguments: tuple[object, ...]) -> CleancopyError:
    return kind.__new__(kind, *arguments)
