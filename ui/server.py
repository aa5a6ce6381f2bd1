"""The application's one server: the Streamlit script, and plain routes for what Streamlit should not do."""

import errno
import ipaddress
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from crm.errors import InputError, Reseau28Error
from crm.files.system_errors import reason
from crm.ledger.verdicts import fault_of
from crm.store.protocol import Store
from ui import (
    accounts,
    address,
    bursts,
    canvas,
    choices,
    colours,
    documents,
    drawing,
    logbook,
    login_page,
    logins,
    notices,
    page,
    password_page,
    proxies,
    settings,
)
from ui.guard import FAVICON, HEALTH, LoginRequired, MayUpload, SameOrigin, SecurityHeaders
from ui.settings import Settings
from ui.streamlit_parts import App, config

SCRIPT = Path(__file__).with_name("app.py")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "::1", "[::1]"]
_OPTIONS: dict[str, object] = {
    # Streamlit's own cloud may otherwise command the page from a frame around it, and each message within the page is
    # checked against sixteen hosts: a fifth of a rerun.
    "client.allowedOrigins": [],
    # A large message that the browser has let go a moment before Streamlit refers to it ends in an error on the page:
    # each is sent whole.
    "global.minCachedMessageSize": 2**40,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    # After each run Streamlit would walk through every object of the process, a second long on a large network, before
    # the browser hears the answer. Python collects by itself.
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
}
"""Set here whatever the machine's own Streamlit settings say."""


def serve(
    place: Settings, host: str, port: int, *, login: bool, on_ready: Callable[[str], None], say: Callable[[str], None]
) -> None:
    """Serve the network kept at ``place`` until interrupted; ``on_ready`` receives the address to open.

    ``say`` receives what this machine has seen of that network and is no longer there.

    Beyond this machine, or with ``login``, everyone works under an account. Raises ``InputError`` for a host or port
    that cannot be had, or when there is no account; ``StoreError`` or its kin when the store cannot be opened.
    """
    if login or not is_loopback(host):
        _require_accounts(host)
    with closing(place.open()) as store, closing(_listen(host, port)) as listener:
        if gap := place.heads().look(store):
            say(fault_of(gap).message)
        app = build(store, loopback=is_loopback(host))
        settings.serve(place)  # once nothing is refused any more: what this process shows is then of this place
        where = _address(host, listener.getsockname()[1])
        _Server(app, lambda: on_ready(where)).run_on(listener)


def build(store: Store, *, loopback: bool) -> App:
    """The ASGI application. On the loopback it answers only to the loopback's names (DNS rebinding).

    Raises ``UnknownStreamlit`` where Streamlit is not the one that this was written for.
    """
    scripts = choices.scripts()  # refused here, where it can be told, not once the server starts

    async def health(request: Request) -> Response:
        return await run_in_threadpool(_health, store)

    middleware = [
        Middleware(SecurityHeaders), Middleware(SameOrigin), Middleware(LoginRequired), Middleware(MayUpload),
        Middleware(bursts.Bursts), Middleware(choices.TrueMatches, scripts),
        Middleware(page.FrenchPage, early={address.NETWORK: canvas.path()}),
    ]  # fmt: skip
    if loopback:
        middleware.insert(1, Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS, www_redirect=False))
    app = App(
        SCRIPT,
        routes=[
            Route(HEALTH, health),
            Route(FAVICON, page.favicon),
            Route(canvas.path(), _drawing_library),
            *documents.routes(store),
            *login_page.routes,
            *password_page.routes,
            *page.routes,
        ],
        middleware=middleware,
        on_script_error=_show,
    )
    for option, value in (*_OPTIONS.items(), *colours.theme()):
        config.set_option(option, value)
    return app


def _drawing_library(request: Request) -> Response:
    """What the canvas draws with. Its address changes with its version, so browsers may keep it."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(drawing.library()[1], media_type="text/javascript; charset=utf-8", headers=kept)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server at ``host``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _require_accounts(host: str) -> None:
    if not accounts.accounts():
        raise InputError(
            f"Servir sur {host} demande des comptes, et il n'y en a pas : créez-en un avec"
            " « reseau28 account add NOM --role admin ».",
            field="host",
            code="no_account",
        )
    logins.require()


def _listen(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    try:
        family = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((bare, port), family=family)
    except (socket.gaierror, UnicodeError):
        raise InputError(f"« {host} » n'est pas une adresse de cette machine.", field="host") from None
    except PermissionError:
        raise InputError(
            f"Le port {port} est réservé par le système : prenez-en un au-dessus de 1024.", field="port"
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"Le port {port} est déjà pris, peut-être par Réseau 28 : choisissez-en un autre avec --port.",
                field="port",
                code="port_in_use",
            ) from None
        raise InputError(f"Impossible de servir sur {host}:{port} ({reason(error)}).", field="host") from None


def _address(host: str, port: int) -> str:
    shown = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _health(store: Store) -> Response:
    try:
        store.read(lambda tx: tx.head())
    except Reseau28Error as error:
        return JSONResponse({"ok": False, "code": error.code}, 503, {"Cache-Control": "no-store"})
    return JSONResponse({"ok": True}, headers={"Cache-Control": "no-store"})


def _show(error: Exception) -> bool:
    """What a screen says when it fails: one sentence; the rest goes to the log."""
    if isinstance(error, Reseau28Error):
        notices.error(str(error))
    else:
        notices.error(f"Cette page a rencontré une erreur imprévue ({type(error).__name__}). {logbook.keep(error)}")
    return True


class _Server(uvicorn.Server):
    """A server that says when it is ready, and for which Ctrl-C is a wanted end."""

    def __init__(self, app: App, on_ready: Callable[[], None]) -> None:
        trusted = proxies.trusted()
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="on",
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=bool(trusted),
                forwarded_allow_ips=trusted,
                ws="websockets-sansio",
                ws_max_size=int(config.get_option("server.maxMessageSize")) << 20,
                timeout_graceful_shutdown=3,
            )
        )
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    def run_on(self, listener: socket.socket) -> None:
        """Serve until told to stop. uvicorn raises the signal again once it has stopped: here nobody minds."""
        before = {sig: signal.signal(sig, lambda *_: None) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.run([listener])
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)
