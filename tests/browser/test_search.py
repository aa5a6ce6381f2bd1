"""The search box in a real browser: whatever is typed, Enter opens what was meant."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demonstration import Window

SHEET = "header.sheet h1"


def look_for(window: Window, text: str, option: str) -> None:
    """Type in the box from wherever one is, and open the first of what is found."""
    page = window.page
    page.keyboard.press("/")
    page.keyboard.type(text, delay=15)
    expect(page.get_by_role("option").first).to_contain_text(option)
    page.keyboard.press("Enter")
    expect(page.locator(SHEET)).to_contain_text(option)
    window.settle()


def test_a_telephone_number_opens_who_has_it_however_it_is_typed(window: Window) -> None:
    window.open("/partenaires?texte=mission locale", "table.partners")
    page = window.page
    page.locator("table.partners a.name").first.click()
    person = page.locator(".lines a.strong").first
    name = person.inner_text()
    person.click()
    expect(page.locator(SHEET)).to_contain_text(name)
    window.settle()
    number = page.locator("a[href^='tel:']").first.inner_text()
    bare = re.sub(r"\D", "", number)
    for typed in (number, number.replace(" ", "."), f"+33{bare[1:]}"):
        window.open("/", ".call")
        page.keyboard.press("/")
        page.keyboard.type(typed, delay=15)
        page.get_by_role("option").filter(has_text=name).click()  # beside the house, whose number it may be too
        expect(page.locator(SHEET)).to_contain_text(name)
        window.settle()


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("management commercial", "BTS Management commercial opérationnel"),
        ("managemnt commercial", "BTS Management commercial opérationnel"),
        ("comité bâtiment et", "Comité Bâtiment et industrie"),
        ("grille de positionnement", "Remettre à jour la grille de positionnement"),
        ("contacter les entreprises", "Contacter les entreprises concernées"),
    ],
)
def test_training_actions_committees_decisions_and_actions_are_opened_by_their_words(
    window: Window, text: str, option: str
) -> None:
    window.open("/", ".call")
    look_for(window, text, option)
