"""« Partenaires » lists, finds, tells and changes the same, whatever keeps the network."""

import re

from streamlit.testing.v1 import AppTest

from crm.demo import HUB, PITFALLS
from crm.network import Network
from crm.records import organisations
from graph_schema.records import NodeRecord
from tests.ui.application import opened, sent, words
from tests.ui.screens.both_stores.stores import everything, on_both_stores

GARAGE = "org-0002"
SHEETS = (HUB, "org-0014", "pers-0001")


def record(network: Network, id: str) -> NodeRecord:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id]))[id]


def retyped(network: Network, phone: str) -> AppTest:
    """The garage's form, a phone number typed but not saved."""
    app = opened("partenaires", fiche=GARAGE, faire="modifier")
    app.text_input(key=f"edit-{GARAGE}-phone").input(phone)
    return app


@on_both_stores
def test_the_list_its_filters_and_its_orders(network: Network) -> list[str]:
    asked: list[dict[str, str]] = [
        {}, {"lignes": "400"}, {"fraicheur": "à relancer", "ordre": "recent"}, {"famille": "company", "inverse": "oui"},
        {"territoire": "departement:62", "rang": "A"}, {"activite": "actif"},
    ]  # fmt: skip
    return [line for each in asked for line in everything(opened("partenaires", **each))]


@on_both_stores
def test_what_is_typed_finds_names_accents_aside_towns_and_numbers(network: Network) -> list[str]:
    number = next(
        str(each.values["siret"]) for each in (record(network, id) for id in SHEETS) if "siret" in each.values
    )
    app, found = opened("partenaires"), []
    for typed in ("hotel", "HÔTEL", "lens exempl", number, number[:9], "l'artois", "zzz", "%", '"*'):
        app.text_input(key="filter-texte").input(typed).run()
        found += everything(app)
    assert "Hôtel du Bon Modèle" in "".join(found)
    return found


@on_both_stores
def test_every_part_of_a_sheet(network: Network) -> list[str]:
    found: list[str] = []
    for id in SHEETS:
        app = opened("partenaires", fiche=id)
        found += everything(app)
        for part in dict.fromkeys(re.findall(r"partie=(\w+)", words(app))):
            found += everything(opened("partenaires", fiche=id, partie=part))
    return found


@on_both_stores
def test_every_planted_pitfall_opens(network: Network) -> list[str]:
    mains = dict.fromkeys(pitfall.records[0] for pitfall in PITFALLS)
    return [
        line
        for id in mains
        if ":" not in id and id not in SHEETS
        for line in everything(opened("partenaires", fiche=id))
    ]


@on_both_stores
def test_an_edit_is_saved_told_and_undone(network: Network) -> list[str]:
    before = record(network, GARAGE).values
    app = retyped(network, "03 53 01 00 01")
    app.button(key=f"save-edit-{GARAGE}").click().run()
    saved = everything(app)
    assert record(network, GARAGE).values["phone"] == "03 53 01 00 01"
    app.button(key="frame-undo").click().run()
    assert record(network, GARAGE).values == before
    return [*saved, *everything(app)]


@on_both_stores
def test_two_who_edit_one_sheet_settle_it_field_by_field(network: Network) -> list[str]:
    app = retyped(network, "03 53 01 00 02")
    organisations.edit(network, GARAGE, {"phone": "03 53 01 00 03"}, record(network, GARAGE).revision)
    app.button(key=f"save-edit-{GARAGE}").click().run()
    asked = everything(app)
    assert "C. Exemple l&#x27;a enregistrée aussi" in words(app)
    app.radio(key="conflict-phone").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert record(network, GARAGE).values["phone"] == "03 53 01 00 02"
    return [*asked, *everything(app)]


@on_both_stores
def test_many_are_changed_by_one_act_and_one_undo(network: Network) -> list[str]:
    app = opened("partenaires", rang="A")
    (selection,) = (each for each in sent(app) if "of" in each)
    ids = list(dict.fromkeys(re.findall(r"fiche=(org-\d+)", words(app))))[:12]
    before = [record(network, id).values for id in ids]
    app.session_state["partners-selection"] = {"picked": {"of": selection["of"], "ids": ids}}
    app.run()
    app.multiselect(key="bulk-add").set_value(["salon"])
    app.selectbox(key="bulk-owner").set_value("J. Fictif")
    app.button(key="bulk-apply").click().run()
    changed = everything(app)
    assert all(record(network, id).values["owner"] == "J. Fictif" for id in ids)
    assert "12 partenaires modifiés." in words(app)
    app.button(key="frame-undo").click().run()
    assert [record(network, id).values for id in ids] == before
    return [*changed, *everything(app)]


@on_both_stores
def test_an_earlier_version_comes_back(network: Network) -> list[str]:
    revision = record(network, GARAGE).revision
    before = record(network, GARAGE).values
    organisations.edit(network, GARAGE, {"name": "Garage Imaginaire", "note": "Repris"}, revision)
    app = opened("partenaires", fiche=GARAGE, partie="historique")
    told = everything(app)
    assert "Nom : <del>Garage Fictif</del> → <ins>Garage Imaginaire</ins>" in words(app)
    app.button(key=f"restore-{revision}").click().run()
    assert record(network, GARAGE).values == before
    return [*told, *everything(app)]


@on_both_stores
def test_an_agreement_is_changed_then_deleted_on_the_sheet_of_its_partner(network: Network) -> list[str]:
    (id, *_) = sorted(link.target for link in network.read(lambda tx: tx.links_of([HUB], ["PartyTo"])))
    before = record(network, id).values
    app = opened("partenaires", fiche=HUB, partie="conventions", faire="modifier", cible=id)
    app.text_input(key=f"edit-{id}-number").input("2026-12")
    app.button(key=f"save-edit-{id}").click().run()
    found = everything(app)
    assert record(network, id).values == {**before, "number": "2026-12"}
    app.button(key="frame-undo").click().run()
    app = opened("partenaires", fiche=HUB, partie="conventions", faire="supprimer", cible=id)
    found += everything(app)
    app.button(key="remove").click().run()
    assert network.read(lambda tx: tx.get([id])) == {}
    found += everything(app)
    app.button(key="frame-undo").click().run()
    assert record(network, id).values == before
    return [*found, *everything(app)]
