"""A copy is the same network with the same past, digest for digest."""

from pathlib import Path

import pytest

from crm.errors import ConflictError, Forbidden, InputError
from crm.ledger.verify import verify
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.store import open_store
from crm.upkeep.copying import copy, require_empty


@pytest.fixture
def lived(network: Network) -> Network:
    """A network with creations, changes and deletions in its past."""
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "A", "city": "Lens"}, id="org-1"))
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "B"}, id="org-2"))
    network.commit("Lien", lambda unit: unit.connect("WorksWith", "org-1", "org-2", id="link-1"))
    network.commit("Retouche", lambda unit: unit.update("org-1", {"name": "C", "city": None}))
    network.commit("Suppression", lambda unit: unit.delete(["org-2"]))
    return network


@pytest.fixture
def target(tmp_path: Path, network: Network) -> Network:
    """Another, empty place."""
    return Network(open_store(str(tmp_path / "copy.db")), network.actor)


def test_a_copy_holds_the_same_records_and_the_same_chain(lived: Network, target: Network) -> None:
    assert copy(lived, target) == 5
    assert sorted(target.read(lambda tx: list(tx.records()))) == sorted(lived.read(lambda tx: list(tx.records())))
    assert target.read(lambda tx: tx.head()) == lived.read(lambda tx: tx.head())
    assert target.read(lambda tx: tx.dataset()) == lived.read(lambda tx: tx.dataset())
    assert verify(target) == []


def test_an_interrupted_copy_goes_on_where_it_stopped(
    lived: Network, target: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.upkeep.copying._BATCH_COMMITS", 2)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(lived, target, stop)
    assert target.read(lambda tx: tx.head().number) == 2
    assert copy(lived, target) == 3
    assert verify(target) == []


def test_a_second_copy_brings_only_what_is_new(lived: Network, target: Network) -> None:
    copy(lived, target)
    assert copy(lived, target) == 0
    lived.commit("Suite", lambda unit: unit.create("Person", {"family_name": "Exemple"}))
    assert copy(lived, target) == 1


def test_another_network_is_never_overwritten(lived: Network, target: Network) -> None:
    target.commit("Autre", lambda unit: unit.create("Person", {"family_name": "Fictif"}))
    with pytest.raises(ConflictError, match="autre réseau"):
        copy(lived, target)
    with pytest.raises(InputError, match="contient déjà un réseau"):
        require_empty(target)


def test_a_unique_value_that_passed_from_one_record_to_another_is_copied(network: Network, target: Network) -> None:
    def pass_on(unit: UnitOfWork) -> None:
        unit.delete(["org-1"])
        unit.create("Organisation", {"name": "B", "siret": "00000000100016"}, id="org-2")

    network.commit(
        "Saisie", lambda unit: unit.create("Organisation", {"name": "A", "siret": "00000000100016"}, id="org-1")
    )
    network.commit("Reprise", pass_on)
    assert copy(network, target) == 2
    assert verify(target) == []


def test_only_an_administrator_copies(lived: Network, target: Network) -> None:
    manager = Network(lived.store, Actor("L. Fictif", Role.MANAGER))
    with pytest.raises(Forbidden):
        copy(manager, target)
