"""In a real browser: a choice that a field makes changes the figures with the title, and the address keeps it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.demonstration import Window

TABLE = "table.rows:not(.grid)"


def drawn(page: Page) -> list[str]:
    """What the map, the grid and the table say."""
    said = page.locator("table.rows, h2, .zone").all_inner_texts()
    areas = page.locator(".areas a").evaluate_all("all => all.map(a => a.getAttribute('class') + a.textContent)")
    return [*said, *map(str, areas)]


def test_a_training_action_changes_the_figures_and_stays_in_the_address(window: Window) -> None:
    window.open("/territoire", TABLE)
    page = window.page
    everyone = drawn(page)
    page.get_by_role("combobox", name="Partenaires d’une action de formation").click()
    page.get_by_role("option").nth(1).click()
    expect(page).to_have_url(re.compile("action-formation="))
    window.settle()
    chosen = drawn(page)
    assert chosen != everyone
    page.reload()
    page.locator(TABLE).first.wait_for(timeout=60_000)
    window.settle()
    assert drawn(page) == chosen
    page.get_by_role("navigation", name="Fonction").get_by_role("link", name="Handicap").click()
    expect(page).to_have_url(re.compile("action-formation=.*fonction=handicap|fonction=handicap.*action-formation="))
    window.settle()
    page.go_back()
    expect(page).not_to_have_url(re.compile("handicap"))
    expect(page).to_have_url(re.compile("action-formation="))
    for _ in range(100):
        if drawn(page) == chosen:
            break
        page.wait_for_timeout(100)
    window.settle()
    assert drawn(page) == chosen


def test_what_is_typed_and_known_by_nobody_is_said_and_chooses_nothing(window: Window) -> None:
    window.open("/territoire", TABLE)
    page = window.page
    everyone = drawn(page)
    page.get_by_role("combobox", name="Partenaires d’une action de formation").fill("Titre de l'Atlantide")
    expect(page.get_by_text("Aucun résultat")).to_be_visible()
    expect(page.get_by_text("Ajouter")).to_have_count(0)
    page.keyboard.press("Enter")
    window.settle()
    assert "action-formation" not in page.url
    assert drawn(page) == everyone


def test_the_figure_of_territories_without_a_host_opens_as_many_rows(window: Window) -> None:
    window.open("/", ".sentence")
    door = window.page.locator(".sentence a", has_text="territoires")
    many = int(re.sub(r"\D", "", door.inner_text()))
    door.click()
    expect(window.page.locator(f"{TABLE} tbody tr").first).to_be_visible()
    window.settle()
    rows = window.page.locator("table", has_text="Partenaires actifs").locator("tbody tr")
    expect(rows).to_have_count(many)
