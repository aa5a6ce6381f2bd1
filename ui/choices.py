"""Choice fields: what is typed finds its true match first, and Enter takes it and nothing more.

Streamlit orders matches by likeness of letters, minds accents, and puts « Select 2 matches » or « Add: … » where Enter
takes them. None of it is an option of the widgets that people could set everywhere, so it is mended once where all of
them find it: in the three scripts of Streamlit that draw choice fields, changed on their way out. ``static/choices.js``
ranks. Each change must fit exactly once: another version of Streamlit is refused when the application is built, not
half changed.
"""

import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from graph_schema.wording import NBSP

_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
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
    "Multiselect.*.js": (_ADD, _NOTHING, (r"M\(p\.length,s\)&&\(", r"!1&&(")),
}


@cache
def scripts() -> dict[str, bytes]:
    """The changed scripts by file name. Raises ``RuntimeError`` where Streamlit's are not those that are known here."""
    found = {}
    for pattern, changes in _CHANGES.items():
        (path,) = _SCRIPTS.glob(pattern)
        script = path.read_text(encoding="utf-8")
        for before, after in changes:
            script, times = re.subn(before, after, script)
            if times != 1:
                raise RuntimeError(f"{path.name}: {before} fits {times} times; Streamlit has changed")
        found[path.name] = script.encode()
    return found


class TrueMatches:
    """Answers for the changed scripts at Streamlit's own addresses, which are no application's to declare as routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.scripts = {f"/static/js/{name}": script for name, script in scripts().items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        script = self.scripts.get(scope["path"]) if scope["type"] == "http" else None
        if script is None:
            await self.app(scope, receive, send)
            return
        # Asked for anew each time: what is served under this name changes with us, not only with Streamlit.
        headers = {"Cache-Control": "no-cache"}
        response = Response(script, media_type="text/javascript; charset=utf-8", headers=headers)
        await response(scope, receive, send)
