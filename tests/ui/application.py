"""The application's script run without a browser, on a real store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).parents[2] / "ui" / "app.py"


@contextmanager
def working_at(store: Path) -> Iterator[None]:
    """Let the screens of this process work on ``store``."""
    with patch.dict(os.environ, {"RESEAU28_STORE": str(store), "RESEAU28_HOME": str(store.parent)}):
        yield


def opened(page: str = "", **parameters: str) -> AppTest:
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
    """All the HTML and text on screen."""
    return "\n".join([*(html.value for html in app.html), *(text.value for text in app.markdown)])


def errors(app: AppTest) -> list[str]:
    """The error messages on screen, as people read them; an exception that reached the screen is one."""
    return [*(each.value.replace("\\", "") for each in app.error), *(each.value for each in app.exception)]
