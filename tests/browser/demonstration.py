"""The demonstration network served for real, and browser windows that notice everything that goes wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from unittest.mock import patch
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from crm.demo import fill
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.ui.served import serving

USER = "c.exemple"
HEIGHT, WIDTH = 900, 1440
_STYLED = """() => Promise.all([...document.querySelectorAll('link[rel=stylesheet]')]
  .filter((link) => !link.sheet && matchMedia(link.media || 'all').matches)
  .map((link) => new Promise((done) => ['load', 'error'].forEach((event) => link.addEventListener(event, done)))))"""
"""The style sheets of the page that are not there yet: the page follows its address before they have all come."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the application on a demonstration network made in ``folder``."""
    path = folder / "demonstration.db"
    store = open_store(str(path))
    fill(Network(store, Actor("C. Exemple", Role.ADMIN)))
    store.close()
    with patch.dict(os.environ, {"LOGNAME": USER}), serving(path, folder) as server:
        yield f"http://127.0.0.1:{server.port}"


class Window:
    """A browser window on the application; ``faults`` says what it should not have done."""

    def __init__(self, browser: Browser, address: str, scheme: Literal["light", "dark"] = "light") -> None:
        self.address = address
        self.faults: list[str] = []
        self.page: Page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme, locale="fr-FR", timezone_id="Europe/Paris"
        )
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, path: str, awaited: str) -> None:
        """Open an address of the application and wait for this element."""
        self.page.goto(f"{self.address}{path}")
        self.page.locator(awaited).first.wait_for(timeout=60_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has finished running, the frame answers to keys, style sheets and fonts are there."""
        self.page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(timeout=60_000)
        self.page.evaluate(_STYLED)  # waiting by polling would need unsafe-eval
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.locator("html[data-ready~=search]").wait_for(state="attached", timeout=60_000)

    def choose(self, field: str, option: str) -> None:
        """Choose the first option of a closed list that holds these words."""
        self.page.get_by_role("combobox", name=field, exact=True).click()
        self.page.get_by_role("option").filter(has_text=option).first.click()
        self.settle()

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.address).netloc:
            self.faults.append(f"request to {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # On a page that is not the first, Streamlit asks where it is mounted, by trial: its own 404, on our host.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.faults.append(f"{message.text} ({message.location['url']})")
