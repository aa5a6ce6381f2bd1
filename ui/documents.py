"""The files of proofs, given to a browser by a route of their own: nothing in one of them may act on our pages.

Each answer bears a policy that lets nothing run or be fetched, forbids guessing another type, and is never kept by the
browser, for each reading is attested. Pictures and plain text are shown; anything else is downloaded.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from crm.errors import Forbidden, NotFound, Reseau28Error
from crm.network import Network
from crm.store.protocol import Store
from crm.vault import media, readings
from ui import logins, settings
from ui.guard import DOCUMENTS

SHOWN = frozenset(each.type for each in (media.PNG, media.JPEG, media.GIF, media.WEBP, media.TEXT))
"""What a browser may show by itself. A PDF is not: browsers refuse to draw one under this policy."""

_REVISION = "empreinte"
_BLOCK = 1 << 16
_UNSEEN = "application/octet-stream"
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def route(store: Store) -> Route:
    """The route that gives the file of a proof of the network in ``store``."""

    async def document(request: Request) -> Response:
        return await run_in_threadpool(_answer, store, request)

    return Route(f"{DOCUMENTS}{{id}}", document)


def address(id: str, sha256: str = "") -> str:
    """Where the file of a proof is given, or that of its former revision ``sha256``."""
    return f"{DOCUMENTS}{quote(id)}" + (f"?{_REVISION}={sha256}" if sha256 else "")


def _answer(store: Store, request: Request) -> Response:
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _refused("Cette demande vient d'un autre site.", 403)
    opened = ExitStack()
    try:
        actor = logins.actor_of(request.cookies.get(logins.COOKIE))
        network = Network(store, actor, vault=settings.current().vault)
        record, stream, _ = opened.enter_context(
            readings.read(network, request.path_params["id"], request.query_params.get(_REVISION, ""))
        )
    except Reseau28Error as error:
        return _refused(
            str(error), 403 if isinstance(error, Forbidden) else 404 if isinstance(error, NotFound) else 503
        )
    type = str(record.values.get("media", ""))
    shown = type in SHOWN
    name = quote(str(record.values.get("file_name", "document")))

    def blocks() -> Iterator[bytes]:
        with opened:
            stream.seek(0)
            while block := stream.read(_BLOCK):
                yield block

    headers = {
        **_HEADERS,
        "Content-Type": ("text/plain; charset=utf-8" if type == media.TEXT.type else type) if shown else _UNSEEN,
        "Content-Length": str(stream.seek(0, os.SEEK_END)),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
    }
    return StreamingResponse(blocks(), headers=headers)


def _refused(words: str, status: int) -> Response:
    return PlainTextResponse(words, status, _HEADERS)
