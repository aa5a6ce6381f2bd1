"""The screens in a real browser: they draw without any other host, and moving among them is what people expect."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import Window

SCREENS = {
    "/": ".call",
    "/partenaires": ".st-key-partners-list",
    "/reseau": ".network-door",
    "/reseau?autour=org-0001": ".network-head h1",
    "/territoire?fonction=handicap": "table.upright",
    "/solidite": ".weigh",
    "/evolution": ".curves",
    "/doublons": ".sentence",
    "/importer": ".st-key-import-drop",
    "/reglages": "text=Données de référence",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_draws_without_another_host_nor_an_error(
    browser: Browser, address: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    window = Window(browser, address, scheme)
    window.open(path, SCREENS[path])
    assert window.page.locator("[data-testid='stAlertContentError'], [data-testid='stException']").count() == 0
    dark = window.page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    window.page.close()
    assert dark == (scheme == "dark")
    assert window.faults == []


def test_slash_and_a_few_letters_and_enter_open_a_sheet(window: Window) -> None:
    window.open("/", ".call")
    window.page.keyboard.press("/")
    window.page.keyboard.type("cap empl", delay=20)
    expect(window.page.get_by_role("option").first).to_contain_text("Cap emploi")
    window.page.keyboard.press("Enter")
    expect(window.page).to_have_url(re.compile(r"/partenaires\?fiche="))


def test_a_figure_is_a_door_and_back_goes_back(window: Window) -> None:
    window.open("/", ".sentence")
    window.page.locator(".sentence a", has_text="conventions").click()
    expect(window.page.locator("h2", has_text="Conventions qui finissent bientôt")).to_be_visible()
    window.page.locator(".sentence a", has_text="territoires").click()
    expect(window.page.locator(".sentence")).to_have_count(0)
    window.settle()
    window.page.go_back()
    expect(window.page.locator("h2", has_text="Conventions qui finissent bientôt")).to_be_visible()
    window.page.go_back()
    expect(window.page.locator("h2", has_text="Conventions qui finissent bientôt")).to_have_count(0)
    expect(window.page.locator(".sentence")).to_be_visible()


def test_going_back_while_a_page_is_being_drawn_ends_on_the_page_of_the_address(window: Window) -> None:
    window.open("/", ".sentence")
    window.page.locator(".sentence a", has_text="conventions").click()
    expect(window.page.locator("h2", has_text="Conventions qui finissent bientôt")).to_be_visible()
    window.page.locator(".sentence a", has_text="territoires").click()
    window.page.go_back()
    window.page.go_back()
    expect(window.page.locator("h2", has_text="Conventions qui finissent bientôt")).to_have_count(0)
    expect(window.page.locator(".sentence")).to_be_visible()


def test_enter_logs_an_exchange_and_annuler_takes_it_back(window: Window) -> None:
    window.open("/", ".call")
    first = window.page.locator(".call .name").first.inner_text()
    window.page.locator(".call a.act", has_text="Consigner").first.click()
    window.page.get_by_label("Échange à consigner").fill("eu au téléphone, deux places en septembre")
    window.page.get_by_label("Échange à consigner").press("Enter")
    saved = window.page.locator(".st-key-saved")
    expect(saved).to_contain_text("Échange consigné")
    expect(window.page.locator(".call .name").first).not_to_have_text(first)
    saved.get_by_role("button", name="Annuler").click()
    expect(window.page.locator(".call .name").first).to_have_text(first)


def test_the_saved_line_leaves_after_ten_seconds(window: Window) -> None:
    window.open("/", ".call")
    window.page.locator(".call a.act", has_text="Consigner").first.click()
    window.page.get_by_label("Échange à consigner").fill("appelé, deux places")
    window.page.get_by_label("Échange à consigner").press("Enter")
    expect(window.page.locator(".st-key-saved")).to_be_visible()
    expect(window.page.locator(".st-key-saved")).to_be_hidden(timeout=20_000)


def test_a_departement_is_chosen_with_the_mouse_or_the_keyboard(window: Window) -> None:
    window.open("/territoire", "table.upright")
    window.page.get_by_role("link", name=re.compile("^Somme : ")).click()
    expect(window.page.locator("h2", has_text="Somme").first).to_be_visible()
    expect(window.page).to_have_url(re.compile("territoire=departement:80"))
    window.page.get_by_role("link", name=re.compile("^Nord : ")).focus()
    window.page.keyboard.press("Enter")
    expect(window.page).to_have_url(re.compile("territoire=departement:59"))


def test_another_date_goes_along_from_page_to_page(window: Window) -> None:
    window.open("/?date=2026-03-03", ".st-key-past")
    window.page.locator("#menu").get_by_text("Territoire").click()
    expect(window.page).to_have_url(re.compile(r"/territoire\?date=2026-03-03"))
    expect(window.page.locator(".st-key-past")).to_be_visible()
    window.page.get_by_role("button", name="Revenir à aujourd’hui").click()
    expect(window.page.locator(".st-key-past")).to_have_count(0)
