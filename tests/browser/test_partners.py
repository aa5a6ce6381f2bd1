"""Partners in a real browser: a list that stays, a sheet beside it, and two people at work on the same one."""

import re

from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.demonstration import Window

LIST = "table.partners"
PARTS = "nav.parts[aria-label='Parties de la fiche'] a"


def row(page: Page, number: int) -> str:
    """The name in a row of the list."""
    return page.locator(f"{LIST} a.name").nth(number).inner_text()


def scrolled(page: Page) -> float:
    """How far down the list is."""
    return float(page.evaluate("document.querySelector('.st-key-partners-rows').scrollTop"))


def test_a_sheet_opens_beside_the_list_which_stays_where_it_was(browser: Browser, window: Window) -> None:
    window.open("/partenaires?fraicheur=frais", LIST)
    page = window.page
    page.evaluate("document.querySelector('.st-key-partners-rows').scrollTop = 900")
    name = row(page, 30)
    page.locator(f"{LIST} a.name").nth(30).click()
    expect(page.locator("header.sheet h1")).to_contain_text(name)
    window.settle()
    assert scrolled(page) > 600
    address = page.url
    page.get_by_role("link", name="Fermer la fiche").click()
    expect(page.locator("header.sheet")).to_have_count(0)
    assert scrolled(page) > 600
    page.go_back()
    expect(page.locator("header.sheet h1")).to_contain_text(name)
    other = Window(browser, window.address)
    other.open(address.removeprefix(window.address), "header.sheet h1")
    expect(other.page.locator("header.sheet h1")).to_contain_text(name)
    expect(other.page.locator(".chips a[aria-current]")).to_contain_text("Frais")
    other.page.close()


def test_back_takes_filters_off_one_by_one(window: Window) -> None:
    window.open("/partenaires", LIST)
    page = window.page
    everyone = page.locator(".found").inner_text()
    page.locator(".chips a", has_text="À relancer").click()
    expect(page.locator(".found")).not_to_have_text(everyone)
    late = page.locator(".found").inner_text()
    page.get_by_placeholder("Nom, ville, SIRET…").fill("lens")
    expect(page.locator(".found")).not_to_have_text(late)
    window.settle()
    page.go_back()
    expect(page.locator(".found")).to_have_text(late)
    expect(page.get_by_placeholder("Nom, ville, SIRET…")).to_have_value("")
    page.go_back()
    expect(page.locator(".found")).to_have_text(everyone)


def test_a_territory_is_found_by_typing_even_where_nobody_sits(window: Window) -> None:
    window.open("/partenaires", LIST)
    page = window.page
    page.get_by_role("button", name="Filtres").click()
    page.get_by_role("combobox", name="Territoire").fill("Finistère")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("territoire=departement(:|%3A)29"))
    expect(page.locator(".narrowing a.off")).to_contain_text("Finistère (29), département")
    page.keyboard.press("Escape")
    page.locator(".narrowing a.off").click()
    expect(page).not_to_have_url(re.compile("territoire"))
    expect(page.locator(f"{LIST} a.name").first).to_be_visible()


def test_an_exchange_takes_one_line_and_enter(window: Window) -> None:
    window.open("/partenaires?fraicheur=à relancer", LIST)
    page = window.page
    page.locator(f"{LIST} a.name").first.click()
    page.get_by_role("link", name="Consigner un échange").click()
    expect(page.get_by_label("Échange à consigner")).to_be_focused()
    page.keyboard.type("eu au téléphone, deux places en septembre")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-saved")).to_contain_text("Échange consigné")
    expect(page.locator(".standing")).to_contain_text("Dernier échange aujourd’hui")
    expect(page.locator("table.exchanges")).to_contain_text("deux places en septembre")
    page.locator(".st-key-saved").get_by_role("button", name="Annuler").click()
    expect(page.locator(".standing")).not_to_contain_text("Dernier échange aujourd’hui")


