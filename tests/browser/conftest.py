"""The application in a real browser, on the demonstration network, or where a module says so on a small one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.club import Club, served_club
from tests.browser.demonstration import Window, served

expect.set_options(timeout=30_000)  # a screen on a busy machine; what a test says of time, it says itself


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on the demonstration network."""
    with served(tmp_path_factory.mktemp("demonstration")) as at:
        yield at


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """A small network in a file, served: a module is on it whose ``address`` is the club's."""
    folder = tmp_path_factory.mktemp("club")
    with served_club(str(folder / "reseau28.db"), folder) as running:
        yield running


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Window]:
    """A window that must have no fault to tell at the end."""
    window = Window(browser, address)
    yield window
    window.page.close()
    assert window.faults == []
