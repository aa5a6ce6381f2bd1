"""One field is changed where it stands on the sheet, saved as the whole form is, for whatever people enter."""

from unittest.mock import patch

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import engagements, organisations, register
from crm.records.register import TYPES, FirstTie
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
from tests.crm.records.test_register import one
from tests.ui.application import errors, offered, opened, words
from tests.ui.screens.conftest import partner
from ui import forms, logins

PENCIL = 'aria-label="Modifier'


def record(network: Network, id: str) -> NodeRecord:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id]))[id]


def made(network: Network, type: str) -> str:
    """The id of a record of that type."""
    if type == "Organisation":
        return partner(network, "Garage Fictif")
    if type == "Exchange":
        tie = FirstTie("Involves", partner(network, "Garage Fictif"))
        return register.create(network, type, {"on": "2026-03-12"}, [tie]).value
    return one(network, type)


@pytest.mark.parametrize("type", ["Organisation", *TYPES])
def test_a_text_of_any_type_is_changed_where_it_stands(network: Network, type: str) -> None:
    id = made(network, type)
    field = next(each for each in forms.editable(SCHEMA.nodes[type]) if each.shape is Shape.TEXT)
    at = {"fiche": id, "partie": "fiche"}
    assert f"faire=champ&amp;cible={field.name}" in words(opened("partenaires", **at))
    app = opened("partenaires", **at, faire="champ", cible=field.name)
    assert errors(app) == []
    box = app.text_area if field.about.long else app.text_input
    box(key=f"edit-{id}-{field.name}").input("Corrigé")
    app.button(key=f"save-edit-{id}").click().run()
    assert errors(app) == []
    now = record(network, id)
    assert (now.values[field.name], now.revision) == ("Corrigé", 2)
    assert "faire" not in app.query_params
    assert "cible" not in app.query_params
    assert "Corrigé" in words(app)


def test_a_field_opens_in_the_overview_of_what_is_no_partner(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    ties = [FirstTie("PartyTo", garage)]
    id = register.create(network, "Agreement", {"subject": "Accueil", "number": "C-12"}, ties).value
    app = opened("registre", sorte="conventions", fiche=id, faire="champ", cible="number")
    assert app.text_input(key=f"edit-{id}-number").value == "C-12"
    assert not [each for each in app.text_input if each.key == f"edit-{id}-subject"]
    shown = words(app)
    assert "Accueil" in shown
    assert "Garage Fictif" in shown
    app.text_input(key=f"edit-{id}-number").input("C-13")
    app.button(key=f"save-edit-{id}").click().run()
    (_, change) = network.read(lambda tx: tx.history(id))[0]
    assert (change.before, change.after) == ({"number": "C-12"}, {"number": "C-13"})


def test_a_colleague_who_saved_the_same_field_is_a_conflict_settled_here(network: Network) -> None:
    id = partner(network, "Garage Fictif", phone="01")
    app = opened("partenaires", fiche=id, partie="fiche", faire="champ", cible="phone")
    app.text_input(key=f"edit-{id}-phone").input("02")
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    organisations.edit(other, id, {"phone": "03"}, record(other, id).revision)
    app.button(key=f"save-edit-{id}").click().run()
    assert record(network, id).values["phone"] == "03"
    assert offered(app.radio(key="conflict-phone")) == ["Le vôtre : **02**", "Celui de J. Fictif : **03**"]
    app.radio(key="conflict-phone").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert record(network, id).values["phone"] == "02"


def test_a_colleague_who_saved_another_field_loses_nothing(network: Network) -> None:
    id = made(network, "Agreement")
    app = opened("registre", sorte="conventions", fiche=id, faire="champ", cible="subject")
    app.text_input(key=f"edit-{id}-subject").input("Accueil")
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    engagements.edit(other, id, {"number": "C-12"}, record(other, id).revision)
    app.button(key=f"save-edit-{id}").click().run()
    app.button(key="conflict-save").click().run()
    values = record(network, id).values
    assert (values["subject"], values["number"]) == ("Accueil", "C-12")


def test_what_does_not_fit_is_told_and_stays_typed(network: Network) -> None:
    id = partner(network, "Garage Fictif")
    app = opened("partenaires", fiche=id, partie="fiche", faire="champ", cible="siret")
    app.text_input(key=f"edit-{id}-siret").input("pas un siret !")
    app.button(key=f"save-edit-{id}").click().run()
    assert any("« SIRET »" in each for each in errors(app))
    assert app.text_input(key=f"edit-{id}-siret").value == "pas un siret !"
    app.button(key=f"leave-edit-{id}").click().run()
    assert (record(network, id).revision, "faire" in app.query_params) == (1, False)


def test_who_may_not_edit_and_a_field_that_is_none_open_nothing(network: Network) -> None:
    id = partner(network, "Garage Fictif")
    assert PENCIL in words(opened("partenaires", fiche=id, partie="fiche"))
    for name in ("id", "revision", "evidence", "x"):
        app = opened("partenaires", fiche=id, partie="fiche", faire="champ", cible=name)
        assert errors(app) == []
        assert not [each for each in app.text_input if (each.key or "").startswith("edit-")]
    with patch.object(logins, "actor_of", lambda cookie: Actor("T. Fictif", Role.READER)):
        app = opened("partenaires", fiche=id, partie="fiche", faire="champ", cible="name")
        assert not [each for each in app.text_input if (each.key or "").startswith("edit-")]
        assert PENCIL not in words(app)
    past = opened("partenaires", fiche=id, partie="fiche", date="2026-01-05", faire="champ", cible="name")
    assert PENCIL not in words(past)