def test_two_people_edit_one_partner_and_settle_it_field_by_field(browser: Browser, address: str) -> None:
    one, other = Window(browser, address), Window(browser, address)
    one.open("/partenaires?texte=Garage", LIST)
    href = one.page.locator(f"{LIST} a.name").first.get_attribute("href") or ""
    path = f"/partenaires?{href.split('?')[1]}&faire=modifier"
    for window, phone, field, value in (
        (other, "03 53 01 11 11", "Site web", "https://fictif.example"),
        (one, "03 53 01 22 22", "Adresse", "1 rue Exemple"),
    ):
        window.open(path, ".st-key-partners-save")
        window.page.get_by_label("Téléphone", exact=True).fill(phone)
        window.page.get_by_label(field, exact=True).fill(value)
    for window in (other, one):
        window.page.get_by_role("button", name="Enregistrer").click()
        window.settle()
    page = one.page
    expect(page.get_by_role("alert")).to_contain_text("1 champ à départager")
    page.get_by_text("Le vôtre : 03 53 01 22 22").click()
    page.get_by_role("button", name="Enregistrer ces choix").click()
    expect(page.locator(".st-key-saved")).to_contain_text("enregistré")
    for word in ("03 53 01 22 22", "fictif.example", "1 rue Exemple"):
        expect(page.locator(".reach")).to_contain_text(word)
    page.get_by_role("link", name="Historique").click()
    expect(page.locator(".version").first).to_contain_text(re.compile("03 53 01 11 11 → 03 53 01 22 22"))
    for window in (one, other):
        window.page.close()
        assert window.faults == []


def test_where_there_is_little_room_the_sheet_takes_it_all(window: Window) -> None:
    window.page.set_viewport_size({"width": 1024, "height": 768})
    window.open("/partenaires", LIST)
    window.page.locator(f"{LIST} a.name").first.click()
    expect(window.page.locator("header.sheet h1")).to_be_visible()
    expect(window.page.locator(LIST)).to_be_hidden()
    window.page.get_by_role("link", name="Fermer la fiche").click()
    expect(window.page.locator(LIST)).to_be_visible()


def test_what_is_typed_is_not_left_by_a_click_without_a_question(window: Window) -> None:
    window.open("/partenaires?fiche=org-0003&faire=modifier", "[data-testid='stForm']")
    page = window.page
    note = page.locator("[data-testid='stForm'] textarea").first
    note.fill("Pas encore enregistré")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.locator("#menu").get_by_text("Territoire").click()
    assert asked == ["Ce que vous avez saisi n’est pas enregistré. Le laisser\u00a0?"]
    expect(note).to_have_value("Pas encore enregistré")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#menu").get_by_text("Territoire").click()
    expect(page.locator("table.upright")).to_be_visible()
    window.settle()
    page.go_back()
    page.locator(LIST).wait_for()
    page.locator("#menu").get_by_text("Territoire").click()  # nothing is typed any more: nothing is asked
    expect(page.locator("table.upright")).to_be_visible()


def test_the_row_of_the_sheet_that_is_open_is_marked_and_in_sight(window: Window) -> None:
    window.open("/partenaires", LIST)
    page = window.page
    last = page.locator(f"{LIST} a.name").last
    href, name = last.get_attribute("href"), last.inner_text()
    window.open(f"/partenaires{href}", "header.sheet h1")
    marked = page.locator(f"{LIST} a.name[aria-current]")
    expect(marked).to_have_text(name)
    expect(marked).to_be_in_viewport()
    page.get_by_role("link", name="Fermer la fiche").click()
    expect(marked).to_have_count(0)


def test_the_parts_of_any_sheet_stand_on_one_line_on_a_laptop_and_the_open_one_is_in_sight(window: Window) -> None:
    window.page.set_viewport_size({"width": 1366, "height": 768})
    window.open("/partenaires?fiche=org-0001&partie=historique", "header.sheet h1")
    parts = window.page.locator(PARTS)
    tops = {round(each.bounding_box()["y"]) for each in parts.all() if each.bounding_box()}  # type: ignore[index]
    assert parts.count() > 3
    assert len(tops) == 1
    expect(parts.last).to_have_attribute("aria-current", "true")
    expect(parts.last).to_be_in_viewport(ratio=0.9)
