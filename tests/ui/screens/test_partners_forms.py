"""Adding, editing and linking: what was typed is never lost, and two editors settle their conflict field by field."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store.protocol import Query
from graph_schema.records import NodeRecord
from graph_schema.vocabularies import Kind
from tests.ui.application import as_typed, errors, offered, opened, words
from tests.ui.screens.conftest import contact, partner


def record(network: Network, id: str) -> NodeRecord:
    """The record as it is now."""
    return network.read(lambda tx: tx.get([id]))[id]


def editing(id: str) -> AppTest:
    """The sheet of a partner with its form open."""
    return opened("partenaires", fiche=id, faire="modifier")


def field(id: str, name: str) -> str:
    """The key of a field of the form."""
    return f"edit-{id}-{name}"


def save(app: AppTest, id: str) -> AppTest:
    """Press « Enregistrer »."""
    return app.button(key=f"save-edit-{id}").click().run()


def someone_else_saves(network: Network, id: str, **values: str) -> None:
    """A colleague changes the record in their own session."""
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    organisations.edit(other, id, values, record(other, id).revision)


def test_a_partner_is_added_with_a_name_and_a_town(network: Network) -> None:
    app = opened("partenaires", faire="ajouter")
    app.text_input(key="create-name").input("Garage Exemple")
    app.text_input(key="create-city").input("Lens")
    app.button(key="create-add").click().run()
    (found,) = network.read(lambda tx: tx.find(Query("Organisation"))).items
    assert found.values == {
        "name": "Garage Exemple",
        "kind": "entreprise",
        "tier": "C",
        "city": "Lens",
        "commune": "62498",
    }
    assert app.query_params["fiche"] == found.id
    assert "Garage Exemple est ajouté à votre réseau." in words(app)


def test_a_siret_already_known_is_refused_with_a_link_to_who_bears_it(network: Network) -> None:
    known = partner(network, "Garage Exemple", siret="00000030700017")
    app = opened("partenaires", faire="ajouter")
    app.text_input(key="create-name").input("Garage Nouveau")
    app.text_input(key="create-siret").input("00000030700017")
    app.button(key="create-add").click().run()
    assert len(errors(app)) == 1
    assert f'href="?fiche={known}">Ouvrir le partenaire qui le porte' in words(app)
    assert app.text_input(key="create-name").value == "Garage Nouveau"
    assert network.read(lambda tx: tx.count("Organisation")) == 1


def test_the_same_name_in_the_same_town_is_a_warning_that_can_be_passed_over(network: Network) -> None:
    known = partner(network, "Garage Exemple", city="Lens")
    app = opened("partenaires", faire="ajouter")
    app.text_input(key="create-name").input("GARAGE EXEMPLE")
    app.text_input(key="create-city").input("Lens")
    app.button(key="create-add").click().run()
    assert "1 partenaire du même nom au même endroit" in words(app)
    assert f'href="?fiche={known}">Garage Exemple' in words(app)
    assert network.read(lambda tx: tx.count("Organisation")) == 1
    app.button(key="create-anyway").click().run()
    assert network.read(lambda tx: tx.count("Organisation")) == 2


def test_what_does_not_fit_is_told_field_by_field_and_stays_typed(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = editing(id)
    app.text_input(key=field(id, "siret")).input("pas un siret !")
    app.text_input(key=field(id, "name")).input("")
    app.text_input(key=field(id, "phone")).input("03 53 01 00 00")
    save(app, id)
    (said,) = errors(app)
    assert "« SIRET »" in said
    assert "« Nom » est obligatoire" in said
    assert app.text_input(key=field(id, "phone")).value == "03 53 01 00 00"
    assert record(network, id).revision == 1


def test_only_what_changed_is_saved(network: Network) -> None:
    id = partner(network, "Garage Exemple", note="À rappeler")
    app = editing(id)
    app.text_input(key=field(id, "phone")).input("03 53 01 00 00")
    save(app, id)
    (_, change) = network.read(lambda tx: tx.history(id))[0]
    assert (change.before, change.after) == ({}, {"phone": "03 53 01 00 00"})
    assert "Garage Exemple : Téléphone enregistré." in words(app)
    assert "faire" not in app.query_params


def test_saving_nothing_writes_nothing(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = save(editing(id), id)
    assert record(network, id).revision == 1
    assert "faire" not in app.query_params


def test_a_conflict_shows_three_versions_and_is_settled_field_by_field(network: Network) -> None:
    id = partner(network, "Garage Exemple", phone="01", email="a@exemple.example")
    app = editing(id)
    app.text_input(key=field(id, "phone")).input("02")
    app.text_input(key=field(id, "email")).input("moi@exemple.example")
    app.text_input(key=field(id, "address")).input("1 rue Exemple")
    someone_else_saves(network, id, phone="03", email="autre@exemple.example", website="exemple.example")
    save(app, id)
    assert "J. Fictif l&#x27;a enregistrée aussi : 2 champs à départager" in words(app)
    phone = app.radio(key="conflict-phone")
    assert offered(phone) == ["Le vôtre : **02**", "Celui de J. Fictif : **03**"]
    assert "Site web" in words(app)
    assert "Adresse" in words(app)
    app.button(key="conflict-save").click().run()
    assert errors(app) == ["Choisissez encore pour : Téléphone, Courriel."]
    app.radio(key="conflict-phone").set_value("mine")
    app.radio(key="conflict-email").set_value("theirs")
    app.button(key="conflict-save").click().run()
    values = record(network, id).values
    assert values["phone"] == "02"
    assert values["email"] == "autre@exemple.example"
    assert values["website"] == "exemple.example"
    assert values["address"] == "1 rue Exemple"
    assert record(network, id).revision == 3


def test_a_second_change_while_settling_is_a_conflict_again(network: Network) -> None:
    id = partner(network, "Garage Exemple", phone="01")
    app = editing(id)
    app.text_input(key=field(id, "phone")).input("02")
    someone_else_saves(network, id, phone="03")
    save(app, id)
    someone_else_saves(network, id, phone="04")
    app.radio(key="conflict-phone").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert offered(app.radio(key="conflict-phone")) == ["Le vôtre : **02**", "Celui de J. Fictif : **04**"]
    app.radio(key="conflict-phone").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert record(network, id).values["phone"] == "02"


def test_keeping_only_what_others_saved_writes_nothing(network: Network) -> None:
    id = partner(network, "Garage Exemple", phone="01")
    app = editing(id)
    app.text_input(key=field(id, "phone")).input("02")
    someone_else_saves(network, id, phone="03")
    save(app, id)
    app.radio(key="conflict-phone").set_value("theirs")
    app.button(key="conflict-save").click().run()
    assert (record(network, id).values["phone"], record(network, id).revision) == ("03", 2)
    assert "faire" not in app.query_params


def test_a_partner_deleted_while_it_was_edited_is_told(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = editing(id)
    organisations.delete(network, id)
    save(app, id)
    assert "n&#x27;existe pas, ou n&#x27;existe plus" in words(app)


def test_someone_new_is_added_with_a_role(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    app = opened("partenaires", fiche=id, faire="personne")
    app.text_input(key="person-family_name").input("Exemple")
    app.text_input(key="person-role-role").input("Tutrice")
    app.button(key="person-add").click().run()
    assert "Tutrice" in words(app)
    assert network.read(lambda tx: tx.count("Person")) == 1


def test_someone_known_takes_a_second_role(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Hôtel Fictif")
    person = contact(network, one, "Exemple")
    app = opened("partenaires", fiche=other, faire="personne")
    app.segmented_control(key="person-mode").set_value("Déjà connue").run()
    app.text_input(key="person-search").input("exem").run()
    app.text_input(key="role-role").input("Direction")
    app.button(key="role-add").click().run()
    assert {link.target for link in network.read(lambda tx: tx.links_of([person], ["WorksFor"]))} == {one, other}


def test_the_same_person_is_shown_before_being_doubled(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    contact(network, id, "Exemple")
    app = opened("partenaires", fiche=id, faire="personne")
    app.text_input(key="person-family_name").input("EXEMPLE")
    app.button(key="person-add").click().run()
    assert "Déjà dans le réseau" in words(app)
    assert network.read(lambda tx: tx.count("Person")) == 1
    app.button(key="person-anyway").click().run()
    assert network.read(lambda tx: tx.count("Person")) == 2


def test_two_organisations_are_linked_by_a_type_that_their_ends_allow(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Branche Fictive")
    app = opened("partenaires", fiche=one, faire="lien")
    app.text_input(key="link-search").input("branche").run()
    way = app.selectbox(key="link-way-Organisation")
    assert "adhère à" in way.options
    assert "a pour membre" in way.options
    assert way.options.count("travaille avec") == 1
    assert way.value is None
    app.button(key="link-add").click().run()
    assert errors(app) == ["Choisissez d'abord le lien."]
    way = app.selectbox(key="link-way-Organisation")
    way.select_index(way.options.index("a pour membre"))
    app.button(key="link-add").click().run()
    (link,) = network.read(lambda tx: tx.links_of([one]))
    assert (link.type, link.source, link.target) == ("MemberOf", other, one)
    assert "Lien ajouté" in words(app)


@pytest.mark.parametrize(
    ("name", "proposed", "chosen", "kind"),
    [
        ("Mission locale Fictive", "Service public de l'emploi", None, "service_public_emploi"),
        ("Garage de la Mission", "Entreprise", None, "entreprise"),
        ("Cap emploi Fictif", "Service public de l'emploi", "reseau_handicap", "reseau_handicap"),
    ],
)
def test_the_name_proposes_a_kind_that_the_user_sees_and_may_change(
    network: Network, name: str, proposed: str, chosen: str | None, kind: str
) -> None:
    app = opened("partenaires", faire="ajouter")
    app.text_input(key="create-name").input(name).run()
    assert f"D'après le nom : {proposed}." in [as_typed(each.value) for each in app.caption]
    assert app.selectbox(key="create-kind").value is None
    if chosen:
        app.selectbox(key="create-kind").select(Kind(chosen)).run()
    app.button(key="create-add").click().run()
    assert errors(app) == []
    (found,) = network.read(lambda tx: tx.find(Query("Organisation"))).items
    assert found.values["kind"] == kind
