"""Logging in and out: two plain pages, outside of Streamlit.

The form is tied to the browser that asked for it by a cookie that other sites can neither read nor send (the
double-submit pattern), besides the ``Origin`` check that every request goes through.
"""

import asyncio
import hmac
import re
import secrets
from html import escape
from math import ceil
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from crm.errors import Reseau28Error
from graph_schema.typography import typeset
from ui import accounts, logbook, login_log, logins
from ui.accounts import Account
from ui.guard import LOGIN, LOGOUT
from ui.login_log import Event

FORM_COOKIE = "reseau28-formulaire"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LARGEST = 8_192
_AT_ONCE = asyncio.Semaphore(2)
"""Recognising a password takes 32 MB of memory, on purpose; a crowd waits its turn."""

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Réseau 28</title><style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }}
body {{ display: grid; place-items: center; min-height: 100vh; margin: 0; }}
main {{ width: min(22rem, 90vw); }}
label, input, button {{ display: block; width: 100%; box-sizing: border-box; }}
input, button {{ font: inherit; padding: .5rem; margin: .25rem 0 1rem; }}
[role=alert] {{ border-left: .25rem solid; padding-left: .75rem; }}
</style></head><body><main><h1>{title}</h1>{alert}
<form method="post"><input type="hidden" name="jeton" value="{token}">{fields}</form></main></body></html>"""

_LOGIN_FIELDS = """<input type="hidden" name="vers" value="{next}">
<label for="nom">Nom</label><input id="nom" name="nom" autocomplete="username" value="{name}" required autofocus>
<label for="mot">Mot de passe</label>
<input id="mot" name="mot" type="password" autocomplete="current-password" required>
<button>Se connecter</button>"""


async def login(request: Request) -> Response:
    """The form, and what it sends."""
    if not logins.required():
        return RedirectResponse("/", 303)
    if request.method != "POST":
        return _form(request, next=request.query_params.get("vers", "/"))
    given = await _given(request)
    name, address = given.get("nom", "").strip(), _address(request)
    again = {"next": given.get("vers", "/"), "name": name}
    if not _same_browser(request, given):
        return _form(request, "Le formulaire a expiré : recommencez.", 403, **again)
    try:
        async with (
            _AT_ONCE
        ):  # what waited here may have been answered by then: what is held against them is read within
            wait = logins.attempts.wait(address, name)
            if wait:
                return _form(request, f"Trop d'essais : attendez {_duration(wait)}, puis recommencez.", 429, **again)
            account = await run_in_threadpool(_recognised, address, name, given.get("mot", ""))
    except Reseau28Error as error:
        return _form(request, str(error), 503, **again)
    if account is None:
        return _form(request, "Ce nom et ce mot de passe ne vont pas ensemble.", 401, **again)
    response = RedirectResponse(_local(given.get("vers", "/")), 303)
    cookie = logins.sessions.start(account)
    response.set_cookie(
        logins.COOKIE, cookie, max_age=int(logins.LIFE), httponly=True, samesite="lax", secure=_is_secure(request)
    )
    response.delete_cookie(FORM_COOKIE, path="/")
    return response


async def logout(request: Request) -> Response:
    """A button, and what it does."""
    if request.method != "POST":
        return _page(request, "Se déconnecter", "<button>Se déconnecter</button>")
    if not _same_browser(request, await _given(request)):
        alert = "Le formulaire a expiré : recommencez."
        return _page(request, "Se déconnecter", "<button>Se déconnecter</button>", alert, 403)
    await run_in_threadpool(_leave, _address(request), request.cookies.get(logins.COOKIE))
    response = RedirectResponse(LOGIN, 303)
    response.delete_cookie(logins.COOKIE, path="/")
    return response


routes = [Route(LOGIN, login, methods=["GET", "POST"]), Route(LOGOUT, logout, methods=["GET", "POST"])]


def _recognised(address: str, name: str, password: str) -> Account | None:
    """The account of this name if the password is its own; what was tried is counted and logged."""
    account = accounts.recognise(name, password)
    if account is not None:
        logins.attempts.succeeded(address, name)
        login_log.add(Event.LOGIN, address, account.name)
        return account
    known = accounts.clean(name) if accounts.clean(name) in accounts.accounts() else None
    held_back = logins.attempts.failed(address, name)
    login_log.add(Event.HELD_BACK if held_back else Event.REFUSED, address, known)
    return None


def _leave(address: str, cookie: str | None) -> None:
    account = logins.sessions.account(cookie)
    logins.sessions.end(cookie)
    if account is not None:
        try:
            login_log.add(Event.LOGOUT, address, account.name)
        except Reseau28Error as error:  # whoever leaves has left, be it written or not
            logbook.keep(error)


def _address(request: Request) -> str:
    """The browser's address: behind a proxy that was declared, the one that the proxy gives (``ui.proxies``)."""
    return request.client.host if request.client else ""


def _duration(seconds: float) -> str:
    minutes = ceil(seconds / 60)
    return f"{ceil(seconds)} secondes" if seconds <= 60 else f"{minutes} minutes"


async def _given(request: Request) -> dict[str, str]:
    """The fields sent; nothing when there is too much of it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return {}
    return {key: values[0] for key, values in parse_qs(body.decode(errors="replace")).items()}


def _same_browser(request: Request, given: dict[str, str]) -> bool:
    expected = _token_of(request)
    return bool(expected) and hmac.compare_digest(expected.encode(), given.get("jeton", "").encode())


def _token_of(request: Request) -> str:
    token = request.cookies.get(FORM_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


def _local(target: str) -> str:
    """``target`` if it is a page of ours, else the first page: nobody is sent elsewhere after logging in."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if ours and not parts.scheme and not parts.netloc else "/"


def _form(request: Request, alert: str = "", status: int = 200, *, next: str, name: str = "") -> Response:
    fields = _LOGIN_FIELDS.format(next=escape(_local(next)), name=escape(name))
    return _page(request, "Connexion", fields, alert, status)


def _page(request: Request, title: str, fields: str, alert: str = "", status: int = 200) -> Response:
    token = _token_of(request) or secrets.token_urlsafe(32)  # the same in every tab
    shown = f'<p role="alert">{escape(typeset(alert))}</p>' if alert else ""
    content = _PAGE.format(title=escape(title), alert=shown, token=token, fields=fields)
    response = HTMLResponse(content, status, {"Cache-Control": "no-store"})
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=_is_secure(request))
    return response


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
