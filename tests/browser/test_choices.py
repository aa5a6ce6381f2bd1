"""Choice fields in a real browser, on every screen that has some: Enter takes what is typed, and nothing more."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.club import Club, served_club
from tests.browser.demonstration import Window
from ui import choices

FIELDS = "[data-testid=stMultiSelect], [data-testid=stSelectbox]"


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """A small network, served."""
    folder = tmp_path_factory.mktemp("choices")
    with served_club(str(folder / "reseau28.db"), folder) as running:
        yield running


@pytest.fixture
def window(browser: Browser, club: Club) -> Iterator[Window]:
    """A window on it that must have no fault to tell at the end."""
    window = Window(browser, club.address)
    yield window
    window.page.close()
    assert window.faults == []


def holds(field: Locator, words: str) -> bool:
    """Whether a field holds these words: as a tag, or on its line."""
    return words in field.inner_text() or field.locator("input").first.input_value() == words


def typed(page: Page, field: Locator, words: str) -> list[str]:
    """Type in a field; returns the options shown."""
    field.locator("input").first.fill("")
    field.locator("input").first.press_sequentially(words)
    page.wait_for_timeout(400)
    return page.locator("[role=option]").all_inner_texts()


def test_the_scripts_of_streamlit_are_those_that_are_known() -> None:
    assert len(choices.scripts()) == 3


@pytest.mark.parametrize("words", ["eure-et-l", "EURE ET L", "eure-et-loir"])
def test_enter_takes_the_true_match_alone(window: Window, words: str) -> None:
    """It once added « Meurthe-et-Moselle » too, by « Select 2 matches »."""
    window.open("/reglages", "[data-testid=stMultiSelect]")
    field = window.page.locator("[data-testid=stMultiSelect]", has_text="Zone desservie")
    shown = typed(window.page, field, words)
    assert shown[0] == "Eure-et-Loir (28)"
    assert not any("matches" in each or "Choisir" in each or "Tout" in each for each in shown)
    window.page.keyboard.press("Enter")
    expect(field).to_contain_text("Eure-et-Loir (28)")
    expect(field).not_to_contain_text("Meurthe")


def test_accents_and_apostrophes_are_folded_and_the_best_match_leads(window: Window) -> None:
    window.open("/reglages", "[data-testid=stMultiSelect]")
    field = window.page.locator("[data-testid=stMultiSelect]", has_text="Zone desservie")
    assert typed(window.page, field, "cote d or")[0] == "Côte-d'Or (21)"
    assert typed(window.page, field, "cotes-d'armor")[0] == "Côtes-d'Armor (22)"
    assert typed(window.page, field, "ain")[0] == "Ain (01)"


def test_a_new_word_is_offered_last_in_french(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}&faire=suivre", "[data-testid=stMultiSelect]")
    field = window.page.locator("[data-testid=stMultiSelect]", has_text="Étiquettes").last
    assert typed(window.page, field, "filière bois") == ["Ajouter «\u00a0filière bois\u00a0»"]
    window.page.keyboard.press("Enter")
    expect(window.page.locator("[data-testid=stMultiSelect]", has_text="Étiquettes").last).to_contain_text(
        "filière bois"
    )


PAGES = (
    "/partenaires", "/partenaires?faire=ajouter", "/partenaires?fiche={id}&faire=modifier",
    "/partenaires?fiche={id}&faire=personne", "/partenaires?fiche={id}&faire=lien",
    "/partenaires?fiche={id}&faire=suivre", "/partenaires?fiche={id}&faire=echange",
    "/partenaires?fiche={id}&partie=taches", "/territoire", "/solidite", "/reglages",
    "/reseau?autour={id}&fiche={id}&faire=lien",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_field_of_every_screen_takes_what_is_typed(window: Window, club: Club, path: str) -> None:
    page = window.page
    window.open(path.format(id=club.id), "[data-testid=stMain]")
    page.wait_for_timeout(800)
    for index in range(page.locator(FIELDS).count()):
        field = page.locator(FIELDS).nth(index)
        if (
            not field.is_visible()
            or field.locator("input").first.is_disabled()
            or not field.locator("input").first.is_editable()
        ):
            continue
        field.locator("input").first.click()
        offered = [
            each
            for each in page.locator("[role=option]").all_inner_texts()
            if each not in ("—", "Aucun résultat", "Rien à choisir")
        ]
        page.keyboard.press("Escape")
        assert not any("Select" in each or "Tout choisir" in each for each in offered)
        if not offered:
            continue
        wanted = offered[-1]
        assert typed(page, field, wanted)[0] == wanted
        page.keyboard.press("Enter")
        window.settle()
        page.wait_for_timeout(500)
        if page.locator(FIELDS).count() > index:
            assert holds(page.locator(FIELDS).nth(index), wanted)
