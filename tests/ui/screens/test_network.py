"""« Réseau » on a real store: what the address asks for is what is drawn, in words beside the picture."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.records import links
from graph_schema.vocabularies import Kind
from tests.ui.application import as_typed, errors, opened, words
from tests.ui.screens.conftest import TODAY, contact, partner


def drawn(app: AppTest) -> dict[str, Any]:
    """What the canvas was told."""
    found = [json.loads(each.proto.json) for each in app.get("bidi_component") if "arrangement" in each.proto.json]
    assert len(found) == 1
    data: dict[str, Any] = found[0]
    return data


def names(app: AppTest) -> set[str]:
    """The names on the canvas."""
    return {node["name"] for node in drawn(app)["scene"]["nodes"]}


def test_an_empty_start_shows_three_doors_and_no_hairball(network: Network) -> None:
    garage = partner(network, "Garage Exemple", last=10)
    network.commit("Ajout", lambda unit: unit.create("Committee", {"name": "Comité Exemple"}))
    app = opened("reseau")
    assert errors(app) == []
    said = words(app)
    for expected in (f"autour={garage}", "Comité Exemple", "autour=departement:62", "Un territoire"):
        assert expected in said
    assert not [each for each in app.get("bidi_component") if "arrangement" in each.proto.json]


def test_an_empty_network_says_how_to_begin(network: Network) -> None:
    assert "Votre réseau est vide" in words(opened("reseau"))


def test_the_address_opens_the_picture_and_the_card_of_what_is_selected(network: Network) -> None:
    garage = partner(network, "Garage Exemple", last=10)
    person = contact(network, garage, "Exemple")
    app = opened("reseau", autour=garage, fiche=person)
    assert errors(app) == []
    assert names(app) == {"Garage Exemple", "Mme Exemple"}
    assert drawn(app)["selected"] == [person]
    said = words(app)
    for expected in ("Mme Exemple", "Ouvrir la fiche", "Qui peut m", "travaille pour", f"fiche={garage}"):
        assert expected in said


def test_a_node_without_a_picture_of_its_own_is_said_and_a_wrong_address_breaks_nothing(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    app = opened("reseau", autour="org-disparue", profondeur="beaucoup", couleur="arc-en-ciel", fiche="x")
    assert errors(app) == []
    assert "Une fiche de cette vue n'existe plus" in as_typed(drawn(app)["words"])
    assert names(opened("reseau", autour=garage, profondeur="99999999999999", chemin="seul")) == {"Garage Exemple"}


def test_markup_in_a_name_stays_text(network: Network) -> None:
    evil = partner(network, "<img src=x onerror=alert(1)>")
    said = words(opened("reseau", autour=evil, fiche=evil))
    assert "<img src=x" not in said
    assert "&lt;img src=x" in said


def test_nothing_is_editable_in_the_past(network: Network) -> None:
    garage = partner(network, "Garage Exemple", last=800)
    club = partner(network, "Club Fictif", kind=Kind.ASSOCIATION)
    links.connect(network, "MemberOf", garage, club, {"valid_from": TODAY.isoformat()})
    assert drawn(opened("reseau", autour=garage))["editable"]
    past = opened("reseau", autour=garage, date=TODAY.replace(year=TODAY.year - 1, day=1).isoformat())
    assert names(past) == {"Garage Exemple"}
    assert not drawn(past)["editable"]


def test_who_can_introduce_us_is_told_in_words(network: Network) -> None:
    garage, target = partner(network, "Garage Exemple", last=3), partner(network, "Cible Fictive")
    links.connect(network, "WorksWith", garage, target)
    said = drawn(opened("reseau", presenter=target))["words"]
    assert "Garage Exemple (relation fraîche), qui travaille avec Cible Fictive." in said


def test_the_legend_counts_and_keeps_what_it_switched_off(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    contact(network, garage, "Exemple")
    off = opened("reseau", autour=garage, sans="personne")
    assert names(off) == {"Garage Exemple"}
    entries = {entry["label"]: entry for part in drawn(off)["legend"] for entry in part["entries"]}
    assert (entries["Entreprises"]["count"], entries["Entreprises"]["on"]) == (1, True)
    assert not entries["Personnes"]["on"]
    assert drawn(off)["scene"]["nodes"][0]["hidden"] == 0


def test_the_sheet_of_a_partner_leads_here(network: Network) -> None:
    garage = partner(network, "Garage Exemple")
    assert f"/reseau?autour={garage}" in words(opened("partenaires", fiche=garage))
