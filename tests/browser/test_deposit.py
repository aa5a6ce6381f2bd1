"""Documents dropped on a sheet in a real browser: several at once, anywhere on it; nothing is kept unasked."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from crm.vault import readings
from tests.browser.accessibility import serious
from tests.browser.club import Club
from tests.browser.demonstration import Window

PDF, LIE = "%PDF-1.7\n% exemple\n", "GIF89a exemple"
FILES = {"CR 2026-01-05.pdf": PDF, "Convention 2026-02-03.pdf": PDF + "%", "Photo.pdf": LIE}
_HELD = """(files) => {
  const carried = new DataTransfer()
  for (const [name, content] of Object.entries(files)) carried.items.add(new File([content], name))
  return carried
}"""


@pytest.fixture(scope="module")
def address(club: Club) -> str:
    """Where the application is."""
    return club.address


def drop(page: Page, where: str, files: Mapping[str, str]) -> None:
    """Drop files, as a hand does: they hover before they fall."""
    held = page.evaluate_handle(_HELD, files)
    for event in ("dragenter", "dragover", "drop"):
        page.locator(where).dispatch_event(event, {"dataTransfer": held})


def test_documents_dropped_anywhere_on_a_sheet_open_its_deposit(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}", "header.sheet h1")
    page = window.page
    drop(page, "header.sheet h1", FILES)
    form = page.locator(".st-key-partners-act")
    expect(form.locator("h3.file")).to_have_text([*FILES])
    window.settle()
    kinds = form.locator("[data-testid=stSelectbox]", has_text="Type")
    expect(kinds.nth(0).locator("input")).to_have_value("Compte rendu")
    expect(kinds.nth(1).locator("input")).to_have_value("Convention de partenariat")
    assert [str(each) for each in serious(page)] == []
    assert readings.listing(club.network, club.id).value == []  # nothing is kept before one says so
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(form.get_by_role("alert")).to_contain_text("Donnez la date du fait de «\u00a0Photo.pdf\u00a0»")
    expect(form.locator("h3.file")).to_have_text(["Photo.pdf"])
    expect(page.locator(".st-key-saved")).to_contain_text("2 preuves de Club Exemple")
    found = {
        (each.values["file_name"], each.values["fact_on"]) for each in readings.listing(club.network, club.id).value
    }
    assert found == {("CR 2026-01-05.pdf", "2026-01-05"), ("Convention 2026-02-03.pdf", "2026-02-03")}


def test_files_dropped_in_the_zone_itself_and_beside_it_are_taken_once(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}&faire=deposer", "[data-testid=stFileUploaderDropzone]")
    page = window.page
    drop(page, "[data-testid=stFileUploaderDropzone]", {"Un.pdf": PDF})
    expect(page.locator("h3.file")).to_have_text(["Un.pdf"])
    window.settle()
    drop(page, "header.sheet h1", {"Deux.pdf": PDF})
    expect(page.locator("h3.file")).to_have_text(["Un.pdf", "Deux.pdf"])


def test_hovering_says_what_would_happen_and_stops_with_it(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}", "header.sheet h1")
    page = window.page
    held = page.evaluate_handle(_HELD, {"Un.pdf": PDF})
    page.locator("header.sheet h1").dispatch_event("dragover", {"dataTransfer": held})
    expect(page.locator("html.dropping")).to_have_count(1)
    expect(page.locator("html.dropping")).to_have_count(0)


def test_what_is_being_typed_elsewhere_is_not_lost_by_a_drop(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}&faire=modifier", "[data-testid=stForm]")
    page = window.page
    note = page.locator("[data-testid=stForm] textarea").first
    note.fill("Pas encore enregistré")
    page.once("dialog", lambda dialog: dialog.dismiss())
    drop(page, "header.sheet h1", {"Un.pdf": PDF})
    expect(note).to_have_value("Pas encore enregistré")
    expect(page.locator("h3.file")).to_have_count(0)
