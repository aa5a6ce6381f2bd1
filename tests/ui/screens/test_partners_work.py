"""What is done from a sheet besides editing: tasks, territories, owner and tags, reminders, proofs, introductions."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import actions, exchanges, links, organisations
from graph_schema.exchanges import Direction
from graph_schema.records import Values
from tests.ui.application import as_typed, errors, opened, words
from tests.ui.screens.conftest import TODAY, ago, partner
from ui import session


def values(network: Network, id: str) -> Values:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id]))[id].values


def made(network: Network, type: str, **fields: object) -> str:
    """A record of any type; its id."""
    return network.commit("Essai", lambda unit: unit.create(type, fields)).value


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label."""
    return next(button for button in app.button if as_typed(button.label.replace("\\", "")) == label).click().run()


def test_a_task_is_added_then_ticked_off(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = opened("partenaires", fiche=id, partie="taches")
    app.text_input(key="task-title").input("Envoyer la convention")
    app.button(key="task-add").click().run()
    assert "À faire : Envoyer la convention." in words(app)
    assert ">À faire 1</a>" in words(app)
    press(app, "Fait")
    assert "1 action terminée" in words(app)
    (task,) = network.read(lambda tx: [tx.get([k.source])[k.source] for k in tx.links_of([id], ["FollowsUp"])])
    assert (task.values["status"], task.values["done_on"]) == ("fait", TODAY.isoformat())
    assert errors(app) == []


def test_a_task_without_a_word_is_refused(network: Network) -> None:
    app = opened("partenaires", fiche=partner(network, "Garage Exemple"), partie="taches")
    app.button(key="task-add").click().run()
    assert errors(app) == ["Dites ce qu'il y a à faire."]


def test_owner_and_tags_are_changed_in_place(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    partner(network, "Hôtel Fictif", owner="J. Fictif")
    app = opened("partenaires", fiche=id, faire="suivre")
    app.selectbox(key=f"owner-{id}-1").select("J. Fictif").run()
    assert values(network, id)["owner"] == "J. Fictif"
    app.multiselect(key=f"tags-{id}-2").set_value(["club"]).run()
    assert values(network, id)["tags"] == ["club"]
    assert "suivi par J. Fictif" in words(app)
    assert "etiquette=club" in words(app)
    assert errors(app) == []


def test_a_territory_is_served_then_no_longer(network: Network) -> None:
    id = partner(network, "Mission Exemple")
    app = opened("partenaires", fiche=id, faire="desservir")
    app.text_input(key="serve-name").input("Pas-de-Calais")
    app.button(key="serve-add").click().run()
    assert "Pas-de-Calais (département)" in words(app)
    press(app, "Pas-de-Calais")
    assert "ne dessert plus le Pas-de-Calais." in words(app).replace("\\", "")
    assert "Pas-de-Calais (département)" not in words(app)
    app.text_input(key="serve-name").input("Nulle Part")
    app.button(key="serve-add").click().run()
    assert "n'est le nom d'aucun territoire" in words(app).replace("&#x27;", "'")


def test_communes_of_one_name_are_told_apart(network: Network) -> None:
    id = partner(network, "Mission Exemple")
    app = opened("partenaires", fiche=id, faire="desservir")
    app.text_input(key="serve-name").input("Saint-Denis")
    app.button(key="serve-add").click().run()
    press(app, "Saint-Denis (93)")
    assert "Saint-Denis (commune)" in words(app)


def test_a_reminder_is_put_off_with_a_reason_and_woken(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=200)
    app = opened("partenaires", fiche=id, faire="reporter")
    app.text_input(key=f"snooze-why-{id}").input("Congés")
    app.button(key=f"snooze-7-{id}").click().run()
    until = TODAY + timedelta(days=7)
    assert values(network, id)["snoozed_until"] == until.isoformat()
    assert f"Relance reportée au {until:%d/%m/%Y}" in words(app)
    assert "Congés" in words(app)
    assert "faire" not in app.query_params
    again = opened("partenaires", fiche=id, faire="reporter")
    again.button(key=f"wake-{id}").click().run()
    assert "snoozed_until" not in values(network, id)


def test_a_link_shows_the_evidence_that_justifies_it(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Branche Fictive")
    proof = made(network, "Evidence", title="Bulletin d'adhésion", kind="attestation", fact_on="2026-01-15")
    links.connect(network, "MemberOf", one, other, {"evidence": [proof, "disparue"]})
    said = words(opened("partenaires", fiche=one)).replace("&#x27;", "'")
    assert "<summary>2 preuves</summary>" in said
    assert "Bulletin d'adhésion</a>" in said
    assert f"fiche={proof}" in said
    assert "1 preuve qui n'existe plus." in said
    assert "Bulletin d'adhésion</h1>" in words(opened("partenaires", fiche=proof)).replace("&#x27;", "'")


def test_an_agreement_shows_what_attests_it(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    agreement = made(network, "Agreement", subject="Accueil", signed_on=ago(30).isoformat())
    links.connect(network, "PartyTo", id, agreement)
    proof = made(network, "Evidence", title="Convention signée", kind="convention_partenariat")
    links.connect(network, "Proves", proof, agreement)
    assert "Convention signée</a>" in words(opened("partenaires", fiche=id, partie="conventions"))


def test_an_exchange_shows_what_attests_it(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    exchange = exchanges.log(network, [id], on=TODAY, subject="Point", direction=Direction.MUTUAL).value
    proof = made(network, "Evidence", title="Courriel du partenaire", kind="echange")
    links.connect(network, "Proves", proof, exchange)
    assert "Courriel du partenaire</a>" in words(opened("partenaires", fiche=id, partie="echanges"))


def test_evidence_and_feedback_have_parts_of_their_own(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    proof = made(network, "Evidence", title="Compte rendu de visite", kind="visite_entreprise")
    links.connect(network, "Proves", proof, id)
    said = made(network, "Feedback", on=ago(3).isoformat(), text="Très bon accueil", score=8.5)
    links.connect(network, "GivenBy", said, id)
    assert "Compte rendu de visite" in words(opened("partenaires", fiche=id, partie="preuves"))
    told = words(opened("partenaires", fiche=id, partie="retours"))
    assert "Très bon accueil" in told
    assert "8,5" in told


def test_who_can_introduce_us_is_told_step_by_step(network: Network) -> None:
    known, far = partner(network, "Garage Exemple", last=3), partner(network, "Hôtel Fictif")
    links.connect(network, "WorksWith", known, far)
    said = words(opened("partenaires", fiche=far, partie="introduire"))
    assert "Garage Exemple</a>" in said
    assert "travaille avec" in said
    assert f"/reseau?autour={far}" in said
    alone = partner(network, "Atelier Modèle")
    assert "Aucun chemin connu" in words(opened("partenaires", fiche=alone, partie="introduire"))


def test_who_is_there_already_shows_while_a_name_is_typed(network: Network) -> None:
    partner(network, "Garage Exemple", siret="00000030700017")
    app = opened("partenaires", faire="ajouter", nom="Garage")
    assert app.text_input(key="create-name").value == "Garage"
    assert "Déjà dans le réseau" in words(app)
    app.text_input(key="create-name").input("Tout autre").run()
    assert "Déjà dans le réseau" not in words(app)
    app.text_input(key="create-siret").input("000 000 307 00017").run()
    assert "Garage Exemple</a>" in words(app).split("Déjà dans le réseau")[1]


def test_a_reader_changes_nothing_of_it(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    id = partner(network, "Garage Exemple", owner="J. Fictif")
    actions.create(network, "Appeler", follows=[id])
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", Role.READER))
    for act in ("suivre", "desservir", "reporter"):
        app = opened("partenaires", fiche=id, faire=act, partie="taches")
        assert "Appeler" in words(app)
        assert len(app.button) == 0
        assert errors(app) == []


def test_a_change_made_meanwhile_is_not_overwritten_by_a_tag(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = opened("partenaires", fiche=id, faire="suivre")
    organisations.edit(network, id, {"tags": ["salon"]}, 1)
    app.multiselect(key=f"tags-{id}-1").set_value(["club"]).run()
    assert values(network, id)["tags"] == ["salon"]
    assert "modifiée entre-temps" in errors(app)[0]
