"""Choice fields in a real browser, on every screen that has some: Enter takes what is typed, and nothing more."""

import os
import re
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.records import organisations
from crm.store import open_store
from tests.browser.accessibility import serious
from tests.browser.club import Club
from tests.browser.demonstration import USER, Window
from tests.crm.canvas.networks import contact, node, partner, tie
from tests.ui.served import serving
from ui import choices

NOTHING = ("—", "Aucun résultat", "Rien à choisir")
FIELDS = "[data-testid=stMultiSelect], [data-testid=stSelectbox]"


@pytest.fixture(scope="module")
def address(club: Club) -> str:
    """Where the application is."""
    return club.address


@pytest.fixture(scope="module")
def other(club: Club) -> str:
    """The id of a member, beside which there is something to choose in every field."""
    network = club.network
    id = partner(network, "Garage Inventé")
    organisations.edit(network, id, {"owner": "C. Exemple", "tags": ["filière bois"]}, 1)
    contact(network, id, "Inventée")
    node(network, "Programme", title="CAP Exemple")
    tie(network, "Proves", node(network, "Evidence", title="Courriel", kind="echange"), id)
    for name in ("Vue d'exemple", "Vue fictive"):
        views.save(network, name, CanvasState(starts=(club.id,)), {}, shared=True)
    return id


@pytest.fixture(scope="module")
def hamel(club: Club) -> str:
    """The id of a partner in a commune whose name holds another's."""
    return organisations.create(club.network, {"name": "Scierie Exemple", "commune": "59280"}).value


def holds(field: Locator, words: str) -> bool:
    """Whether a field holds these words: as a tag, or on its line."""
    return words in field.inner_text() or field.locator("input").first.input_value() == words


def field(page: Page, label: str) -> Locator:
    """A field by how its label begins."""
    named = page.locator("[data-testid=stWidgetLabel]", has_text=re.compile(rf"^\s*{label}"))
    return page.locator(FIELDS).filter(has=named).first


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
    assert typed(window.page, field, "cote d or")[0] == "Côte-d’Or (21)"
    for words in ("cotes-d'armor", "cotes-d’armor", "Côtes d armor"):  # the keyboard's apostrophe, and ours
        assert typed(window.page, field, words)[0] == "Côtes-d’Armor (22)"
    assert typed(window.page, field, "ain")[0] == "Ain (01)"


def test_a_new_word_is_offered_last_in_french(window: Window, club: Club) -> None:
    window.open(f"/partenaires?fiche={club.id}&faire=suivre", "[data-testid=stMultiSelect]")
    field = window.page.locator("[data-testid=stMultiSelect]", has_text="Étiquettes").last
    assert typed(window.page, field, "filière bois") == ["Ajouter «\u00a0filière bois\u00a0»"]
    window.page.keyboard.press("Enter")
    expect(window.page.locator("[data-testid=stMultiSelect]", has_text="Étiquettes").last).to_contain_text(
        "filière bois"
    )


class Place(NamedTuple):
    """Where fields are shown: an address, and what is clicked or typed there first."""

    path: str
    click: tuple[str, ...] = ()
    typed: tuple[str, str] = ("", "")


WALK: dict[str, dict[Place, tuple[str, ...]]] = {
    "filters": {
        Place("/partenaires", ("Filtres",)): ("Territoire",),
        Place("/territoire"): ("Partenaires d",),
    },
    "forms": {
        Place("/partenaires?fiche={id}&faire=modifier"): ("Rang", "Suivi par", "Étiquettes"),
        Place("/partenaires?fiche={id}&faire=personne"): ("Civilité",),
        Place("/reglages"): ("Zone desservie",),
    },
    "kinds": {Place("/partenaires?faire=ajouter"): ("Type",)},
    "completing": {},  # where a question has more answers than buttons fit; the list is that of every screen
    "saved_views": {Place("/reseau?autour={id}", ("Vues", "Renommer, partager, supprimer")): ("Vue",)},
    "screens/home/first_steps": {},  # an empty network: its own test
    "screens/imports/sheets": {},  # a file to import: its own test
    "screens/settings/__init__": {Place("/reglages"): ("Zone desservie",)},
    "screens/settings/accounts": {Place("/reglages", ("Ajouter un compte",)): ("Rôle du compte",)},
    "screens/network/editing": {Place("/reseau?autour={id}&relier={id}&relier={other}"): ("Lien",)},
    "screens/network/linked_partner": {Place("/reseau?autour={id}&fiche={id}&faire=partenaire-lie"): ("Lien", "Type")},
    "screens/network/proofs": {Place("/reseau?autour={id}&relier={id}&relier={other}"): ("Preuves",)},
    "screens/partners/add_link": {
        Place("/partenaires?fiche={id}&faire=lien", typed=("Lier Club Exemple à", "Garage")): ("Avec", "Lien")
    },
    "screens/partners/add_person": {
        Place("/partenaires?fiche={other}&faire=personne", ("Déjà connue",), ("Chercher une personne", "Exemple")): (
            "Personne",
        )
    },
    "screens/partners/follow": {Place("/partenaires?fiche={id}&faire=suivre"): ("Suivi par", "Étiquettes")},
    "screens/register/create": {
        Place("/registre?sorte=reunions&faire=ajouter", typed=("Avec", "Garage")): ("Comité", "Partenaire", "Présence")
    },
    "screens/partners/selection": {
        Place("/partenaires", ("#all", "Modifier (")): (
            "Suivi par", "Rang", "Ajouter des étiquettes", "Retirer des étiquettes",
        )
    },
    "screens/partners/tasks": {Place("/partenaires?fiche={id}&partie=taches"): ("Qui, chez nous",)},
}  # fmt: skip
"""Every module of ``ui`` that draws choice fields → where they are, and some that must be there, by their labels."""


