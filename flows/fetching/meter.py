"""What one hop takes from its connection, counted below HTTP: what HTTP's parsers skip in silence is counted too."""

from contextvars import ContextVar
from typing import TYPE_CHECKING

from flows.fetching.faults import FaultError
from flows.fetching.results import Reason

if TYPE_CHECKING:
    import httpcore2

MOST_HEAD_BYTES = 256 * 1024
"""Of everything before a body: interim answers (1xx) come in any number, and no parser limits that."""


class Meter:
    """The bytes of one hop.

    Attributes:
        received: bytes read since the request was sent.
        opened: whether a connection was opened for this hop, or should have been; else one was used again.
        at_proxy: whether what goes wrong now goes wrong at the proxy.
        ended: whether the server closed its side.
        stream: the connection that was read from last.
    """

    def __init__(self, most_wire_bytes: int) -> None:
        self.received = 0
        self.opened = False
        self.at_proxy = False
        self.ended = False
        self.stream: httpcore2.AsyncNetworkStream | None = None
        self._limit = MOST_HEAD_BYTES
        # Chunk sizes and frame headers come on top of the body, whose own limit is checked where it is read.
        self._limit_with_body = MOST_HEAD_BYTES + 2 * most_wire_bytes

    def head_is_over(self) -> None:
        """From here on the body's limit holds, and a proxy has done its work."""
        self.at_proxy = False
        self._limit = self._limit_with_body

    def count(self, data: bytes) -> None:
        """Count what was read; nothing means the end.

        Raises:
            FaultError: when it is too much.
        """
        self.received += len(data)
        self.ended = self.ended or not data
        if self.received > self._limit:
            what = "headers" if self._limit == MOST_HEAD_BYTES else "framing"
            raise FaultError(Reason.TOO_LARGE, f"more than {self._limit} bytes of {what}")


CURRENT: ContextVar[Meter | None] = ContextVar("CURRENT", default=None)
"""The meter of the hop that this task is in: HTTP's layers in between have no place for it."""
