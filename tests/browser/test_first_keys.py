"""A key pressed before the page can answer is answered once it can, once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.canvas import Canvas
from tests.browser.demonstration import Window

BOX = "Rechercher partenaire, personne, action, téléphone…"
OPENED: dict[str, Callable[[Page], None]] = {
    "c": lambda page: expect(page.get_by_role("dialog", name="Consigner un échange")).to_be_visible(),
    "/": lambda page: expect(page.get_by_role("combobox", name=BOX)).to_be_focused(),
    "Control+k": lambda page: expect(page.get_by_role("combobox", name=BOX)).to_be_focused(),
    "?": lambda page: expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible(),
}
"""Key → what it must have opened."""


@contextmanager
def held(page: Page, address: str) -> Iterator[None]:
    """Keep the browser waiting for a file of the page until the block is left."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))
    yield
    assert waiting
    for route in waiting:
        route.continue_()
    page.unroute(address)


def early(window: Window, path: str, *keys: str) -> Page:
    """Press keys while the page is still bare."""
    page = window.page
    with held(page, "**/static/js/index.*.js"):
        page.goto(f"{window.address}{path}", wait_until="commit")
        page.locator("#root").wait_for(state="attached")
        for key in keys:
            page.keyboard.press(key)
    return page


@pytest.mark.parametrize("path", ["/", "/partenaires", "/reglages"])
@pytest.mark.parametrize("key", OPENED)
def test_the_first_key_is_not_lost(window: Window, key: str, path: str) -> None:
    page = early(window, path, key)
    OPENED[key](page)
    window.settle()
    OPENED[key](page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_typed_after_it_goes_where_it_was_meant(window: Window) -> None:
    page = early(window, "/", "c", *"cafre", "Backspace", "Backspace", "p")
    expect(page.locator("dialog[open] input[type=text]").first).to_have_value("cafp")
    page.keyboard.type(" ici")
    expect(page.locator("dialog[open] input[type=text]").first).to_have_value("cafp ici")


def test_escape_or_a_click_forgets_it(window: Window) -> None:
    page = early(window, "/", "c", "Escape")
    window.settle()
    page.locator("html[data-ready~=log]").wait_for(state="attached")
    page.wait_for_timeout(500)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_where_nothing_answers_it_keys_are_not_held_for_long(window: Window) -> None:
    """In the past nothing is logged."""
    page = early(window, "/?date=2026-03-03", "c")
    window.settle()
    page.wait_for_timeout(3500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    OPENED["/"](page)


def test_the_canvas_hears_the_first_keys(window: Window) -> None:
    """They were lost while the drawing library was on its way."""
    page = window.page
    with held(page, "**/bibliotheque/*.js"):
        page.goto(f"{window.address}/reseau?autour=org-0001", wait_until="commit")
        page.locator(".stage").focus()
        assert not page.locator(".stage canvas").count()
        page.keyboard.press("ArrowRight")
    Canvas(window).wait()
    expect(page.locator(".canvas .said")).not_to_be_empty()
