"""What one act does to the network: all of it with its journal, or nothing."""

import pytest

from crm.errors import Forbidden, InputError, NotFound, StaleRevision
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork


def _garage(network: Network, **values: object) -> str:
    return network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif", **values})).value


def test_an_act_is_one_commit_with_one_change_a_record(network: Network) -> None:
    def work(unit: UnitOfWork) -> str:
        garage = unit.create("Organisation", {"name": "Garage Fictif"})
        person = unit.create("Person", {"family_name": "Exemple"})
        unit.update(person, {"given_name": "Claire"})
        return unit.connect("WorksFor", person, garage, {"role": "tutrice"})

    done = network.commit("Arrivée d'une tutrice", work)
    assert done.commit is not None
    assert (done.commit.number, done.commit.changes, done.commit.by) == (1, 3, "C. Exemple")
    changes = network.read(lambda tx: [change for _, change in tx.changes(1, 1)])
    assert [(c.action, c.type, c.revision) for c in changes] == [
        ("create", "Organisation", 1),
        ("create", "Person", 1),
        ("create", "WorksFor", 1),
    ]


def test_an_act_that_changes_nothing_is_no_commit(network: Network) -> None:
    id = _garage(network)
    done = network.commit("Pour rien", lambda unit: unit.update(id, {"name": "Garage Fictif"}))
    assert done.commit is None
    assert network.read(lambda tx: tx.head().number) == 1


def test_a_record_brought_back_to_what_it_was_is_no_change(network: Network) -> None:
    id = _garage(network)

    def there_and_back(unit: UnitOfWork) -> None:
        unit.update(id, {"name": "Autre"})
        unit.update(id, {"name": "Garage Fictif"})

    assert network.commit("Aller-retour", there_and_back).commit is None


def test_a_revision_grows_once_a_commit_however_often_the_record_is_touched(network: Network) -> None:
    id = _garage(network)

    def twice(unit: UnitOfWork) -> None:
        unit.update(id, {"city": "Lens"})
        unit.update(id, {"postal_code": "62300"})

    network.commit("Deux fois", twice)
    assert network.read(lambda tx: tx.get([id]))[id].revision == 2


def test_nothing_is_kept_of_an_act_that_fails_half_way(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.create("Organisation", {"name": "Garage Fictif"})
        unit.create("Organisation", {"name": ""})

    with pytest.raises(InvalidRecord):
        network.commit("Essai", work)
    assert network.read(lambda tx: tx.info()).nodes == 0
    assert network.read(lambda tx: tx.head().number) == 0


def test_a_stale_edit_is_refused_with_both_versions(network: Network) -> None:
    id = _garage(network)
    network.commit("Première", lambda unit: unit.update(id, {"name": "Garage Modèle"}, revision=1))
    with pytest.raises(StaleRevision) as caught:
        network.commit("Seconde", lambda unit: unit.update(id, {"city": "Lens"}, revision=1))
    assert caught.value.base is not None
    assert caught.value.base.values["name"] == "Garage Fictif"
    assert caught.value.current.values["name"] == "Garage Modèle"
    assert network.read(lambda tx: tx.get([id]))[id].revision == 2


def test_an_update_of_a_record_that_does_not_exist_is_refused(network: Network) -> None:
    with pytest.raises(NotFound, match="n'existe pas"):
        network.commit("Essai", lambda unit: unit.update("inconnu", {"name": "X"}))


def test_a_field_is_emptied_by_none(network: Network) -> None:
    id = _garage(network, city="Lens", tags=["auto"])
    network.commit("Vide", lambda unit: unit.update(id, {"city": None, "tags": []}))
    values = network.read(lambda tx: tx.get([id]))[id].values
    assert "city" not in values
    assert "tags" not in values


def test_a_link_runs_only_between_the_ends_that_its_type_allows(network: Network) -> None:
    one, other = _garage(network), _garage(network)
    with pytest.raises(InputError, match="travaille pour"):
        network.commit("Essai", lambda unit: unit.connect("WorksFor", one, other))
    with pytest.raises(NotFound, match="absent"):
        network.commit("Essai", lambda unit: unit.connect("PartOf", one, "absent"))


def test_deleting_a_node_journals_the_links_that_go_with_it(network: Network) -> None:
    one, other = _garage(network), _garage(network)
    link = network.commit("Lien", lambda unit: unit.connect("PartOf", one, other)).value
    done = network.commit("Suppression", lambda unit: unit.delete([one]))
    assert done.commit is not None
    changed = network.read(lambda tx: {c.id: c.action for _, c in tx.changes(done.commit.number, done.commit.number)})  # type: ignore[union-attr]
    assert changed == {one: "delete", link: "delete"}
    assert verify(network) == []


def test_a_node_made_and_deleted_in_one_act_was_never_there(network: Network) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.delete([unit.create("Organisation", {"name": "Éphémère"})])

    assert network.commit("Rien", work).commit is None


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_may_only_read_cannot_write(network: Network, role: Role) -> None:
    reader = Network(network.store, Actor("L. Fictif", role))
    with pytest.raises(Forbidden, match="ne permet pas"):
        _garage(reader)
    assert network.read(lambda tx: tx.head().number) == 0


@pytest.mark.parametrize("id", ["a b", "../x", "é", "x" * 81])
def test_a_foreign_id_that_is_not_one_is_refused(network: Network, id: str) -> None:
    with pytest.raises(InputError, match="identifiant"):
        network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "X"}, id=id))
