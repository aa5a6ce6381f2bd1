"""Working on the network without a mouse: the twin, the forms beside the canvas, undo and redo from the keyboard."""

from playwright.sync_api import expect

from tests.browser.accessibility import serious
from tests.browser.demonstration import Window

TWIN = "/reseau?autour=org-0003&tableau=1"


def test_a_link_is_ended_undone_and_redone_by_keyboard(window: Window) -> None:
    window.open(TWIN, ".st-key-network-twin table")
    page, saved = window.page, window.page.locator(".st-key-saved")
    page.locator(".st-key-network-twin table").nth(1).locator("td a").first.focus()
    page.keyboard.press("Enter")
    end = page.get_by_role("link", name="Clore", exact=True)
    end.focus()
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name="Clore le lien")
    close.focus()
    assert [str(each) for each in serious(page)] == []
    page.keyboard.press("Enter")
    expect(saved).to_contain_text("Lien clos")
    page.locator("body").press("Control+z")
    expect(saved).to_contain_text("Annulé : Lien clos")
    page.locator("body").press("Control+Shift+Z")
    expect(saved).to_contain_text("Rétabli : Lien clos")


def test_the_keys_of_undo_stay_those_of_the_text_while_one_types(window: Window) -> None:
    window.open(TWIN, ".st-key-network-twin table")
    page = window.page
    page.get_by_role("button", name="Vues").click()
    name = page.get_by_label("Nom", exact=True)
    name.fill("Bassin de Lens")
    assert [str(each) for each in serious(page)] == []
    name.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text("Bassin de Lens")
    undo, redo = (page.locator(f".st-key-network-{way} button").first for way in ("undo", "redo"))
    expect(undo).to_be_enabled()
    name.fill("Bassin d'Arras")
    name.press("Control+z")
    window.settle()
    expect(undo).to_be_enabled()
    expect(redo).to_be_disabled()
