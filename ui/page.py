"""The page that carries the application: Streamlit's own, said in French, with our menu and our look.

Streamlit writes a few words of its own (« Upload », « Clear value »…) and declares its page to be in English, which
screen readers then read aloud as English. The page is changed on its way out; ``static/page.js`` changes the words as
they appear. What every screen shares stands here and not in the script: nothing draws it again at each run.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import choices, logins, menu, streamlit_parts
from ui.screens import screens

ASSETS = "/apparence"
"""Where browsers find our style sheet, scripts and icon."""

_EVERYWHERE = "look.css"

_FIRST = "keys.js"
"""The script that is there before anything else of the page, Streamlit's bundle included: it hears the first keys."""

_SCRIPTS = ("choices.js", "page.js", "menu.js", "drop.js", "rows.js")
_ICON = "icon.svg"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""Said here: what the system would guess is wrong on some machines, and browsers refuse a script of another type."""

_ROOT = b'<div id="root">'
_KEPT = "public, max-age=31536000, immutable"
_STATIC, _SCREENS = (Path(__file__).parent / name for name in ("static", "screens"))


def favicon(request: Request) -> Response:
    """The icon, for browsers that ask for it under the name that they know: before any login too."""
    return Response((_STATIC / _ICON).read_bytes(), media_type=_TYPES[".svg"])


@cache
def sheets() -> Mapping[str, tuple[str, ...]]:
    """Our style sheets, and the paths of the pages on which each holds (none: on all)."""
    found: dict[str, tuple[str, ...]] = {_EVERYWHERE: ()}
    for screen in screens():
        for name in screen.sheets:
            found[name] = (*found.get(name, ()), screen.path)
    return found


@cache
def _files() -> Mapping[str, Path]:
    """What browsers may ask us for by name."""
    names = (*sheets(), _FIRST, *_SCRIPTS, _ICON)
    own = {path.name: path for path in _SCREENS.glob("*/*.css")}
    return {name: own.get(name, _STATIC / name) for name in names}


@cache
def asset(name: str) -> str:
    """The address of one of our files. It changes with the file, so that browsers ask for a new one."""
    return f"{ASSETS}/{name}?{hashlib.sha256(_files()[name].read_bytes()).hexdigest()[:12]}"


@cache
def _changes() -> tuple[tuple[bytes, bytes], ...]:
    """What is replaced in Streamlit's page. Ours comes after its own styles, which it would lose against otherwise."""
    first = f'<script type="importmap">{choices.import_map()}</script><script src="{asset(_FIRST)}"></script>'
    scripts = "".join(f'<script src="{asset(name)}" defer></script>' for name in _SCRIPTS)
    icons = next(streamlit_parts.MEDIA.glob("MaterialSymbols-Rounded.*"))
    face = (
        '<style>@font-face { font-family: "Material Symbols Rounded"; font-display: block;'
        f" src: url(/static/media/{icons.name}); }}</style>"
    )
    look = "".join(
        f'<link rel="stylesheet" href="{asset(name)}"' + (f' data-pages="{" ".join(pages)}">' if pages else ">")
        for name, pages in sheets().items()
    )
    return (
        (b'<html lang="en">', b'<html lang="fr">'),
        (b"<title>Streamlit</title>", "<title>Réseau 28</title>".encode()),
        (b'href="./favicon.png"', f'href="{asset(_ICON)}"'.encode()),
        (b"<head>", f"<head>{first}".encode()),
        (b"</head>", f"{face}{scripts}</head>".encode()),
        (b"</body>", f"{look}</body>".encode()),
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
                    beside = menu.html(HTTPConnection(scope).cookies.get(logins.COOKIE))
                    await _send_changed(start, bytes(page), script, beside, send)
            else:
                await send(message)

        await self.app(plain, receive, change)


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")


async def _send_changed(start: Message, page: bytes, early: str | None, beside: str, send: Send) -> None:
    preload = f'<link rel="preload" as="script" href="{early}">' if early else ""
    own = ((b"</head>", f"{preload}</head>".encode()), (b"<body>", f"<body>{beside}".encode()))
    for before, after in (*_changes(), *own) if _ROOT in page else ():  # other pages are ours: the login's
        page = page.replace(before, after, 1)
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(page))
    for name in ("etag", "last-modified"):  # they speak of the page before it was changed
        if name in headers:
            del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": page})


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    file = _files().get(name)
    if file is None:
        return PlainTextResponse("Cette page n'existe pas.", 404)
    return FileResponse(file, media_type=_TYPES[Path(name).suffix], headers={"Cache-Control": _KEPT})


routes = [Route(f"{ASSETS}/{{name}}", _asset)]
