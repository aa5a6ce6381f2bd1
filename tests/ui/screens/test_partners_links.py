"""Ending and deleting a link of the sheet: what someone else saved meanwhile is shown, never passed over."""

from datetime import date

import pytest

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import links
from graph_schema.records import LinkRecord
from tests.ui.application import errors, offered, opened, words
from tests.ui.screens.conftest import TODAY, ago, contact, partner


@pytest.fixture
def role(network: Network) -> LinkRecord:
    """The role of Mme Exemple at the garage."""
    person = contact(network, partner(network, "Garage Exemple"), "Exemple")
    (link,) = network.read(lambda tx: tx.links_of([person], ["WorksFor"]))
    return link


def now(network: Network, link: LinkRecord) -> LinkRecord | None:
    """The link as it is now."""
    return network.read(lambda tx: tx.get_links([link.id])).get(link.id)


def someone_else_saves(network: Network, link: LinkRecord, **values: str) -> None:
    """A colleague changes the link in their own session."""
    links.edit(Network(network.store, Actor("J. Fictif", Role.MANAGER)), link.id, values)


def test_a_role_ended_while_someone_else_changed_it_keeps_both(network: Network, role: LinkRecord) -> None:
    app = opened("partenaires", fiche=role.target, faire="changer", cible=role.id)
    someone_else_saves(network, role, role="Directrice")
    app.button(key="link-end").click().run()
    assert errors(app) == []
    assert "J. Fictif l&#x27;a enregistrée aussi : aucun champ en commun" in words(app)
    assert "Directrice" in words(app)
    assert (link := now(network, role)) is not None
    assert "valid_to" not in link.values
    app.button(key="conflict-save").click().run()
    assert (link := now(network, role)) is not None
    assert link.values == {"role": "Directrice", "valid_to": TODAY.isoformat()}
    assert "faire" not in app.query_params


def test_a_role_ended_by_two_on_two_days_is_settled(network: Network, role: LinkRecord) -> None:
    app = opened("partenaires", fiche=role.target, faire="changer", cible=role.id)
    someone_else_saves(network, role, valid_to=ago(10).isoformat())
    app.button(key="link-end").click().run()
    choice = app.radio(key="conflict-valid_to")
    assert offered(choice) == [f"Le vôtre : **{TODAY:%d/%m/%Y}**", f"Celui de J. Fictif : **{ago(10):%d/%m/%Y}**"]
    choice.set_value("theirs")
    app.button(key="conflict-save").click().run()
    assert (link := now(network, role)) is not None
    assert link.values["valid_to"] == ago(10).isoformat()


def test_giving_up_what_one_meant_to_save_forgets_the_conflict(network: Network, role: LinkRecord) -> None:
    app = opened("partenaires", fiche=role.target, faire="changer", cible=role.id)
    someone_else_saves(network, role, role="Directrice")
    app.button(key="link-end").click().run()
    app.button(key="conflict-leave").click().run()
    assert "faire" not in app.query_params
    app.query_params.update({"faire": "changer", "cible": role.id})
    app.run()
    assert app.text_input(key=f"edit-{role.id}-role").value == "Directrice"


def test_the_end_of_a_link_on_the_canvas_is_settled_in_the_same_way(network: Network, role: LinkRecord) -> None:
    app = opened("reseau", autour=role.target, lien=role.id, faire="clore")
    someone_else_saves(network, role, valid_from="2025-01-01")
    app.date_input(key=f"end-{role.id}-on").set_value(date(2025, 6, 1))
    app.button(key="network-link-end").click().run()
    assert "J. Fictif l&#x27;a enregistrée aussi" in words(app)
    app.button(key="conflict-save").click().run()
    assert errors(app) == []
    assert (link := now(network, role)) is not None
    assert (link.values["valid_from"], link.values["valid_to"]) == ("2025-01-01", "2025-06-01")


def test_a_link_changed_meanwhile_is_not_deleted_from_the_sheet(network: Network, role: LinkRecord) -> None:
    app = opened("partenaires", fiche=role.target, faire="changer", cible=role.id)
    someone_else_saves(network, role, role="Directrice")
    app.run()  # the form still shows what it was opened on
    assert app.text_input(key=f"edit-{role.id}-role").value == "Tutrice"
    app.button(key="link-delete").click().run()
    assert "Ce lien a été modifié entre-temps" in errors(app)[0]
    assert now(network, role) is not None
    app.query_params.update({"faire": "changer", "cible": role.id})
    app.run()
    assert app.text_input(key=f"edit-{role.id}-role").value == "Directrice"
    app.button(key="link-delete").click().run()
    assert errors(app) == []
    assert now(network, role) is None


def test_a_link_changed_meanwhile_is_not_deleted_from_the_canvas(network: Network, role: LinkRecord) -> None:
    app = opened("reseau", autour=role.target, lien=role.id, faire="supprimer")
    someone_else_saves(network, role, role="Directrice")
    app.button(key="network-link-delete").click().run()
    assert "Ce lien a été modifié entre-temps" in errors(app)[0]
    assert now(network, role) is not None
    app.button(key="network-link-delete").click().run()
    assert now(network, role) is None


def test_a_role_deleted_by_someone_else_is_told(network: Network, role: LinkRecord) -> None:
    app = opened("partenaires", fiche=role.target, faire="changer", cible=role.id)
    links.delete(network, role.id)
    app.button(key="link-end").click().run()
    assert "n'existe pas, ou plus" in errors(app)[0]
