"""« Changer mon mot de passe »: a plain page, so that no password goes through what Streamlit keeps of a session."""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from crm.errors import InputError, Reseau28Error
from ui import accounts, login_log, logins, plain_page
from ui.accounts import SHORTEST_PASSWORD, Account
from ui.guard import PASSWORD
from ui.login_log import LoginEvent
from ui.login_page import let_in

_TITLE = "Changer mon mot de passe"
_FIELDS = """<input type="hidden" name="nom" autocomplete="username" value="{name}">
<label for="actuel">Mot de passe actuel</label>
<input id="actuel" name="actuel" type="password" autocomplete="current-password" required autofocus>
<label for="nouveau">Nouveau mot de passe</label>
<input id="nouveau" name="nouveau" type="password" autocomplete="new-password" required minlength="{least}"
 aria-describedby="regle">
<p class="muted" id="regle">{least} caractères au moins.</p>
<label for="encore">Le nouveau, encore une fois</label>
<input id="encore" name="encore" type="password" autocomplete="new-password" required>
<button>Changer</button>
<p class="muted">Vos autres sessions se ferment. <a href="/">Revenir sans rien changer</a></p>"""


async def change(request: Request) -> Response:
    """The form, and what it sends: the password of whoever this session lets in, and of nobody else."""
    account = logins.sessions.account(request.cookies.get(logins.COOKIE)) if logins.required() else None
    if account is None:
        return RedirectResponse("/", 303)
    if request.method != "POST":
        return _form(request, account)
    fields = await plain_page.given(request)
    if not plain_page.same_browser(request, fields):
        return _form(request, account, plain_page.EXPIRED, 403)
    address = plain_page.browser_address(request)
    try:
        async with plain_page.AT_ONCE:
            if wait := logins.attempts.wait(address, account.name):
                return _form(request, account, plain_page.too_many(wait), 429)
            changed = await run_in_threadpool(_changed, account, address, fields)
    except Reseau28Error as error:
        return _form(request, account, str(error), 422 if isinstance(error, InputError) else 503)
    return let_in(request, changed, "/")


def _changed(account: Account, address: str, fields: dict[str, str]) -> Account:
    """The account with its new password. Raises ``InputError``; a wrong password counts as one given at the login."""
    new = fields.get("nouveau", "")
    if new != fields.get("encore", ""):
        raise InputError("Le nouveau mot de passe n'a pas été écrit deux fois pareil.", field="encore")
    if accounts.recognise(account.name, fields.get("actuel", "")) is None:
        login_log.add(LoginEvent.REFUSED, address, account.name)
        logins.attempts.failed(address, account.name)
        raise InputError("Le mot de passe actuel n'est pas celui-là.", field="actuel")
    changed = accounts.change(account.name, password=new)
    logins.attempts.succeeded(address, account.name)
    login_log.add(LoginEvent.PASSWORD, address, account.name)
    return changed


def _form(request: Request, account: Account, alert: str = "", status: int = 200) -> Response:
    fields = _FIELDS.format(name=escape(account.name), least=SHORTEST_PASSWORD)
    return plain_page.form(request, _TITLE, fields, alert, status)


routes = [Route(PASSWORD, change, methods=["GET", "POST"])]