def test_every_module_that_draws_a_choice_field_is_walked() -> None:
    draws = re.compile(r"\.(?:selectbox|multiselect)\(")
    root = Path(choices.__file__).parent
    drawing = {
        path.relative_to(root).with_suffix("").as_posix()
        for path in root.rglob("*.py")
        if draws.search(path.read_text(encoding="utf-8"))
    }
    assert drawing == set(WALK)


PLACES = sorted({(place, labels) for of in WALK.values() for place, labels in of.items()})


@pytest.mark.parametrize(("place", "labels"), PLACES)
def test_every_field_of_every_screen_takes_what_is_typed(
    window: Window, club: Club, other: str, place: Place, labels: tuple[str, ...]
) -> None:
    page = window.page

    def shown() -> None:
        window.open(place.path.format(id=club.id, other=other), "[data-testid=stMain]")
        for words in place.click:
            click(page, words)
            window.settle()
        if place.typed[0]:
            page.get_by_label(place.typed[0]).fill(place.typed[1])
        for label in labels:
            field(page, label).wait_for()
        window.settle()

    shown()
    taken, fresh = 0, True
    for index in range(page.locator(FIELDS).count()):
        if not fresh:
            shown()  # what was taken may change what is shown, now or in a moment
        found = page.locator(FIELDS).nth(index)
        fresh = True
        if found.is_visible() and found.locator("input").first.is_editable() and take_the_last(window, index):
            taken, fresh = taken + 1, False
    assert taken >= 1


def click(page: Page, words: str) -> None:
    """Use a door of the page by its words."""
    if words == "#all":
        page.get_by_role("checkbox", name="Choisir tous ceux de la page").click()
    else:
        page.get_by_text(words, exact=not words.endswith("(")).last.click()


def take_the_last(window: Window, index: int) -> bool:
    """Type the last option of a field, and Enter: it alone is taken. Tells whether there was one to take."""
    page = window.page
    found = page.locator(FIELDS).nth(index)
    found.locator("input").first.click()
    page.wait_for_timeout(200)
    shown = page.locator("[role=option]").all_inner_texts()
    offered = [each for each in shown if each not in NOTHING and not holds(found, each)]
    page.keyboard.press("Escape" if offered else "Tab")  # an empty list stays open otherwise, over the next field
    assert not any(re.search("Select|Add|Tout choisir|No results", each) for each in offered)
    if not offered:
        return False
    wanted = offered[-1]
    assert typed(page, found, wanted)[0] == wanted
    page.keyboard.press("Enter")
    window.settle()
    if page.locator(FIELDS).count() > index:  # else a field led elsewhere
        assert holds(page.locator(FIELDS).nth(index), wanted)
    if page.locator("[role=listbox]:visible").count():
        page.keyboard.press("Tab")  # a list with nothing left to choose stays open otherwise, over the next field
    return True


def test_the_columns_of_a_file_to_import_are_chosen_by_typing(window: Window) -> None:
    window.open("/importer", ".st-key-import-drop")
    page = window.page
    rows = b"Structure;Ville;Remarque\nAtelier Exemple;Lens;Fictif\n"
    page.locator("input[type=file]").first.set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": rows}
    )
    page.locator(FIELDS).nth(2).wait_for(timeout=60_000)
    window.settle()
    for index in range(3):
        assert take_the_last(window, index)


