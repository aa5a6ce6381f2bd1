"""Plain pages, outside of Streamlit, in the product's looks: what is typed there is a password, or ends a session.

A form is tied to the browser that asked for it by a cookie that other sites can neither read nor send (the
double-submit pattern), besides the ``Origin`` check that every request goes through.
"""

import asyncio
import hmac
import re
import secrets
from functools import cache
from html import escape
from math import ceil
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph_schema.typography import typeset
from ui.colours import declared

FORM_COOKIE = "reseau28-formulaire"
AT_ONCE = asyncio.Semaphore(2)
"""Recognising a password takes 32 MB of memory, on purpose; a crowd waits its turn."""

EXPIRED = "Le formulaire a expiré : recommencez."

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LARGEST = 8_192
_STATIC = Path(__file__).parent / "static"

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Réseau 28</title><style>{look}</style></head><body><main>
<div class="brand">{brand}<span>Réseau 28</span></div><h1>{title}</h1>{alert}
<form method="post"><input type="hidden" name="jeton" value="{token}">{fields}</form></main></body></html>"""


def form(request: Request, title: str, fields: str, alert: str = "", status: int = 200) -> Response:
    """A page of one form: ``fields`` is HTML, already escaped; ``alert`` is a sentence."""
    token = _token_of(request) or secrets.token_urlsafe(32)  # the same in every tab
    shown = f'<p role="alert">{escape(typeset(alert))}</p>' if alert else ""
    brand = (_STATIC / "icon.svg").read_text(encoding="utf-8").replace("<svg ", '<svg aria-hidden="true" ', 1)
    content = _PAGE.format(
        title=escape(typeset(title)), look=_look(), brand=brand, alert=shown, token=token, fields=fields
    )
    response = HTMLResponse(content, status, {"Cache-Control": "no-store"})
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=is_secure(request))
    return response


async def given(request: Request) -> dict[str, str]:
    """The fields sent; nothing when there is too much of it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return {}
    return {key: values[0] for key, values in parse_qs(body.decode(errors="replace")).items()}


def same_browser(request: Request, fields: dict[str, str]) -> bool:
    """Whether these fields were sent by a form that was given to this browser."""
    expected = _token_of(request)
    return bool(expected) and hmac.compare_digest(expected.encode(), fields.get("jeton", "").encode())


def is_secure(request: Request) -> bool:
    """Whether the browser came by HTTPS: cookies then go by nothing else."""
    return request.url.scheme == "https"


def browser_address(request: Request) -> str:
    """The browser's address: behind a proxy that was declared, the one that the proxy gives (``ui.proxies``)."""
    return request.client.host if request.client else ""


def too_many(seconds: float) -> str:
    """What is said to who must wait."""
    minutes = ceil(seconds / 60)
    words = f"{ceil(seconds)} secondes" if seconds <= 60 else f"{minutes} minutes"
    return f"Trop d'essais : attendez {words}, puis recommencez."


def _token_of(request: Request) -> str:
    token = request.cookies.get(FORM_COOKIE, "")
    return token if _TOKEN.fullmatch(token) else ""


@cache
def _look() -> str:
    """The colours of every screen, and a card in the middle of the page: no file of ours is given without a session."""
    return declared() + (_STATIC / "plain.css").read_text(encoding="utf-8")
