"""The relay: one port on the loopback, behind which stands a server; what passes is counted, and may be troubled."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from enum import Enum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.relay.turns import Request, Spent, Turns

HOST = "127.0.0.1"
_PIECE = 1 << 20


class Trouble(Enum):
    """What becomes of a request, and of all that follows until the relay is mended."""

    CUT = "the connection is cut before the server hears of it"
    UNHEARD = "the server does it, and the connection is cut before its answer"
    HOLE = "nothing passes any more, and no connection is closed"


class Relay:
    """A TCP relay to the server at ``uri``, in a thread of its own; ``with`` opens and closes it.

    ``delay`` is how many seconds each answer is kept back.
    """

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._scheme, self._there = parts.scheme, (parts.hostname, parts.port)
        self.delay = 0.0
        self._spent = Spent()
        self._trouble: Trouble | None = None
        self._awaited: tuple[Trouble, Request, int] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay")
        self._links: set[asyncio.Task[None]] = set()

    @property
    def uri(self) -> str:
        """Where the server is reached through this relay."""
        return f"{self._scheme}://{HOST}:{self._port}"

    @contextlib.contextmanager
    def counting(self) -> Iterator[list[Spent]]:
        """What is spent in the block is in the list once it has ended."""
        told: list[Spent] = []
        before = self._spent
        yield told
        told.append(Spent(*(now - then for now, then in zip(self._spent, before, strict=True))))

    def trouble(self, what: Trouble, at: Request, *, after: int = 0) -> None:
        """Let it come at the next such request but ``after``."""
        self._awaited = what, at, after

    @property
    def troubled(self) -> bool:
        """Whether what was asked for has come."""
        return self._trouble is not None

    def mend(self) -> None:
        """Let everything pass again, by new connections."""
        self._trouble = self._awaited = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self._port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._link, HOST, 0)

    async def _end(self) -> None:
        self._server.close()
        for each in self._links:
            each.cancel()
        await asyncio.gather(*self._links, return_exceptions=True)

    async def _link(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._links.add(task)
        task.add_done_callback(self._links.discard)
        writers = [to_client]
        try:
            if self._trouble not in (Trouble.CUT, Trouble.UNHEARD):
                server, to_server = await asyncio.open_connection(*self._there)
                writers.append(to_server)
                link = _Link(self, to_client, to_server)
                ways = [asyncio.ensure_future(link.ask(client)), asyncio.ensure_future(link.answer(server))]
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)
        except asyncio.CancelledError:
            pass  # the relay closes
        finally:
            for writer in writers:
                writer.transport.abort()

    def note(self, begun: list[int], spent: Spent) -> Trouble | None:
        """Count what a client asked; returns the trouble that it meets."""
        self._spent = Spent(self._spent.trips + spent.trips, self._spent.queries + spent.queries)
        for kind in begun:
            if self._awaited and self._awaited[1] == kind:
                what, at, after = self._awaited
                self._awaited = (what, at, after - 1) if after else None
                if not after:
                    self._trouble = what
        return self._trouble

    @property
    def blocked(self) -> bool:
        """Whether nothing passes."""
        return self._trouble is Trouble.HOLE


class _Link:
    """One connection through the relay, both ways; a way ends when its connection is to be closed."""

    def __init__(self, relay: Relay, to_client: asyncio.StreamWriter, to_server: asyncio.StreamWriter) -> None:
        self._relay, self._to_client, self._to_server = relay, to_client, to_server
        self._turns = Turns()
        self._trouble: Trouble | None = None

    async def ask(self, client: asyncio.StreamReader) -> None:
        """Pass on what the client asks."""
        while data := await _read(client):
            self._trouble = self._relay.note(*self._turns.asked(data))
            if self._trouble is Trouble.CUT:
                return
            await self._pass(data, self._to_server)

    async def answer(self, server: asyncio.StreamReader) -> None:
        """Pass on what the server answers."""
        while data := await _read(server):
            if self._trouble is Trouble.UNHEARD:
                return
            await asyncio.sleep(self._relay.delay)
            await self._pass(data, self._to_client)

    async def _pass(self, data: bytes, to: asyncio.StreamWriter) -> None:
        if self._relay.blocked:
            await asyncio.Event().wait()  # for ever: mended is what connects anew
        to.write(data)
        await to.drain()


async def _read(reader: asyncio.StreamReader) -> bytes:
    """The next bytes, none where the connection has ended."""
    try:
        return await reader.read(_PIECE)
    except ConnectionError:
        return b""
