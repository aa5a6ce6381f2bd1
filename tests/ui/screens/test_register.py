"""« Registre »: each type that people enter is listed, found, added and opened, from its declaration alone."""

from datetime import date
from unittest.mock import patch

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations, register
from crm.records.register import TYPES, FirstTie, Wanted
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
from tests.crm.records.test_register import one
from tests.ui.application import errors, opened, words
from tests.ui.screens.conftest import partner
from ui import logins
from ui.screens.register import where


def sort(type: str) -> str:
    """What the address calls a type."""
    return where._WORDS[type]


@pytest.mark.parametrize("type", TYPES)
def test_each_type_is_added_on_screen_and_then_listed(network: Network, type: str) -> None:
    partner(network, "Garage Fictif")
    ends = {link.name: one(network, link.about.targets[0]) for link in register.needed(type)}
    app = opened("registre", sorte=sort(type), faire="ajouter")
    assert errors(app) == []
    key = f"add-{type}"
    for link, id in ends.items():
        app.selectbox(key=f"{key}-{link}").set_value(id).run()
    if type == "Exchange":
        app.text_input(key=f"{key}-with").set_value("garage").run()
    for each in SCHEMA.nodes[type].fields.values():
        if each.required and each.shape is Shape.TEXT:
            (app.text_area if each.about.long else app.text_input)(key=f"{key}-{each.name}").set_value("Exemple")
        elif each.required and each.shape is Shape.DATE:
            app.date_input(key=f"{key}-{each.name}").set_value(date(2026, 3, 12))
    app.button(key=f"{key}-send").click().run()
    assert errors(app) == []
    (made,) = (r for r in register.listing(network, Wanted(type)).records if r.id not in ends.values())
    assert app.query_params["fiche"] in (made.id, [made.id])
    assert f"fiche={made.id}" in words(opened("registre", sorte=sort(type)))


def test_what_is_missing_is_said_and_what_was_typed_stays(network: Network) -> None:
    app = opened("registre", sorte="reunions", faire="ajouter")
    app.text_input(key="add-Meeting-title").set_value("Séance de mars")
    app.button(key="add-Meeting-send").click().run()
    assert any("Choisissez d’abord un comité" in each or "Choisissez d'abord un comité" in each for each in errors(app))
    assert app.text_input(key="add-Meeting-title").value == "Séance de mars"


def test_a_partner_is_found_while_typing_and_tied(network: Network) -> None:
    id = partner(network, "Garage Fictif")
    app = opened("registre", sorte="conventions", faire="ajouter")
    app.text_input(key="add-Agreement-with").set_value("garage").run()
    app.text_input(key="add-Agreement-subject").set_value("Accueil d'alternants")
    app.button(key="add-Agreement-send").click().run()
    assert errors(app) == []
    (made,) = register.listing(network, Wanted("Agreement")).records
    assert [link.source for link in network.read(lambda tx: tx.links_of([made.id], ["PartyTo"]))] == [id]
    assert "Garage Fictif" in words(opened("registre", sorte="conventions"))


def test_a_list_is_narrowed_sorted_and_says_when_nothing_answers(network: Network) -> None:
    garage = organisations.create(network, {"name": "Garage Fictif"}).value
    for subject, kind in (("Accueil", "partenariat"), ("Essai", "sous_traitance")):
        register.create(network, "Agreement", {"subject": subject, "kind": kind}, [FirstTie("PartyTo", garage)])
    shown = words(opened("registre", sorte="conventions", type="sous_traitance"))
    assert "Essai" in shown
    assert ">Accueil<" not in shown
    assert "1 convention" in shown
    backwards = words(opened("registre", sorte="conventions", ordre="nom", inverse="oui"))
    assert backwards.index("Essai") < backwards.index(">Accueil<")
    nothing = words(opened("registre", sorte="conventions", texte="introuvable"))
    assert "Rien ne correspond" in nothing
    assert "Aucune preuve pour l&#x27;instant" in words(opened("registre", sorte="preuves"))


def test_who_may_not_edit_lists_and_is_offered_no_more(network: Network) -> None:
    register.create(network, "Site", {"name": "Site Fictif"})
    with patch.object(logins, "actor_of", lambda cookie: Actor("T. Fictif", Role.READER)):
        app = opened("registre", sorte="sites", faire="ajouter")
        assert errors(app) == []
        assert "Site Fictif" in words(app)
        assert "Ajouter" not in words(app)


def test_a_past_day_says_that_the_list_is_of_today(network: Network) -> None:
    register.create(network, "Site", {"name": "Site Fictif"})
    shown = words(opened("registre", sorte="sites", date="2026-01-05"))
    assert "La liste est celle d&#x27;aujourd&#x27;hui" in shown or "La liste est celle" in shown
    assert "Ajouter" not in shown


def test_a_list_is_offered_as_files_and_says_who_is_left_out(network: Network) -> None:
    for name, day in (("Fictive", None), ("Opposée", "2026-03-12")):
        register.create(network, "Person", {"family_name": name, **({"opposed_on": day} if day else {})})
    app = opened("registre", sorte=sort("Person"))
    app.session_state["register-exports"] = True
    app.run()
    assert errors(app) == []
    assert "Hors du fichier : 1 personne" in words(app)
