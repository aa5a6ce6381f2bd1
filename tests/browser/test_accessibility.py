"""Every screen passes axe-core without a serious finding, light and dark, and speaks French to screen readers."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import serious
from tests.browser.demonstration import Window
from ui import address

SCREENS = {
    "aujourd'hui": ("/", ".call"),
    "actions": ("/?voir=actions", ".task"),
    "partenaires": ("/partenaires", ".st-key-partners-list"),
    "registre": ("/registre?sorte=conventions", "table.register"),
    "registre-ajouter": ("/registre?sorte=reunions&faire=ajouter", ".st-key-partners-panel"),
    "registre-champ": (
        "/registre?sorte=conventions&fiche=conv-0001&faire=champ&cible=subject",
        ".st-key-partners-field",
    ),
    "fiche": ("/partenaires?fiche=org-0003", ".st-key-partners-panel"),
    "réseau": ("/reseau?autour=org-0001&fiche=org-0001&depuis=2025-06-01", ".stage canvas"),
    "réseau, par où entrer": ("/reseau", ".network-door"),
    "territoire": ("/territoire?fonction=handicap&territoire=departement:62", ".crumbs"),
    "solidité": ("/solidite", ".cards"),
    "évolution": ("/evolution", ".curves"),
    "doublons": ("/doublons?paire=org-0001,org-0003", ".twins"),
    "importer": ("/importer", ".st-key-import-drop"),
    "réglages": ("/reglages", "text=Données de référence"),
}
"""Name → the address, and the element that says that it is drawn."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_serious_finding(
    browser: Browser, address: str, screen: str, scheme: Literal["light", "dark"]
) -> None:
    window = Window(browser, address, scheme)
    window.open(*SCREENS[screen])
    found = [str(each) for each in serious(window.page)]
    window.page.close()
    assert found == []
    assert window.faults == []


def test_what_a_narrow_window_draws_as_a_sign_alone_keeps_its_name(browser: Browser, address: str) -> None:
    window = Window(browser, address, "light")
    window.page.set_viewport_size({"width": 390, "height": 844})
    window.open(*SCREENS["aujourd'hui"])
    expect(window.page.get_by_role("button", name="Consigner", exact=True).first).to_be_visible()
    assert [str(each) for each in serious(window.page)] == []
    window.page.close()


@pytest.mark.parametrize("menu", ["Comparer avec le…", "Vues", "Exporter"])
def test_what_opens_over_a_dark_page_has_no_serious_finding(browser: Browser, address: str, menu: str) -> None:
    window = Window(browser, address, "dark")
    window.open("/reseau?autour=org-0001", ".stage canvas")
    window.page.get_by_role("button", name=menu).click()
    window.page.get_by_test_id("stPopoverBody").wait_for()
    window.settle()
    window.page.wait_for_timeout(500)
    assert [str(each) for each in serious(window.page)] == []
    window.page.close()


def test_the_check_sees_what_is_wrong(window: Window) -> None:
    window.open("/", ".call")
    window.page.evaluate("document.querySelector('.sentence').append(document.createElement('button'))")
    assert [each.rule for each in serious(window.page)] == ["button-name"]


def test_the_page_says_that_it_is_in_french(window: Window) -> None:
    window.open("/importer", ".st-key-import-drop")
    assert window.page.evaluate("document.documentElement.lang") == "fr"
    expect(window.page.get_by_test_id("stFileUploaderDropzone").locator("button")).to_contain_text("Choisir")
    expect(window.page.get_by_test_id("stFileUploaderDropzoneInstructions")).to_contain_text("Mo par fichier")


def test_every_page_has_its_line_in_the_check() -> None:
    paths = {path.split("?")[0].lstrip("/") for path, _ in SCREENS.values()}
    assert {
        address.HOME,
        address.PARTNERS,
        address.NETWORK,
        address.TERRITORY,
        address.IMPORT,
        address.SETTINGS,
    } <= paths
