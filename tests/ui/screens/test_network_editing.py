"""Editing beside the canvas: one command an act, journalled, undone and done again; conflicts are told."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from crm.canvas import views
from crm.canvas.state import CanvasState
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import links, organisations, people
from graph_schema.records import LinkRecord
from graph_schema.registry import SCHEMA
from tests.ui.application import errors, notices, opened, words
from tests.ui.screens.conftest import ago, contact, partner
from ui.screens.network.ties import ways


def drawn(source: str, target: str, start: str) -> AppTest:
    """The canvas around ``start`` just after a link was drawn on it."""
    return opened("reseau", autour=start, relier=[source, target])


def ties(network: Network, *ids: str) -> list[LinkRecord]:
    """The links of these records."""
    return network.read(lambda tx: tx.links_of(ids))


def tied(app: AppTest, source: str, target: str, way: str = "WorksWith-vers") -> AppTest:
    """The form once it is said how they are tied."""
    return app.selectbox(key=f"draw-{source}-{target}-way").select(way).run()


def reasons(network: Network) -> list[str]:
    """What the journal says of the last acts, newest first."""
    return [commit.reason for commit in network.read(lambda tx: tx.commits(newest_first=True, limit=4))]


@pytest.mark.parametrize("first", sorted(SCHEMA.nodes))
def test_only_what_the_registry_allows_is_offered_and_each_once(first: str) -> None:
    for second in SCHEMA.nodes:
        offered = ways(first, second)
        assert len({way.name for way in offered}) == len(offered)
        assert len({way.sentence("A", "B") for way in offered}) == len(offered)
        for way in offered:
            assert way.type.allows(*way.ends(first, second))
        names = {t.name for t in (*SCHEMA.links_between(first, second), *SCHEMA.links_between(second, first))}
        assert {way.type.name for way in offered} == names


def test_a_drawn_link_is_added_with_its_dates_role_and_certainty(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    hotel = partner(network, "Hôtel Fictif")
    person = contact(network, garage, "Exemple")
    app = drawn(person, hotel, garage)
    way = app.selectbox(key=f"draw-{person}-{hotel}-way")  # the only one that there is
    assert (way.value, way.options) == ("WorksFor-vers", ["Mme Exemple travaille pour Hôtel Fictif"])
    key = f"draw-{person}-{hotel}-WorksFor-vers"
    app.text_input(key=f"{key}-role").input("Direction")
    app.date_input(key=f"{key}-valid_from").set_value(date(2024, 3, 1))
    app.selectbox(key=f"{key}-certainty").set_value("confirmee")
    app.button(key="network-link-add").click().run()
    assert errors(app) == []
    (link,) = (each for each in ties(network, hotel))
    assert (link.type, link.source, link.target) == ("WorksFor", person, hotel)
    assert link.values == {"role": "Direction", "valid_from": "2024-03-01", "certainty": "confirmee"}
    assert app.query_params["lien"] == link.id
    assert "Lien ajouté : Mme Exemple travaille pour Hôtel Fictif." in words(app)
    assert "relier" not in app.query_params


def test_a_link_may_be_read_the_other_way_round_and_rest_on_evidence(network: Network) -> None:
    garage, branch = partner(network, "Garage Fictif"), partner(network, "Branche Fictive")

    def file(unit: UnitOfWork) -> None:
        unit.create("Evidence", {"title": "Convention", "kind": "convention_partenariat"}, id="proof-1")
        unit.connect("Proves", "proof-1", garage)

    network.commit("Preuve", file)
    app = drawn(branch, garage, garage)
    way = app.selectbox(key=f"draw-{branch}-{garage}-way")
    way.select("MemberOf-depuis").run()
    app.multiselect(key=f"draw-{branch}-{garage}-MemberOf-depuis-evidence").select("proof-1")
    app.button(key="network-link-add").click().run()
    (link,) = ties(network, branch)
    assert (link.type, link.source, link.target) == ("MemberOf", garage, branch)
    assert link.values["evidence"] == ["proof-1"]


def test_what_cannot_be_saved_is_told_and_stays_typed(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    app = drawn(garage, hotel, garage)
    tied(app, garage, hotel)
    key = f"draw-{garage}-{hotel}-WorksWith-vers"
    app.date_input(key=f"{key}-valid_from").set_value(date(2024, 3, 1))
    app.date_input(key=f"{key}-valid_to").set_value(date(2023, 3, 1))
    app.button(key="network-link-add").click().run()
    assert "la date de fin précède la date de début" in errors(app)[0]
    assert app.date_input(key=f"{key}-valid_to").value == date(2023, 3, 1)
    assert ties(network, garage) == []


def test_no_link_is_made_before_someone_has_said_which(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    app = drawn(garage, hotel, garage)
    app.button(key="network-link-add").click().run()
    assert errors(app) == ["Choisissez d'abord le lien."]
    app = opened("reseau", autour=garage, fiche=garage, faire="partenaire-lie")
    app.text_input(key="linked-name").input("Auberge Fictive")
    app.button(key="linked-add").click().run()
    assert errors(app) == ["Choisissez d'abord le lien."]
    assert ties(network, garage) == []


def test_a_link_to_a_record_deleted_meanwhile_is_given_up(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    links.connect(network, "WorksWith", garage, hotel)
    app = drawn(garage, hotel, garage)
    assert "Déjà : Garage Fictif travaille avec Hôtel Fictif." in notices(app, "note")
    organisations.delete(network, hotel)
    app.run()
    assert notices(app, "warning") == ["Une des deux fiches n'existe plus : le lien n'est pas tracé."]
    assert not [each for each in app.button if each.key == "network-link-add"]


def test_a_private_record_is_not_told_by_a_link_drawn_to_it(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    state = CanvasState(starts=(garage,))
    view = views.save(Network(network.store, Actor("J. Fictif", Role.MANAGER)), "Vue secrète", state, {}).value
    app = drawn(garage, view, garage)
    assert notices(app, "warning") == ["Une des deux fiches n'existe plus : le lien n'est pas tracé."]
    app = opened("reseau", autour=garage, fiche=view, faire="modifier")
    assert "Cette fiche n'existe plus, ou ne se modifie pas ici." in words(app).replace("&#x27;", "'")
    assert "secrète" not in words(app)


@pytest.mark.parametrize("what", ["lien", "fiche"])
def test_what_goes_while_it_is_edited_does_not_go_without_a_word(network: Network, what: str) -> None:
    garage = partner(network, "Garage Fictif")
    person = contact(network, garage, "Exemple")
    (link,) = ties(network, person)
    edited = {"lien": link.id, "faire": "changer"} if what == "lien" else {"fiche": person, "faire": "modifier"}
    app = opened("reseau", autour=garage, **edited)
    other = Network(network.store, Actor("J. Fictif", Role.MANAGER))
    if what == "lien":
        links.delete(other, link.id)
    else:
        people.delete(other, person)
    app.run()
    assert errors(app) == []
    assert "n'existe plus" in words(app).replace("&#x27;", "'")


def test_a_link_edited_outside_of_the_picture_keeps_its_form(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    person = contact(network, garage, "Exemple")
    (link,) = ties(network, person)
    app = opened("reseau", autour=garage, lien=link.id, faire="changer")
    app.text_input(key=f"edit-{link.id}-role").input("Gérante")
    links.end(Network(network.store, Actor("J. Fictif", Role.MANAGER)), link.id, ago(5))
    app.button(key=f"save-edit-{link.id}").click().run()
    app.button(key="conflict-save").click().run()
    assert errors(app) == []
    assert ties(network, person)[0].values == {"role": "Gérante", "valid_to": ago(5).isoformat()}


def test_undo_and_redo_are_journalled_each_time(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    app = drawn(garage, hotel, garage)
    assert app.button(key="network-undo").disabled
    tied(app, garage, hotel)
    app.button(key="network-link-add").click().run()
    app.button(key="network-undo").click().run()
    assert ties(network, garage) == []
    assert "Annulé : Lien ajouté" in words(app).replace("\\", "")
    app.button(key="network-redo").click().run()
    assert len(ties(network, garage)) == 1
    assert app.button(key="network-redo").disabled
    name = reasons(network)[2].removeprefix("Lien ajouté")
    assert reasons(network)[:3] == [f"Rétablissement : Lien ajouté{name}", f"Annulation : Lien ajouté{name}",
                                    f"Lien ajouté{name}"]  # fmt: skip


def test_what_someone_changed_meanwhile_is_not_undone(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    app = drawn(garage, hotel, garage)
    tied(app, garage, hotel)
    app.button(key="network-link-add").click().run()
    (link,) = ties(network, garage)
    links.edit(Network(network.store, Actor("J. Fictif", Role.MANAGER)), link.id, {"valid_from": "2025-01-01"})
    app.button(key="network-undo").click().run()
    assert "reste en place : " in errors(app)[0]
    assert len(ties(network, garage)) == 1


def test_a_link_is_ended_on_a_day(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    id = links.connect(network, "WorksWith", garage, hotel).value
    app = opened("reseau", autour=garage, lien=id, faire="clore")
    app.date_input(key=f"end-{id}-on").set_value(ago(5))
    app.button(key="network-link-end").click().run()
    assert errors(app) == []
    assert ties(network, garage)[0].values["valid_to"] == ago(5).isoformat()


def test_two_people_editing_one_link_settle_it_field_by_field(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    person = contact(network, garage, "Exemple")
    (link,) = ties(network, person)
    app = opened("reseau", autour=garage, lien=link.id, faire="changer")
    app.text_input(key=f"edit-{link.id}-role").input("Gérante")
    links.edit(Network(network.store, Actor("J. Fictif", Role.MANAGER)), link.id, {"role": "Direction"})
    app.button(key=f"save-edit-{link.id}").click().run()
    assert "J. Fictif l&#x27;a enregistrée aussi" in words(app)
    app.radio(key="conflict-role").set_value("mine")
    app.button(key="conflict-save").click().run()
    assert ties(network, person)[0].values["role"] == "Gérante"


def test_the_evidence_of_a_link_is_chosen_among_what_is_near(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    person = contact(network, garage, "Exemple")
    (link,) = ties(network, person)

    def file(unit: UnitOfWork) -> None:
        unit.create("Agreement", {"subject": "Accueil d'alternants", "signed_on": "2025-01-01"}, id="agr-1")
        unit.connect("PartyTo", garage, "agr-1")
        unit.create("Evidence", {"title": "Convention", "kind": "convention_partenariat"}, id="proof-1")
        unit.connect("Proves", "proof-1", "agr-1")

    network.commit("Preuve", file)
    app = opened("reseau", autour=garage, lien=link.id, faire="preuves")
    app.multiselect(key=f"proofs-{link.id}-chosen").select("proof-1")
    app.button(key="network-link-prove").click().run()
    assert errors(app) == []
    assert network.read(lambda tx: tx.get_links([link.id]))[link.id].values["evidence"] == ["proof-1"]


def test_a_link_that_was_an_error_is_deleted_once_confirmed(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    id = links.connect(network, "WorksWith", garage, hotel).value
    app = opened("reseau", autour=garage, lien=id, faire="supprimer")
    assert len(ties(network, garage)) == 1
    app.button(key="network-link-delete").click().run()
    assert ties(network, garage) == []
    assert "lien" not in app.query_params
    app.button(key="network-undo").click().run()
    assert [link.id for link in ties(network, garage)] == [id]


def test_a_contact_is_added_to_the_selected_partner(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    app = opened("reseau", autour=garage, fiche=garage, faire="personne")
    app.text_input(key="person-family_name").input("Exemple")
    app.button(key="person-add").click().run()
    assert network.read(lambda tx: tx.count("Person")) == 1
    assert reasons(network)[0] == "Contact ajouté"
    app.button(key="network-undo").click().run()
    assert network.read(lambda tx: tx.count("Person")) == 0


def test_a_partner_is_added_and_tied_by_one_commit(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    app = opened("reseau", autour=garage, fiche=garage, faire="partenaire-lie")
    app.selectbox(key="linked-way-Organisation").select("WorksWith-vers").run()
    app.text_input(key="linked-name").input("Hôtel Fictif")
    app.button(key="linked-add").click().run()
    assert errors(app) == []
    (link,) = ties(network, garage)
    assert (link.type, link.source) == ("WorksWith", garage)
    assert reasons(network)[0] == "Organisation ajoutée et liée"
    assert app.query_params["fiche"] == link.target
    assert "Hôtel Fictif" in words(app)


def test_the_same_partner_is_shown_before_being_doubled(network: Network) -> None:
    garage = partner(network, "Garage Fictif", city="Lens")
    person = contact(network, garage, "Exemple")
    app = opened("reseau", autour=garage, fiche=person, faire="partenaire-lie")
    app.text_input(key="linked-name").input("GARAGE FICTIF")
    app.text_input(key="linked-city").input("Lens")
    app.button(key="linked-add").click().run()
    assert "Déjà dans le réseau" in words(app)
    assert network.read(lambda tx: tx.count("Organisation")) == 1
    app.button(key="linked-anyway").click().run()
    assert network.read(lambda tx: tx.count("Organisation")) == 2


def test_a_node_is_deleted_once_confirmed(network: Network) -> None:
    garage, hotel = partner(network, "Garage Fictif"), partner(network, "Hôtel Fictif")
    links.connect(network, "WorksWith", garage, hotel)
    app = opened("reseau", autour=garage, fiche=hotel, faire="supprimer")
    assert "Supprimer <strong>Hôtel Fictif</strong> et 1 lien" in words(app)
    app.button(key="remove").click().run()
    assert network.read(lambda tx: tx.count("Organisation")) == 1
    app.button(key="network-undo").click().run()
    assert len(ties(network, garage)) == 1


def test_nothing_is_edited_in_the_past(network: Network) -> None:
    garage = partner(network, "Garage Fictif")
    people.add(network, garage, {"family_name": "Exemple"}, {"valid_from": ago(90).isoformat()})
    (link,) = ties(network, garage)
    past = {"date": ago(30).isoformat()}
    for parameters in ({"fiche": garage, "faire": "modifier"}, {"lien": link.id, "faire": "supprimer"}):
        app = opened("reseau", autour=garage, **parameters, **past)
        assert not [
            each.key for each in app.button if str(each.key).startswith(("save-", "network-link", "network-undo"))
        ]
