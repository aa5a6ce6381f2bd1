"""Committees, meetings, agreements and training actions: changed and deleted where they are seen."""

from collections.abc import Sequence
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import engagements
from graph_schema.records import NodeRecord, Value
from tests.ui.application import errors, offered, opened, words
from tests.ui.screens.conftest import contact, partner
from ui import session

TYPES: dict[str, dict[str, Value]] = {
    "Committee": {"name": "Comité Exemple"},
    "Meeting": {"title": "Séance de mars", "held_on": "2026-03-12"},
    "Agreement": {"subject": "Accueil d'alternants"},
    "Programme": {"title": "Titre Exemple"},
    "Placement": {"kind": "stage", "starts_on": "2026-03-12"},
}


@pytest.fixture
def garage(network: Network) -> str:
    """A garage that is party to an agreement, with someone who sits on a committee and attended its meeting."""
    id = partner(network, "Garage Exemple")
    person = contact(network, id, "Exemple")

    def work(unit: UnitOfWork) -> None:
        for type, values in TYPES.items():
            unit.create(type, values, id=type)
        unit.connect("PartyTo", id, "Agreement")
        unit.connect("HostedBy", "Placement", id)
        unit.connect("SitsOn", person, "Committee")
        unit.connect("MeetingOf", "Meeting", "Committee")
        unit.connect("Attended", person, "Meeting")

    network.commit("Saisie", work)
    return id


def record(network: Network, id: str) -> NodeRecord | None:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id])).get(id)


def keys(app: AppTest) -> Sequence[str]:
    """The keys of the buttons on screen."""
    return [str(each.key) for each in app.button]


@pytest.mark.parametrize(("part", "id"), [("conventions", "Agreement"), ("accueils", "Placement"),
                                          ("comites", "Meeting"), ("comites", "Committee")])  # fmt: skip
def test_every_row_of_engagements_has_the_door_to_change_it(network: Network, garage: str, part: str, id: str) -> None:
    said = words(opened("partenaires", fiche=garage, partie=part))
    assert f"faire=modifier&amp;cible={id}" in said


def test_an_agreement_is_changed_on_the_sheet_of_its_partner(network: Network, garage: str) -> None:
    app = opened("partenaires", fiche=garage, partie="conventions", faire="modifier", cible="Agreement")
    app.date_input(key="edit-Agreement-signed_on").set_value(date(2026, 1, 5))
    app.button(key="save-edit-Agreement").click().run()
    assert errors(app) == []
    assert (kept := record(network, "Agreement")) is not None
    assert kept.values["signed_on"] == "2026-01-05"
    assert app.query_params["fiche"] == garage
    assert "Signée" in words(app)
    app.button(key="frame-undo").click().run()
    assert (kept := record(network, "Agreement")) is not None
    assert "signed_on" not in kept.values


def test_an_agreement_changed_by_two_is_settled_field_by_field(network: Network, garage: str) -> None:
    app = opened("partenaires", fiche=garage, faire="modifier", cible="Agreement")
    app.text_input(key="edit-Agreement-number").input("12")
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    engagements.edit(other, "Agreement", {"number": "13"}, 1)
    app.button(key="save-edit-Agreement").click().run()
    assert offered(app.radio(key="conflict-number")) == ["Le vôtre : **12**", "Celui de J. Fictif : **13**"]
    app.radio(key="conflict-number").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert (kept := record(network, "Agreement")) is not None
    assert kept.values["number"] == "12"


def test_an_agreement_is_deleted_on_the_sheet_which_stays(network: Network, garage: str) -> None:
    app = opened("partenaires", fiche=garage, faire="supprimer", cible="Agreement")
    left = "Les fiches qu&#x27;ils relient restent."
    assert f"<strong>Accueil d&#x27;alternants</strong> et 1 lien ? {left}" in words(app)
    app.button(key="remove").click().run()
    assert record(network, "Agreement") is None
    assert app.query_params["fiche"] == garage
    assert "faire" not in app.query_params
    app.button(key="frame-undo").click().run()
    assert record(network, "Agreement") is not None


def test_an_engagement_gone_meanwhile_leaves_nothing_else_to_delete(network: Network, garage: str) -> None:
    engagements.delete(network, "Agreement")
    for act in ("modifier", "supprimer"):
        app = opened("partenaires", fiche=garage, faire=act, cible="Agreement")
        assert "Cette fiche n&#x27;existe plus" in words(app)
        assert "remove" not in keys(app)
        assert not [key for key in keys(app) if key.startswith("save-")]


def test_a_stale_deletion_is_refused_until_it_was_seen(network: Network, garage: str) -> None:
    app = opened("partenaires", fiche=garage, faire="supprimer", cible="Agreement")
    engagements.edit(network, "Agreement", {"number": "13"}, 1)
    app.button(key="remove").click().run()
    assert "modifiée entre-temps" in errors(app)[0]
    assert record(network, "Agreement") is not None


def test_a_committee_that_met_is_not_deleted_before_its_meetings(network: Network, garage: str) -> None:
    app = opened("partenaires", fiche="Committee", faire="supprimer")
    app.button(key="remove").click().run()
    assert errors(app) == ["Rien n'est supprimé : il y a encore 1 réunion, à supprimer d'abord."]
    assert record(network, "Committee") is not None


@pytest.mark.parametrize("type", TYPES)
def test_each_is_changed_on_its_own_sheet_and_on_the_canvas(network: Network, garage: str, type: str) -> None:
    for app in (
        opened("partenaires", fiche=type, faire="modifier"),
        opened("reseau", autour=type, fiche=type, faire="modifier", sans="aucune"),
    ):
        assert errors(app) == []
        assert f"save-edit-{type}" in keys(app)


def test_a_meeting_is_changed_then_deleted_on_the_canvas(network: Network, garage: str) -> None:
    app = opened("reseau", autour="Meeting", fiche="Meeting", faire="modifier", sans="aucune")
    app.text_input(key="edit-Meeting-place").input("Lens")
    app.button(key="save-edit-Meeting").click().run()
    assert (kept := record(network, "Meeting")) is not None
    assert kept.values["place"] == "Lens"
    app = opened("reseau", autour="Committee", fiche="Meeting", faire="supprimer", sans="aucune")
    app.button(key="remove").click().run()
    assert errors(app) == []
    assert record(network, "Meeting") is None
    app.button(key="network-undo").click().run()
    assert record(network, "Meeting") is not None


def test_a_reader_is_offered_none_of_it(network: Network, garage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", Role.READER))
    for id in (garage, "Agreement"):
        assert "faire=modifier" not in words(opened("partenaires", fiche=id, partie="conventions"))
        for act in ("modifier", "supprimer"):
            assert len(opened("partenaires", fiche=id, faire=act, cible="Agreement").button) == 0
