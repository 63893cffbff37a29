"""The one family of errors that both packages raise."""


class CleancopyError(Exception):
    """Something that a user can mend; the message is one line and says what and where."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class PhraseFileError(CleancopyError):
    """A phrase file cannot be used; the message begins with file and line."""


class RestoreError(CleancopyError):
    """Removals contradict their text, so no original can be rebuilt from them."""