def test_a_first_zone_is_chosen_by_typing(browser: Browser, tmp_path: Path) -> None:
    """On an empty network, « Aujourd'hui » asks for it."""
    open_store(str(tmp_path / "vide.db")).close()
    with patch.dict(os.environ, {"LOGNAME": USER}), serving(tmp_path / "vide.db", tmp_path) as running:
        window = Window(browser, f"http://127.0.0.1:{running.port}")
        window.open("/", FIELDS)
        for index in range(window.page.locator(FIELDS).count()):
            if not take_the_last(window, index):  # nothing to choose from yet: what is typed is offered
                found = window.page.locator(FIELDS).nth(index)
                assert typed(window.page, found, "exemple.fr") == ["Ajouter «\u00a0exemple.fr\u00a0»"]
                window.page.keyboard.press("Enter")
                expect(window.page.locator(FIELDS).nth(index)).to_contain_text("exemple.fr")
        window.page.close()
    assert window.faults == []


def territory(window: Window) -> Locator:
    """The filter of the list of partners."""
    window.open("/partenaires", "table.partners")
    window.page.get_by_text("Filtres", exact=True).click()
    found = field(window.page, "Territoire")
    found.wait_for()
    window.settle()
    return found


@pytest.mark.parametrize(("words", "name"), [("ham", "Ham (80)"), ("hamel", "Hamel (59)"), ("hame", "Hamel (59)")])
def test_a_commune_typed_exactly_wins_over_a_listed_name_that_holds_it(
    window: Window, hamel: str, words: str, name: str
) -> None:
    """« Ham » once was « Hamel », where a partner sits."""
    found = territory(window)
    assert typed(window.page, found, words)[0].startswith(name)
    window.page.keyboard.press("Enter")
    expect(window.page).to_have_url(re.compile("territoire=commune(:|%3A)"))
    expect(window.page.locator(".narrowing a.off")).to_contain_text(name)


@pytest.mark.parametrize(
    ("code", "name"),
    [("62", "Pas-de-Calais (62), département"), ("59", "Nord (59), département"), ("2A", "Corse-du-Sud")],
)
def test_a_bare_code_means_its_departement(window: Window, hamel: str, code: str, name: str) -> None:
    """« 62 » once was « Lens (62) », where partners sit."""
    found = territory(window)
    typed(window.page, found, code)
    window.page.keyboard.press("Enter")
    expect(window.page).to_have_url(re.compile(f"territoire=departement(:|%3A){code}"))
    expect(window.page.locator(".narrowing a.off")).to_contain_text(name)


def test_how_many_sit_somewhere_is_no_part_of_its_name(window: Window, hamel: str) -> None:
    shown = typed(window.page, territory(window), "siège")
    assert not any("y siège" in each for each in shown)


def test_a_territory_that_no_listed_name_holds_is_found_too(window: Window) -> None:
    typed(window.page, territory(window), "Plougastel-Daoulas")
    window.page.keyboard.press("Enter")
    expect(window.page.locator(".narrowing a.off")).to_contain_text("Plougastel-Daoulas (29)")


def test_a_name_chosen_already_is_no_reason_to_take_another(window: Window) -> None:
    """« nord », when « Nord » is there, once was the Pays Nord Martinique."""
    window.open("/reglages", FIELDS)
    page, found = window.page, field(window.page, "Zone desservie")
    typed(page, found, "nord")
    page.keyboard.press("Enter")
    window.settle()
    before = found.locator("[data-tag]").all_inner_texts()
    assert [each.split(" (")[0] for each in before] == ["Nord"]
    found.locator("input").first.click()
    page.keyboard.type("nord")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    window.settle()
    assert found.locator("[data-tag]").all_inner_texts() == before


def test_arrows_escape_and_backspace_do_what_they_do_everywhere(window: Window) -> None:
    window.open("/reglages", FIELDS)
    page, found = window.page, field(window.page, "Zone desservie")
    shown = typed(page, found, "seine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(found).to_contain_text(shown[1])
    expect(found).not_to_contain_text(shown[0])
    typed(page, found, "seine")
    page.keyboard.press("Escape")  # what is typed goes, then the list; nothing is taken
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    expect(found.locator("[data-tag]")).to_have_count(1)
    found.locator("input").first.fill("")
    page.keyboard.press("Backspace")
    expect(found.locator("[data-tag]")).to_have_count(0)


@pytest.mark.parametrize("name", ["one", "several"])
def test_an_open_list_has_no_serious_finding(window: Window, name: str) -> None:
    """While a list is open the rest of the page is hidden from screen readers, not from Tab, which closes it first."""
    if name == "one":
        found = territory(window)
    else:
        window.open("/reglages", FIELDS)
        found = field(window.page, "Zone desservie")
    assert typed(window.page, found, "en")
    assert [str(each) for each in serious(window.page) if each.rule != "aria-hidden-focus"] == []
    window.page.keyboard.press("Tab")
    expect(window.page.locator("[role=option]")).to_have_count(0)
    assert [str(each) for each in serious(window.page)] == []
