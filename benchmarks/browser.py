"""How long a rerun takes for who looks at it: in a real Chromium, from the key pressed to the page that is still."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page

from tests.neo4j_server.server import free_port
from tests.ui import served

SETTLING = 200
"""Milliseconds left to a window that comes to the front: showing it again is no part of a rerun."""

READY = "[data-testid='stApp'][data-test-script-state='notRunning']"
EMPTY = "import streamlit as st\nst.write('.')\n"
EMPTY_PAGE = """
from pathlib import Path
from ui import server
server.SCRIPT = Path({script!r})
from ui.cli import main
main()
"""
WATCH = """
() => {
  const app = document.querySelector("[data-testid='stApp']")
  window.rerun = new Promise(done => {
    let began = 0, finished = 0, moved = 0, still = 0, ran = false
    const end = () => { watch.disconnect(); done(Math.max(finished, moved) - began) }
    const seen = () => {
      const now = performance.now()
      moved = now
      const running = app.getAttribute("data-test-script-state") !== "notRunning"
      ran ||= running
      finished = running || !ran ? 0 : finished || now
      clearTimeout(still)
      if (finished) still = setTimeout(end, 120)
    }
    const watch = new MutationObserver(seen)
    document.addEventListener("keydown", () => {
      began = performance.now()
      watch.observe(app, { subtree: true, childList: true, attributes: true, characterData: true })
    }, { once: true, capture: true })
  })
}
"""
"""Waits until nothing in the page has changed for 120 ms after the script's end, and tells when the last thing did."""


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    """The address of a Streamlit page that says « . », as ``streamlit run`` serves it."""
    port = free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", str(_empty(folder)), "--browser.gatherUsageStats=false"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("streamlit run did not begin to serve")


def _empty(folder: Path) -> Path:
    script = folder / "empty_page.py"
    script.write_text(EMPTY, encoding="utf-8")
    return script


@contextmanager
def empty_page_of_ours(folder: Path) -> Iterator[str]:
    """The address of the same page behind our own server, which answers sooner than Streamlit's."""
    script = _empty(folder)
    with ExitStack() as stack:
        with patch.object(served, "CODE", EMPTY_PAGE.format(script=str(script))):
            at = stack.enter_context(application(folder / "empty.db"))
        yield at


@contextmanager
def application(store: Path) -> Iterator[str]:
    """The address of the application on a store."""
    with served.serving(store, store.parent) as server:
        yield f"http://127.0.0.1:{server.port}"


def opened(browser: Browser, address: str) -> Page:
    """A window on an address, once all of it is there."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    page.goto(address)
    page.locator("[data-testid='stMain'] [data-testid='stElementContainer']").first.wait_for(timeout=180_000)
    page.locator(READY).wait_for(timeout=180_000)
    page.wait_for_timeout(1500)
    return page


def rerun(page: Page) -> float:
    """Seconds that one rerun takes, asked for by its key."""
    page.bring_to_front()
    page.wait_for_timeout(SETTLING)
    page.evaluate("document.activeElement.blur()")
    page.evaluate(WATCH)
    page.keyboard.press("r")
    return float(page.evaluate("window.rerun")) / 1000
