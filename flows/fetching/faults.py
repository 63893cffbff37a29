"""What goes wrong inside one attempt, on its way to becoming a `Failed`."""

from flows.fetching.results import Reason

_LONGEST_DETAIL = 200


class FaultError(Exception):
    """One reason, one line, and what else is known.

    It never leaves `Fetcher.fetch`; what looks at URLs alone raises it, too.

    Attributes:
        reason: the one reason.
        detail: one printable line, whatever a server sent.
        status: of the answer, if one came.
        retry_after: seconds, if the server said so.
    """

    def __init__(
        self, reason: Reason, detail: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = one_line(detail)
        self.status = status
        self.retry_after = retry_after


def one_line(text: str) -> str:
    """Text without control characters and of bounded length: servers write parts of it."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST_DETAIL else line[: _LONGEST_DETAIL - 1] + "…"
