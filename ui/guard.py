"""What stands between the network and the application: headers, same origin, and a session where one is required."""

import base64
import hashlib
import re
from functools import cache
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.errors import Forbidden, Reseau28Error
from crm.network.rights import Right
from ui import choices, logins, streamlit_parts

LOGIN, LOGOUT, PASSWORD, HEALTH = "/connexion", "/deconnexion", "/mot-de-passe", "/sante"
FAVICON = "/favicon.ico"
OPEN_PATHS = frozenset({LOGIN, LOGOUT, HEALTH, FAVICON})
"""What needs no session."""

DOCUMENTS = "/preuves/"
"""Under which the files of proofs are given, with a policy of their own."""

UPLOADS = "/_stcore/upload_file"
"""Where Streamlit takes files."""

_POLICY = "Content-Security-Policy"
_INLINE_SCRIPT = re.compile(r"<script(?: type=\"importmap\")?>(.*?)</script>", re.DOTALL)


@cache
def content_policy() -> str:
    """No host but ours. Streamlit needs inline styles (emotion) and modules made on the spot (components, ``blob:``);
    its page's own inline scripts are named by their digests, so no other may run.
    """
    page = streamlit_parts.PAGE.read_text(encoding="utf-8")
    inline = [*_INLINE_SCRIPT.findall(page), choices.import_map()]
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join((
        "default-src 'self'", f"script-src 'self' blob: {scripts}", "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:", "font-src 'self' data:", "media-src 'self' blob:", "connect-src 'self'",
        "worker-src 'self' blob:", "frame-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


class SecurityHeaders:
    """Says to browsers, with every answer, what the pages may do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            _POLICY: content_policy(),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                own = answer.get(_POLICY) if scope["path"].startswith(DOCUMENTS) else None
                answer.update(self.headers if own is None else {**self.headers, _POLICY: own})
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class SameOrigin:
    """Refuses what another site's page sends: websockets, and requests that change something."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] in ("http", "websocket") else Headers()
        origin = headers.get("origin")
        changes = scope["type"] == "websocket" or scope.get("method") not in ("GET", "HEAD", "OPTIONS")
        if origin is None or not changes or urlsplit(origin).netloc == headers.get("host"):
            await self.app(scope, receive, send)
        else:
            await _refuse(PlainTextResponse("Cette demande vient d'un autre site.", 403), scope, receive, send)


class LoginRequired:
    """Lets nobody in without a session: pages lead to the login form, all else is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN_PATHS or _may_enter(scope):
            await self.app(scope, receive, send)
        else:
            await _refuse(_way_to_login(scope), scope, receive, send)


class MayUpload:
    """Takes files only from those whose role has a use for them: what is sent is kept before any screen is asked."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or UPLOADS not in scope["path"] or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        try:
            logins.actor_of(HTTPConnection(scope).cookies.get(logins.COOKIE)).require(Right.IMPORT)
        except Forbidden as error:
            await _refuse(PlainTextResponse(str(error), 403), scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _may_enter(scope: Scope) -> bool:
    try:
        logins.actor_of(HTTPConnection(scope).cookies.get(logins.COOKIE))
    except Reseau28Error:
        return False
    return True


def _way_to_login(scope: Scope) -> Response:
    wants_page = scope.get("method") == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
    if not wants_page:
        return PlainTextResponse("Connectez-vous d'abord.", 401)
    query = scope["query_string"].decode("latin-1")
    wanted = f"{scope['path']}?{query}" if query else scope["path"]
    return RedirectResponse(f"{LOGIN}?vers={quote(wanted, safe='')}", 303)


async def _refuse(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await response(scope, receive, send)
