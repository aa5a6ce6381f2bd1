"""The files of proofs and what they show, by routes of their own: nothing in one of them may act on our pages.

Each answer bears a policy that lets nothing run or be fetched, forbids guessing another type, and is never kept by the
browser, for each reading is attested. Pictures and plain text are shown; anything else is downloaded.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from crm.errors import Forbidden, InputError, NotFound, Reseau28Error
from crm.files import media
from crm.files.charsets import charset
from crm.network import Network
from crm.store.protocol import Store
from crm.vault import previews, readings
from graph_schema.typography import typeset
from ui import logins, settings, showing
from ui.guard import DOCUMENTS

SHOWN = frozenset(each.type for each in (media.PNG, media.JPEG, media.GIF, media.WEBP, media.TEXT))
"""What a browser may show by itself. A PDF is not: browsers refuse to draw one under this policy."""

_REVISION = "empreinte"
_PREVIEW = "apercu"
_BLOCK = 1 << 16
_UNSEEN = "application/octet-stream"
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def routes(store: Store) -> list[Route]:
    """The routes that give the file of a proof of the network in ``store``, and a page of what it shows."""

    async def document(request: Request) -> Response:
        return await run_in_threadpool(_answer, _file, store, request)

    async def shown(request: Request) -> Response:
        return await run_in_threadpool(_answer, _page, store, request)

    return [Route(f"{DOCUMENTS}{{id}}", document), Route(f"{DOCUMENTS}{{id}}/{_PREVIEW}", shown)]


def address(id: str, sha256: str = "") -> str:
    """Where the file of a proof is given, or that of its former revision ``sha256``."""
    return f"{DOCUMENTS}{quote(id)}" + (f"?{_REVISION}={sha256}" if sha256 else "")


def preview(id: str) -> str:
    """Where what the file of a proof shows is given, page by page (« ?page=2 »)."""
    return f"{address(id)}/{_PREVIEW}"


def _answer(given: Callable[[Network, Request], Response], store: Store, request: Request) -> Response:
    """What ``given`` answers to whoever asks, or why not."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _refused(request, "Cette demande vient d'un autre site.", 403)
    if request.method == "HEAD":  # it would be attested as a reading, and nothing would be read
        return _refused(request, "Demandez le document lui-même.", 405)
    try:
        actor = logins.actor_of(request.cookies.get(logins.COOKIE))
        place = settings.current()
        return given(Network(store, actor, heads=place.heads(), vault=place.vault), request)
    except Reseau28Error as error:
        statuses = ((Forbidden, 403), (NotFound, 404), (InputError, 422))
        return _refused(
            request, str(error), next((status for kind, status in statuses if isinstance(error, kind)), 503)
        )


def _page(network: Network, request: Request) -> Response:
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    page = previews.preview(network, request.path_params["id"], number).value
    headers = {
        **_HEADERS, "Content-Security-Policy": f"sandbox; {showing.POLICY}; frame-ancestors 'none'",
        "X-Page": str(page.number), "X-Pages": str(page.of),
    }  # fmt: skip
    return HTMLResponse(showing.html(page), headers=headers)


def _file(network: Network, request: Request) -> Response:
    opened = ExitStack()
    id, sha256 = request.path_params["id"], request.query_params.get(_REVISION, "")
    record, stream, _ = opened.enter_context(readings.read(network, id, sha256))
    type = str(record.values.get("media", ""))
    if type == media.TEXT.type and (written := charset(stream)):  # deposited before this was noted
        type = f"{type}; charset={written}"
    shown = media.base(type) in SHOWN and type != media.TEXT.type
    name = quote(media.download_name(str(record.values.get("file_name", "document")), type))

    def blocks() -> Iterator[bytes]:
        with opened:
            stream.seek(0)
            while block := stream.read(_BLOCK):
                yield block

    headers = {
        **_HEADERS,
        "Content-Type": type if shown else _UNSEEN,
        "Content-Length": str(stream.seek(0, os.SEEK_END)),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
    }
    return StreamingResponse(blocks(), headers=headers)


def _refused(request: Request, words: str, status: int) -> Response:
    """Why not: a page of ours for who opened the address, the sentence alone for what asked for it."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(showing.refusal(words), status, _HEADERS)
    return PlainTextResponse(typeset(words), status, _HEADERS)
