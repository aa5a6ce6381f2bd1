"""A real Chromium for the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
)
MISSING = "Chromium: install it (Debian: chromium)"


def find_chromium() -> Path | None:
    """The browser that is installed on this machine, if any."""
    return next((Path(found) for command in COMMANDS if (found := shutil.which(command))), None)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The installed Chromium; the test is skipped without one."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A headless Chromium that resolves no name but localhost.

    It lives for one module: while Playwright runs, its thread has an event loop, which other tests may need for theirs.
    """
    with running(chromium_path) as launched:
        yield launched


@contextmanager
def running(path: Path | None) -> Iterator[Browser]:
    """A headless Chromium that resolves no name but localhost. Raises ``RuntimeError`` where there is none to run."""
    if path is None:
        raise RuntimeError(MISSING)
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, headless=True, args=[*QUIET, *as_root])
        yield launched
        launched.close()
