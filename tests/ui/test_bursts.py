"""What a run draws reaches the browser whole and in order: at its end, or after a moment when it goes on."""

import asyncio
import gc
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Html_pb2 import Html
from streamlit.proto.NewSession_pb2 import NewSession

from ui.bursts import PATIENCE, Bursts

BEGINS = ForwardMsg(new_session=NewSession(name="app"))
ENDS = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
DRAWN = [ForwardMsg(delta=Delta(new_element=Element(html=Html(body="x" * size)))) for size in (1, 10_000, 2)]


def drawn(run: Callable[[Send, list[bytes]], Awaitable[None]]) -> list[bytes]:
    """What the browser has at the end of ``run``, which receives the way to send and what has arrived so far."""
    arrived: list[bytes] = []

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        arrived.append(message.get("bytes", b"closed"))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await run(send, arrived)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(Bursts(app)({"type": "websocket"}, receive, send))
    return arrived


async def say(send: Send, *messages: ForwardMsg) -> None:
    for message in messages:
        await send({"type": "websocket.send", "bytes": message.SerializeToString()})


def written(*messages: ForwardMsg) -> list[bytes]:
    return [message.SerializeToString() for message in messages]


def test_nothing_is_seen_of_a_run_before_its_end_then_all_of_it_in_order() -> None:
    async def run(send: Send, arrived: list[bytes]) -> None:
        await say(send, BEGINS, *DRAWN)
        assert arrived == []
        await say(send, ENDS)
        assert arrived == written(BEGINS, *DRAWN, ENDS)

    assert drawn(run) == written(BEGINS, *DRAWN, ENDS)


def test_a_long_run_is_seen_while_it_goes_on() -> None:
    async def run(send: Send, arrived: list[bytes]) -> None:
        await say(send, BEGINS, DRAWN[0])
        await asyncio.sleep(5 * PATIENCE)
        assert arrived == written(BEGINS, DRAWN[0])
        await say(send, DRAWN[1])
        await asyncio.sleep(5 * PATIENCE)
        assert arrived == written(BEGINS, *DRAWN[:2])
        await say(send, ENDS)

    assert drawn(run) == written(BEGINS, *DRAWN[:2], ENDS)


def test_what_comes_outside_of_a_run_is_not_kept() -> None:
    async def run(send: Send, arrived: list[bytes]) -> None:
        await say(send, DRAWN[0])
        assert arrived == written(DRAWN[0])
        await say(send, BEGINS, ENDS, DRAWN[2])
        assert arrived == written(DRAWN[0], BEGINS, ENDS, DRAWN[2])

    assert drawn(run) == written(DRAWN[0], BEGINS, ENDS, DRAWN[2])


def test_a_closing_comes_after_what_was_drawn() -> None:
    async def run(send: Send, arrived: list[bytes]) -> None:
        await say(send, BEGINS, DRAWN[0])
        await send({"type": "websocket.close", "code": 1000})

    assert drawn(run) == [*written(BEGINS, DRAWN[0]), b"closed"]


def test_a_browser_that_left_during_a_run_is_told_of_at_the_next_message() -> None:
    loose: list[object] = []

    async def send(message: Message) -> None:
        raise ConnectionError

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: loose.append(context))
        await say(send, BEGINS, DRAWN[0])
        await asyncio.sleep(5 * PATIENCE)
        gc.collect()
        with pytest.raises(ConnectionError):
            await say(send, ENDS)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    asyncio.run(Bursts(app)({"type": "websocket"}, receive, send))
    assert loose == []


def test_what_was_not_sent_when_the_browser_left_goes_with_it() -> None:
    async def run(send: Send, arrived: list[bytes]) -> None:
        await say(send, BEGINS, DRAWN[0])

    assert drawn(run) == []
