"""Choice fields: what is typed finds its true match first, and Enter takes it and nothing more.

Streamlit orders matches by likeness of letters, minds accents, and puts « Select 2 matches » or « Add: … » where Enter
takes them. None of it is an option of the widgets that people could set everywhere, so it is mended once where all of
them find it: in the three scripts of Streamlit that draw choice fields, changed on their way out. ``static/choices.js``
ranks. Each change must fit exactly once: another version of Streamlit is refused when the application is built, not
half changed. An import map in the page gives the changed scripts addresses of their own, so that no browser takes them
for those that it kept of Streamlit.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crm.errors import Reseau28Error
from graph_schema.wording import NBSP
from ui import streamlit_parts

_AT = "/static/js/"
_ADD = r"label:`Add: \$\{(\w+)\}`", f"label:`Ajouter «{NBSP}${{\\1}}{NBSP}»`"

_NOTHING = r"`No results`", "`Aucun résultat`"

_CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    # The filter that both fields share.
    "useSyncComboBoxEnterTargetFocus.*.js": (
        (
            r"(function \w+\((\w),(\w),\w\)\{)(if\(!\3\|\|\w===\w+\.SelectWidgetFilterMode\.FILTER_MODE_NONE\))",
            r"\1if(\3&&globalThis.reseau28Ranked)return globalThis.reseau28Ranked(\2,\3);\4",
        ),
    ),
    # One choice: a new word comes last, and Enter takes it only where nothing matches.
    "Selectbox.*.js": (
        _ADD,
        _NOTHING,
        (r"\?\[(\w),\.\.\.(\w)\]:\2,\[\2,\1\]\)", r"?[...\2,\1]:\2,[\2,\1])"),
        (r"if\(J\)return (\w);(let e=.{0,120}?\?\.id)\?\?null\}", r"\2??(J?\1:null)}"),
    ),
    # Several choices: nothing takes more than the one that is meant.
    "Multiselect.*.js": (
        _ADD,
        (r"(===0\)return)`No results`", r"\1`Aucun résultat`"),
        (r"(\}return)`No results`", r"\1`Aucun résultat`"),
        (r"M\(p\.length,s\)&&\(", r"!1&&("),
    ),
}


class UnknownStreamlit(Reseau28Error):
    """The Streamlit that is installed is not the one whose scripts are known here."""

    family = "internal"
    code = "streamlit"

    def __init__(self) -> None:
        super().__init__(
            f"Le Streamlit installé ({streamlit_parts.VERSION}) n'est pas celui que Réseau 28 attend : installez le bon"
            " par « pip install -r requirements.txt »."
        )


@cache
def scripts() -> dict[str, bytes]:
    """The changed scripts by file name. Raises ``UnknownStreamlit`` where Streamlit's are not those known here."""
    return dict(_changed(pattern, changes) for pattern, changes in _CHANGES.items())


def _changed(pattern: str, changes: tuple[tuple[str, str], ...]) -> tuple[str, bytes]:
    paths = list(streamlit_parts.SCRIPTS.glob(pattern))
    if len(paths) != 1:
        raise UnknownStreamlit
    script = paths[0].read_text(encoding="utf-8")
    for before, after in changes:
        script, times = re.subn(before, after, script)
        if times != 1:
            raise UnknownStreamlit
    return paths[0].name, script.encode()


@cache
def import_map() -> str:
    """Where browsers find the changed scripts: at an address that changes with them."""
    found = {name: hashlib.sha256(script).hexdigest()[:12] for name, script in scripts().items()}
    return json.dumps({"imports": {f"{_AT}{name}": f"{_AT}{name}?{digest}" for name, digest in found.items()}})


class TrueMatches:
    """Answers for the changed scripts at Streamlit's own addresses, which are no application's to declare as routes."""

    def __init__(self, app: ASGIApp, scripts: Mapping[str, bytes]) -> None:
        self.app = app
        self.scripts = {f"{_AT}{name}": script for name, script in scripts.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        script = self.scripts.get(scope["path"]) if scope["type"] == "http" else None
        if script is None:
            await self.app(scope, receive, send)
            return
        # A browser without import maps asks under Streamlit's own name, for what changes with us.
        kept = "public, max-age=31536000, immutable" if scope["query_string"] else "no-cache"
        response = Response(script, media_type="text/javascript; charset=utf-8", headers={"Cache-Control": kept})
        await response(scope, receive, send)
