"""A resolver whose names lead where a test wants."""

import asyncio
import socket
from collections.abc import Sequence

from tests.hostile.serving import CANARY, HOST


class Names:
    """A resolver whose names lead where a test wants; it keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answers = {
            "hostile.test": [HOST],
            "other.test": [HOST],
            "inside.test": [CANARY],
            "mixed.test": [HOST, CANARY],
            "second.test": [f"{HOST[:-1]}3", HOST],
            "nowhere.test": [],
        }

    async def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        if host == "rebind.test":  # allowed first, then not
            return [HOST] if self.asked.count(host) == 1 else [CANARY]
        if host == "slow.test":
            await asyncio.sleep(30)
        if host not in self._answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self._answers[host]
