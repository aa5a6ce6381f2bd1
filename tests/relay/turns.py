"""What a client asks over Bolt, read as it passes: how many queries, and how often it waits for an answer."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple


class Request(IntEnum):
    """What a client asks of a server."""

    HELLO = 0x01
    GOODBYE = 0x02
    RESET = 0x0F
    RUN = 0x10
    BEGIN = 0x11
    COMMIT = 0x12
    ROLLBACK = 0x13
    DISCARD = 0x2F
    PULL = 0x3F
    TELEMETRY = 0x54
    ROUTE = 0x66
    LOGON = 0x6A


class Spent(NamedTuple):
    """Round trips (a request is sent and its answer waited for), and the queries in them."""

    trips: int = 0
    queries: int = 0


_NOT_WAITED_FOR = frozenset({Request.GOODBYE, Request.BEGIN, Request.TELEMETRY})
"""The driver sends these with the request after them, or hears no answer."""
_WITH: Mapping[int, int] = {Request.PULL: Request.RUN, Request.DISCARD: Request.RUN, Request.LOGON: Request.HELLO}
"""What goes in one message with the request before it, where that is the one named here."""


class Turns:
    """The requests of one connection. What is counted rests on their order alone, never on when an answer came."""

    def __init__(self) -> None:
        self._bytes = _Requests()
        self._before: int | None = None

    def asked(self, data: bytes) -> tuple[list[int], Spent]:
        """The requests that begin in these bytes, and what they spend."""
        begun = list(self._bytes.begun(data))
        trips = 0
        for kind in begun:
            trips += kind not in _NOT_WAITED_FOR and _WITH.get(kind) != (self._before or -1)
            self._before = kind
        return begun, Spent(trips, begun.count(Request.RUN))


class _Requests:
    """Bytes of a client: a greeting, its choice among the versions it was told of, if any, then messages in chunks.

    A chunk is two bytes of length, then so many bytes; a length of 0 ends a message, whose kind is its second byte.
    """

    def __init__(self) -> None:
        self._rest = bytearray()
        self._hello = 20
        self._speaks = self._within = False

    def begun(self, data: bytes) -> Iterator[int]:
        """The kind of each message that begins here."""
        self._rest += data
        if not self._greeted():
            return
        at, end = 0, len(self._rest)
        while end - at >= 4 or (end - at >= 2 and self._within):
            size = int.from_bytes(self._rest[at : at + 2])
            if size and not self._within:
                self._within = True
                yield self._rest[at + 3]
            if end - at < 2 + size:
                break
            self._within = self._within and size > 0
            at += 2 + size
        del self._rest[:at]

    def _greeted(self) -> bool:
        if not self._speaks and len(self._rest) >= max(self._hello, 2):
            del self._rest[: self._hello]
            self._hello = 0
            # A choice is 00 00 minor major and one byte; no first message begins with a length of 0.
            if self._rest[:2] == b"\0\0" and len(self._rest) >= 5:
                del self._rest[:5]
            self._speaks = len(self._rest) >= 2 and self._rest[:2] != b"\0\0"
        return self._speaks
