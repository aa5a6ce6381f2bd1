"""What the product itself found of a proof is typed, imported, brought back and undone by nobody."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from crm.errors import ConflictError, InputError, NotFound
from crm.ledger import versions
from crm.ledger.edits import Edits
from crm.ledger.undo import undo_commit
from crm.network import Network
from crm.records import engagements, links
from crm.vault import deposits, readings
from crm.vault.checking import faults
from graph_schema.evidence import Standing
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from importers.reading import headers
from tests.crm.vault.conftest import PDF, put
from ui import forms

VOUCHED: dict[str, Any] = {
    "filed_on": "2026-11-01", "sha256": "ab" * 32, "file_name": "Autre.pdf", "size": 1, "media": "image/png",
    "former": ["cd" * 32], "vault": "0123456789abcdef", "destroyed_on": "2026-11-20",
}  # fmt: skip
Door = Callable[[Network, str, dict[str, Any]], object]


def values(network: Network, id: str) -> Values:
    return network.read(lambda tx: tx.get([id]))[id].values


def _created(network: Network, _: str, given: dict[str, Any]) -> object:
    made = {"title": "Saisie", "kind": "echange", **given}
    return network.commit("Essai", lambda unit: unit.create("Evidence", made))


def _edited(network: Network, id: str, given: dict[str, Any]) -> object:
    return engagements.edit(network, id, given, network.read(lambda tx: tx.get([id]))[id].revision)


def _updated(network: Network, id: str, given: dict[str, Any]) -> object:
    return network.commit("Essai", lambda unit: unit.update(id, given))


def _linked(network: Network, id: str, given: dict[str, Any]) -> object:
    return links.edit(network, id, given, network.read(lambda tx: tx.get([id]))[id].revision)


def test_these_are_the_fields_that_the_product_answers_for() -> None:
    assert {name for kind in SCHEMA.nodes.values() for name in kind.vouched} == VOUCHED.keys()
    assert not any(kind.vouched for kind in SCHEMA.links.values())
    shared = {field.name for kind in SCHEMA.nodes.values() for field in kind.fields_with("shared")}
    assert shared == {"vault"}, "what undo brings back as others have it is declared so"


def test_neither_forms_nor_files_offer_them() -> None:
    for kind in map(SCHEMA.type, (*SCHEMA.nodes, *SCHEMA.links)):
        assert kind.vouched.isdisjoint(field.name for field in forms.editable(kind))
    offered = {headers.field_of(target) for target in headers.targets()}
    assert not any(field.about.vouched for field in offered if field)


@pytest.mark.parametrize("door", [_created, _edited, _updated, _linked])
@pytest.mark.parametrize("name", VOUCHED)
def test_no_door_writes_one(kept: Network, door: Door, name: str) -> None:
    id = put(kept)
    before = values(kept, id)
    with pytest.raises(InputError, match="établi par Réseau 28") as refused:
        door(kept, id, {name: VOUCHED[name]})
    assert (refused.value.field, values(kept, id), kept.read(lambda tx: tx.count("Evidence"))) == (name, before, 1)
    if door is not _created and before.get(name):
        with pytest.raises(InputError, match="établi par Réseau 28"):
            door(kept, id, {name: None})
        door(kept, id, {name: before[name], "title": "Autre titre"})  # what it is may be said again
        assert values(kept, id) == {**before, "title": "Autre titre"}


def test_an_earlier_version_comes_back_with_the_file_as_it_is_now(kept: Network) -> None:
    id = put(kept)
    deposits.revise(kept, id, BytesIO(PDF + b"% signature\n"), "Convention signée.pdf")
    _updated(kept, id, {"title": "Signée"})
    now = values(kept, id)
    versions.restore(kept, id, 1, 3)
    assert values(kept, id) == {**now, "title": "Convention"}
    deposits.destroy(kept, id, "Durée dépassée")
    versions.restore(kept, id, 3, 5)
    assert readings.metadata(kept, id).value.standing is Standing.DESTROYED
    assert values(kept, id)["title"] == "Signée"
    assert faults(kept) == []


def test_a_revision_and_a_destruction_are_not_undone(kept: Network) -> None:
    id = put(kept)
    revised = deposits.revise(kept, id, BytesIO(PDF + b"% signature\n"), "Convention signée.pdf").value.commit
    assert revised is not None
    before = values(kept, id)
    edits = Edits()
    edits.did(revised)
    with pytest.raises(ConflictError, match="ce que Réseau 28 a établi ne s'annule pas"):
        edits.undo(kept)
    assert values(kept, id) == before
    deposits.destroy(kept, id, "Durée dépassée")
    (destroyed,) = kept.read(lambda tx: tx.commits(newest_first=True, limit=1))
    assert [each.reason for each in undo_commit(kept, destroyed).kept] == ["ce que Réseau 28 a établi ne s'annule pas"]
    assert values(kept, id)["destroyed_on"] == "2026-11-20"


def test_a_deposit_is_undone_and_done_again_with_its_file(kept: Network) -> None:
    id = put(kept)
    before = values(kept, id)
    edits = Edits()
    edits.did(*kept.read(lambda tx: tx.commits(newest_first=True, limit=1)))
    edits.undo(kept)
    with pytest.raises(NotFound):
        readings.metadata(kept, id)
    edits.redo(kept)
    assert values(kept, id) == before
    with readings.read(kept, id) as (_, stream, _):
        assert stream.read() == PDF


def test_a_deleted_proof_comes_back_as_it_was_last(kept: Network) -> None:
    """Its deletion of long ago, undone again, brings nothing back that the vault has no more."""
    id = put(kept)
    first = kept.commit("Essai", lambda unit: unit.delete([id])).commit
    assert first is not None
    undo_commit(kept, first)
    deposits.destroy(kept, id, "Durée dépassée")
    kept.commit("Essai", lambda unit: unit.delete([id]))
    undo_commit(kept, first)
    assert values(kept, id)["destroyed_on"] == date(2026, 11, 20).isoformat()
    assert faults(kept) == []
