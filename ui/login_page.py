"""Logging in and out: two plain pages."""

from html import escape
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crm.errors import Reseau28Error
from ui import accounts, logbook, login_log, logins, plain_page
from ui.accounts import Account
from ui.guard import LOGIN, LOGOUT
from ui.login_log import LoginEvent
from ui.plain_page import AT_ONCE, EXPIRED, FORM_COOKIE

_LOGIN_FIELDS = """<input type="hidden" name="vers" value="{next}">
<label for="nom">Nom</label><input id="nom" name="nom" autocomplete="username" value="{name}" required autofocus>
<label for="mot">Mot de passe</label>
<input id="mot" name="mot" type="password" autocomplete="current-password" required>
<button>Se connecter</button>
<p class="muted">Mot de passe oublié ? Un administrateur vous en donne un autre, dans ses réglages.</p>"""


async def login(request: Request) -> Response:
    """The form, and what it sends."""
    if not logins.required():
        return RedirectResponse("/", 303)
    if request.method != "POST":
        return _form(request, next=request.query_params.get("vers", "/"))
    given = await plain_page.given(request)
    name, address = given.get("nom", "").strip(), plain_page.browser_address(request)
    again = {"next": given.get("vers", "/"), "name": name}
    if not plain_page.same_browser(request, given):
        return _form(request, EXPIRED, 403, **again)
    try:
        # What waited here may have been answered by then: what is held against them is read within.
        async with AT_ONCE:
            wait = logins.attempts.wait(address, name)
            if wait:
                return _form(request, plain_page.too_many(wait), 429, **again)
            account = await run_in_threadpool(_recognised, address, name, given.get("mot", ""))
    except Reseau28Error as error:
        return _form(request, str(error), 503, **again)
    if account is None:
        return _form(request, "Ce nom et ce mot de passe ne vont pas ensemble.", 401, **again)
    return let_in(request, account, _local(given.get("vers", "/")))


def let_in(request: Request, account: Account, to: str) -> Response:
    """Lead to a page, in a new session of this account."""
    response = RedirectResponse(to, 303)
    response.set_cookie(
        logins.COOKIE, logins.sessions.start(account), max_age=int(logins.LIFE), httponly=True, samesite="lax",
        secure=plain_page.is_secure(request),
    )  # fmt: skip
    response.delete_cookie(FORM_COOKIE, path="/")
    return response


async def logout(request: Request) -> Response:
    """A button, and what it does."""
    if request.method != "POST":
        return plain_page.form(request, "Se déconnecter", "<button>Se déconnecter</button>")
    if not plain_page.same_browser(request, await plain_page.given(request)):
        return plain_page.form(request, "Se déconnecter", "<button>Se déconnecter</button>", EXPIRED, 403)
    await run_in_threadpool(_leave, plain_page.browser_address(request), request.cookies.get(logins.COOKIE))
    response = RedirectResponse(LOGIN, 303)
    response.delete_cookie(logins.COOKIE, path="/")
    return response


routes = [Route(LOGIN, login, methods=["GET", "POST"]), Route(LOGOUT, logout, methods=["GET", "POST"])]


def _recognised(address: str, name: str, password: str) -> Account | None:
    """The account of this name if the password is its own; what was tried is counted and logged."""
    account = accounts.recognise(name, password)
    if account is not None:
        logins.attempts.succeeded(address, name)
        login_log.add(LoginEvent.LOGIN, address, account.name)
        return account
    known = accounts.clean(name) if accounts.clean(name) in accounts.accounts() else None
    held_back = logins.attempts.failed(address, name)
    login_log.add(LoginEvent.HELD_BACK if held_back else LoginEvent.REFUSED, address, known)
    return None


def _leave(address: str, cookie: str | None) -> None:
    account = logins.sessions.account(cookie)
    logins.sessions.end(cookie)
    if account is not None:
        try:
            login_log.add(LoginEvent.LOGOUT, address, account.name)
        except Reseau28Error as error:  # whoever leaves has left, be it written or not
            logbook.keep(error)


def _local(target: str) -> str:
    """``target`` if it is a page of ours, else the first page: nobody is sent elsewhere after logging in."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if ours and not parts.scheme and not parts.netloc else "/"


def _form(request: Request, alert: str = "", status: int = 200, *, next: str, name: str = "") -> Response:
    fields = _LOGIN_FIELDS.format(next=escape(_local(next)), name=escape(name))
    return plain_page.form(request, "Connexion", fields, alert, status)
