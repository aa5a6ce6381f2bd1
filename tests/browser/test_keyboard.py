"""The application from the keyboard: the palette, the shortcuts, and many partners changed at once."""

import re

from playwright.sync_api import expect

from tests.browser.accessibility import serious
from tests.browser.demonstration import Window

LIST = "table.partners"


def test_the_palette_goes_anywhere_and_remembers_what_was_opened(window: Window) -> None:
    window.open("/partenaires", LIST)
    page = window.page
    page.locator(f"{LIST} a.name").first.click()
    name = page.locator("header.sheet h1").inner_text().split("\n")[-1]
    window.settle()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("group", name="Ouverts récemment")).to_contain_text(name)
    page.keyboard.type("terri", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Territoire")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/territoire"))
    window.settle()
    page.keyboard.press("Control+k")
    page.keyboard.type("ajouter un", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Ajouter un partenaire")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nom *")).to_be_focused()


def test_the_palette_opens_what_the_browser_does_by_itself(window: Window) -> None:
    window.open("/", ".call")
    page = window.page
    page.keyboard.press("/")
    page.keyboard.type("consigner un", delay=20)
    expect(page.get_by_role("option").first).to_contain_text("Consigner un échange")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Consigner un échange")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_from_the_past_the_palette_comes_back_to_today(window: Window) -> None:
    window.open("/?date=2026-03-03", ".st-key-past")
    page = window.page
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text("Revenir à aujourd’hui")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-past")).to_have_count(0)


def test_a_selection_is_changed_together_and_goes_back_together(window: Window) -> None:
    window.open("/partenaires?texte=Cap emploi", LIST)
    page = window.page
    boxes = page.locator(f"{LIST} td input.pick")
    before = page.locator(f"{LIST} td.tier").all_inner_texts()
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    boxes.nth(2).click()
    page.get_by_role("button", name="Modifier (2)").click()
    page.get_by_role("combobox", name="Ajouter des étiquettes").fill("salon de mars")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert serious(page) == []
    page.get_by_role("button", name="Appliquer à 2 partenaires").click()
    expect(page.locator(".st-key-saved")).to_contain_text("2 partenaires modifiés.")
    expect(page.locator(f"{LIST} input.pick:checked")).to_have_count(0)
    window.open("/partenaires?etiquette=salon de mars", LIST)
    expect(page.locator(".found")).to_have_text("2 partenaires")
    assert page.locator(f"{LIST} td.tier").all_inner_texts() == [before[0], before[2]]


def test_all_results_are_chosen_at_once(window: Window) -> None:
    window.open("/partenaires?fraicheur=frais", LIST)
    page = window.page
    total = page.locator(".found").inner_text().split()[0]
    page.get_by_role("checkbox", name="Choisir tous ceux de la page").click()
    expect(page.get_by_role("button", name=f"Modifier ({total})")).to_be_visible()
    page.get_by_role("button", name="Ne rien choisir").click()
    expect(page.get_by_role("button", name=re.compile("^Modifier"))).to_have_count(0)
    expect(page.locator(f"{LIST} input.pick:checked")).to_have_count(0)


def test_a_pair_of_records_is_put_off_by_a_key_and_taken_back(window: Window) -> None:
    window.open("/doublons?paire=org-0001,org-0003", ".twins")
    page = window.page
    for name, key in (("Fusionner", "F"), ("Ce sont deux partenaires", "D"), ("Plus tard", "P")):
        expect(page.get_by_role("button", name=name)).to_contain_text(key)
    page.keyboard.press("p")
    expect(page.get_by_text("Remises à plus tard")).to_be_visible()
    expect(page).to_have_url(re.compile("/doublons$"))
    page.get_by_role("button", name="Reprendre").click()
    expect(page).to_have_url(re.compile("paire=org-0001"))
    assert serious(page) == []
