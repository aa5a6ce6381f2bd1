"""Several instances on one server share one vault, or are told that they do not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crm.errors import ConflictError, InputError, StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.vault import readings
from crm.vault.place import vault_of
from tests.crm.conftest import ADMIN
from tests.crm.vault.conftest import PDF, TODAY, put
from tests.neo4j_server.fixtures import Neo4jAddress

pytestmark = pytest.mark.neo4j


@pytest.fixture
def served(blank_neo4j: Neo4jAddress) -> Iterator[Network]:
    """A network with one partner on a server, whose vault nobody has named."""
    store = open_store(blank_neo4j.written, password=blank_neo4j.password)
    network = Network(store, ADMIN, lambda: TODAY)
    network.commit("Essai", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    yield network
    store.close()


def test_a_deposit_waits_until_a_vault_is_named(served: Network, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="RESEAU28_VAULT"):
        put(served)
    for wrong in (
        "gs://exemple/coffre",
        "s3://Majuscules/coffre",
        "s3://exemple/../ailleurs",
        "s3://cle:secret@exemple",
    ):
        with pytest.raises(InputError, match="s3://compartiment/préfixe") as told:
            put(replace(served, vault=wrong))
        assert "secret" not in str(told.value)
    assert verify(served) == []
    named = replace(served, vault=str(tmp_path / "partagé" / "coffre"))
    id = put(named)
    assert verify(named) == []
    assert [fault.code for fault in verify(served)] == ["no_vault"]
    assert [each.id for each in readings.listing(named).value] == [id]


def test_instances_share_a_bucket_and_a_second_one_is_told_apart(
    served: Network, new_bucket: Callable[[], str]
) -> None:
    one, other = (replace(served, vault=f"s3://{new_bucket()}/coffre") for _ in range(2))
    put(one)
    put(replace(served, vault=one.vault), PDF + b"2")
    assert verify(one) == []
    with pytest.raises(StoreError, match="n'est pas dans"):
        put(other)
    assert [fault.code for fault in verify(other)] == ["vault_missing"]


def test_a_second_vault_is_told_apart(served: Network, tmp_path: Path) -> None:
    one, other = (replace(served, vault=str(tmp_path / name)) for name in ("un", "deux"))
    vault_of(other)  # begun before any file was there
    put(one)
    with pytest.raises(ConflictError, match="un autre coffre"):
        put(other)
    with pytest.raises(ConflictError, match="un autre coffre"), readings.read(other, "x"):
        pass
    assert [fault.code for fault in verify(other)] == ["vault_second"]
    put(replace(served, vault=str(tmp_path / "un")), PDF + b"2")
    assert verify(one) == []


def test_a_second_vault_begun_at_the_same_moment_is_refused(
    served: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (replace(served, vault=str(tmp_path / name)) for name in ("un", "deux"))
    opened = vault_of(other)
    put(one)
    monkeypatch.setattr("crm.vault.deposits.require", lambda network, right: opened)
    with pytest.raises(ConflictError, match="un autre coffre"):
        put(other, PDF + b"2")
    assert opened.entries() == {}
