"""The page that carries the application: Streamlit's own, said in French.

Streamlit writes a few words of its own (« Upload », « Clear value »…) and declares its page to be in English, which
screen readers then read aloud as English. The page is changed on its way out; ``static/page.js`` changes the words as
they appear.
"""

from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = "/page.js"
_FILE = Path(__file__).parent / "static" / "page.js"
_CHANGES = (
    (b'<html lang="en">', b'<html lang="fr">'),
    (b"<title>Streamlit</title>", "<title>Réseau 28</title>".encode()),
    (b"</head>", f'<script src="{SCRIPT}" defer></script></head>'.encode()),
)


class FrenchPage:
    """Changes Streamlit's HTML page as browsers ask for it; every other answer goes by untouched.

    ``early`` are scripts that a page (by the end of its path) will need: the browser has them before it asks.
    """

    def __init__(self, app: ASGIApp, early: Mapping[str, str]) -> None:
        self.app, self.early = app, early

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        # A compressed page could not be changed; it is small.
        plain = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}
        start: Message | None = None
        page = bytearray()

        async def change(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is not None and message["type"] == "http.response.body":
                page.extend(message.get("body", b""))
                if not message.get("more_body"):
                    script = self.early.get(scope["path"].rpartition("/")[2])
                await _send_changed(start, bytes(page), script, send)
            else:
                await send(message)

        await self.app(plain, receive, change)


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")


async def _send_changed(start: Message, page: bytes, early: str | None, send: Send) -> None:
    preload = [(b"</head>", f'<link rel="preload" as="script" href="{early}"></head>'.encode())] if early else []
    for before, after in (*_CHANGES, *preload):
        page = page.replace(before, after, 1)
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(page))
    for name in ("etag", "last-modified"):  # they speak of the page before it was changed
        if name in headers:
            del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": page})


async def _script(request: Request) -> FileResponse:
    return FileResponse(_FILE, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


routes = [Route(SCRIPT, _script)]
