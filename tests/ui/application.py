"""The application's script run without a browser, on a real store."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).parents[2] / "ui" / "app.py"


@contextmanager
def working_at(store: Path | str, *, home: Path | None = None, password: str = "") -> Iterator[None]:
    """Let the screens of this process work on ``store``: a file, or a server's address with ``home`` for the rest."""
    folder = home or Path(store).parent
    place = {"RESEAU28_STORE": str(store), "RESEAU28_HOME": str(folder), "RESEAU28_NEO4J_PASSWORD": password}
    with patch.dict(os.environ, place):
        yield


def opened(page: str = "", /, **parameters: str | list[str]) -> AppTest:
    """The application, opened at the address that ``page`` and these query parameters make."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.query_params.update(parameters)
    if page:
        # AppTest opens pages by file only: a page that a function draws is found among those that a first run declares.
        app.run()
        app._page_hash = next(h for h, p in app._registered_pages.items() if p.get("url_pathname") == page)
        app.query_params.update(parameters)
    return app.run()


def words(app: AppTest) -> str:
    """All the HTML and text on screen, with the signs of a keyboard (typography has tests of its own)."""
    shown = [*(html.value for html in app.html), *(text.value for text in app.markdown)]
    return _SPACES.sub(" ", "\n".join(shown).replace("’", "&#x27;"))


def sent(app: AppTest) -> list[dict[str, Any]]:
    """What the components of the page were told, in order."""
    return [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]


def trigger(app: AppTest, known_by: str, event: str, value: object) -> AppTest:
    """Let the component that has ``known_by`` in its data say that something happened, as in the browser."""
    (told,) = (each.proto for each in app.get("bidi_component") if f'"{known_by}"' in each.proto.json)
    states = app._tree.get_widget_states()
    happened = json.dumps([{"event": event, "value": value}])
    states.widgets.add(id=_make_trigger_id(told.id, "events"), json_trigger_value=happened)
    return app._run(states)


def field(app: AppTest, label: str) -> Any:
    """The field that people know by this label."""
    fields = (*app.text_input, *app.number_input, *app.multiselect, *app.selectbox)
    (found,) = (each for each in fields if each.label.removesuffix(" *") == label)
    return found


def notices(app: AppTest, kind: str) -> list[str]:
    """What the page says in lines of their own (``error``, ``warning``, ``info``, ``success``, ``note``), as typed."""
    form = re.compile(
        rf'<(?:div|p)[^>]* class="(?:notice )?{kind}"[^>]*>(?:<span [^>]*>\w+</span>)?(.*)</(?:div|p)>', re.S
    )
    found = (form.fullmatch(html.value.strip()) for html in app.html)
    return [as_typed(unescape(re.sub(r"<[^>]+>", "", match[1]))) for match in found if match]


def errors(app: AppTest) -> list[str]:
    """The error messages on screen, as people read them; an exception that reached the screen is one."""
    return [*notices(app, "error"), *(each.value for each in app.exception)]


def offered(field: Any) -> list[str]:
    """What a choice field offers, as typed."""
    return [as_typed(each).replace("\\", "") for each in field.options]


def as_typed(text: str) -> str:
    """The text with the signs of a keyboard."""
    return _SPACES.sub(" ", text.replace("’", "'"))


_SPACES = re.compile("[\u00a0\u202f]")
