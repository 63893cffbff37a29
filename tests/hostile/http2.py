"""The same server's HTTP/2 side, with the faults that only HTTP/2 has."""

import asyncio
import itertools

import h2.config
import h2.connection
import h2.events

_PIECE = 16_000


class Http2:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        # It may say what it likes.
        config = h2.config.H2Configuration(
            client_side=False, validate_outbound_headers=False, normalize_outbound_headers=False
        )
        self._state = h2.connection.H2Connection(config)

    async def talk(self) -> None:
        self._state.initiate_connection()
        await self._flush()
        while data := await self._reader.read(65536):
            for event in self._state.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[b":path"].decode()
                    if not await self._answer(event.stream_id, path):
                        return
            await self._flush()

    async def _flush(self) -> None:
        self._writer.write(self._state.data_to_send())
        await self._writer.drain()
        await asyncio.sleep(0)  # a drain alone does not give way to the loss of the connection
        if self._writer.transport.is_closing():
            raise ConnectionResetError

    async def _answer(self, stream: int, path: str) -> bool:
        """Answer; gives whether the connection is kept."""
        fault = getattr(self, path[1:], None)
        if fault is None:
            self._begin(stream, ("etag", '"h2"'))
            self._state.send_data(stream, f"two: {path}".encode(), end_stream=True)
        else:
            await fault(stream)
        await self._flush()
        return path != "/cut"

    def _begin(self, stream: int, *headers: tuple[str, str], status: str = "200") -> None:
        self._state.send_headers(stream, [(":status", status), *headers])

    async def flood_103(self, stream: int) -> None:
        for number in itertools.count():  # never the same, so that nothing is compressed
            self._begin(stream, ("link", f"<{number}>" + "|" * 5000), status="103")
            await self._flush()

    async def ping_flood(self, _stream: int) -> None:
        while True:
            self._state.ping(b"12345678")
            await self._flush()

    async def bad_status(self, stream: int) -> None:
        self._begin(stream, status="abc")

    async def wide_headers(self, stream: int) -> None:
        self._begin(stream, *[("x", "a" * 4000)] * 40)

    async def reset(self, stream: int) -> None:
        self._begin(stream)
        self._state.reset_stream(stream)

    async def cut(self, stream: int) -> None:
        self._begin(stream)
        self._state.send_data(stream, b"half of")

    async def short_body(self, stream: int) -> None:
        self._begin(stream, ("content-length", "100"))
        self._state.send_data(stream, b"hello", end_stream=True)

    async def endless(self, stream: int) -> None:
        self._begin(stream)
        while self._state.local_flow_control_window(stream) > _PIECE:
            self._state.send_data(stream, b"a" * _PIECE)
            await self._flush()

    async def never(self, _stream: int) -> None:
        pass

    async def goaway(self, _stream: int) -> None:
        self._state.close_connection()
