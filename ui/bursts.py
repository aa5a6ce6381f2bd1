"""What a run of the script draws, sent to the browser in one go.

Streamlit sends each element by itself, as soon as the script has drawn it, and the browser makes its whole page again
for each handful that comes in. A run of ours takes some milliseconds: what it draws is kept back until it has ended, or
for ``PATIENCE`` at most, and the page is made again once.
"""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.streamlit_parts import ForwardMsg

PATIENCE = 0.04
"""Seconds: a run that takes longer shows what it has drawn so far, every so often."""

_LARGEST = 2_000
"""Bytes: what begins or ends a run is small; elements, which may be large, need not be read."""

_BEGINS, _ENDS = "new_session", "script_finished"


class Bursts:
    """Keeps back what a websocket sends during a run; every other answer goes by untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        kept = _Kept(send)
        try:
            await self.app(scope, receive, kept.take)
        finally:
            kept.forget()


class _Kept:
    """The messages of one websocket that wait for the end of the run, in order."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[Message] = []
        self._due: asyncio.Task[None] | None = None
        self._running = False
        self._order = asyncio.Lock()

    async def take(self, message: Message) -> None:
        """Send ``message`` now, or with those that it belongs to."""
        kind = _kind(message)
        self._running = kind != _ENDS and (self._running or kind == _BEGINS)
        self._waiting.append(message)
        if not self._running or message["type"] != "websocket.send":
            await self._all()
        elif self._due is None:
            self._due = asyncio.create_task(self._later())

    def forget(self) -> None:
        """The websocket is closed: nothing can be sent any more."""
        self._waiting.clear()
        if self._due is not None:
            self._due.cancel()

    async def _later(self) -> None:
        await asyncio.sleep(PATIENCE)
        self._due = None
        with suppress(OSError):  # the browser has left: the next message says so to Streamlit, which expects it there
            await self._all()

    async def _all(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        async with self._order:
            while self._waiting:
                await self._send(self._waiting.pop(0))


def _kind(message: Message) -> str | None:
    """What a message of Streamlit's is, if it is small."""
    body = message.get("bytes")
    if message["type"] != "websocket.send" or body is None or len(body) > _LARGEST:
        return None
    kind: str | None = ForwardMsg.FromString(body).WhichOneof("type")
    return kind
