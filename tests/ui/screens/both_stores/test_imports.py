"""« Importer » understands, plans, writes and takes back the same, whatever keeps the network."""

from crm.ledger.imports import imports
from crm.network import Network
from crm.records import organisations
from tests.importers.files import nodes, organisation
from tests.ui.application import notices, opened, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores
from tests.ui.screens.importing import applied, dropped, lines, planned

HEADS = "Structure;Ville;Code postal;Contact;Couleur\n"
LIST = HEADS + "Garage Fictif;Arras;62000;;GF\nAtelier Inventé;Lens;62300;Mme Inventée;AI\n;Arras;62000;;\n"
"""A partner whom the network knows, one whom it does not, and nobody."""


@on_both_stores
def test_a_list_is_mapped_planned_imported_and_taken_back(network: Network) -> list[str]:
    before = {record.id: record.values for record in nodes(network, "Organisation")}
    app = dropped(("liste.csv", LIST))
    found = everything(app)
    assert app.selectbox[4].value is None
    app.selectbox[4].set_value("Organisation.acronym").run()
    found += everything(planned(app))
    assert lines(app) == ["1 à créer", "1 à mettre à jour", "1 refusée", "1 anomalie dans les fichiers"]
    assert {record.id: record.values for record in nodes(network, "Organisation")} == before
    app.button(key="import-apply").click().run()
    found += everything(app)
    assert lines(app)[:3] == ["1 créée", "1 mise à jour", "1 refusée"]
    made = organisation(network, "Atelier Inventé")
    assert (made["acronym"], made["commune"]) == ("AI", "62498")
    run = imports(network)[0]
    assert run.files == ("liste.csv",)
    app.button(key=f"import-undo-result-{run.id}").click().run()
    assert {record.id: record.values for record in nodes(network, "Organisation")} == before
    assert "Import annulé (liste.csv)" in notices(app, "success")[0]
    assert not [button for button in app.button if button.label == "Annuler cet import"]
    return [*found, *everything(app)]


@on_both_stores
def test_what_was_edited_since_an_import_is_kept_by_its_undo_which_says_why(network: Network) -> list[str]:
    applied(dropped(("liste.csv", LIST)))
    (made,) = [each for each in nodes(network, "Organisation") if each.values["name"] == "Atelier Inventé"]
    organisations.edit(network, made.id, {"note": "Vu au salon"}, made.revision)
    app = opened("importer")
    app.button(key=f"import-undo-list-{imports(network)[0].id}").click().run()
    assert "modifiée depuis" in words(app)
    assert organisation(network, "Atelier Inventé")["note"] == "Vu au salon"
    return everything(app)


@on_both_stores
def test_a_list_that_says_nothing_new_has_nothing_to_import(network: Network) -> list[str]:
    app = planned(dropped(("liste.csv", HEADS + "Garage Fictif;Arras;62000;;\n")))
    assert not [button for button in app.button if button.key == "import-apply"]
    return everything(app)
