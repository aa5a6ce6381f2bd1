"""Data of today that are passed off as older ones: the journal contradicts it, and everything is looked at."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from crm.errors import InputError, StoreVersion
from crm.ledger.reached import MIGRATION, lowered, reached
from crm.ledger.redaction import redact
from crm.ledger.verdicts import judge
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.upkeep.migrate import migrate
from graph_schema.migrations import SCHEMA_VERSION
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_migrate import reopened
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.robustness.conftest import Shared
from tests.robustness.conftest import shared as shared
from tests.ui.cli.conftest import reseau28 as reseau28
from tests.ui.cli.invocation import Reseau28


def lower(network: Network, version: int) -> None:
    network.store.write(lambda tx: tx.set_schema_version(version))


@pytest.fixture
def lived(either: Network) -> Network:
    either.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    return either


def test_the_first_commit_says_the_schema(lived: Network) -> None:
    (first,) = lived.read(lambda tx: tx.commits())
    assert first.detail["schema"] == SCHEMA_VERSION
    assert lived.read(reached) == SCHEMA_VERSION


@pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, 2, 1, 0])
def test_a_lowered_version_is_a_fault_and_intact_is_not_said(lived: Network, version: int) -> None:
    lower(lived, version)
    found = judge(lived)
    assert [fault.code for fault in found.altered] == ["schema_lowered"]
    assert found.remarks == []
    assert not any("intact" in sentence for sentence in found.sentences())


def test_what_else_is_altered_is_found_under_a_lowered_version(network: Network, tmp_path: Path) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
    network.store.close()
    with closing(sqlite3.connect(tmp_path / "reseau28.db", isolation_level=None)) as db:
        db.executescript("UPDATE node SET caption = 'autre'; DROP TRIGGER exchange_edited; PRAGMA user_version = 2")
    with closing(open_store(str(tmp_path / "reseau28.db"), any_version=True)) as store:
        codes = {fault.code for fault in verify(Network(store, ADMIN))}
    assert codes == {"schema_lowered", "caption", "schema"}


def test_the_end_of_a_migration_is_sealed_and_cannot_be_redacted(shared: Shared) -> None:
    lower(shared.network, 2)
    with reopened(shared) as network:
        migrate(network)
        assert verify(network) == []
        assert network.read(lambda tx: [commit.source for commit in tx.commits()]) == [MIGRATION]
        lower(network, 3)
        assert [fault.code for fault in verify(network)] == ["schema_lowered"]
        with pytest.raises(InputError, match="il reste entier"):
            redact(network, 1)
        migrate(network)
        assert verify(network) == []
        assert network.read(lambda tx: tx.head().number) == 1  # said once


def test_migrating_lowered_data_says_it(reseau28: Reseau28, network: Network, tmp_path: Path) -> None:
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    lower(network, 3)
    assert [fault.code for fault in lowered(network)] == ["schema_lowered"]
    network.store.close()
    verified = reseau28("--store", tmp_path / "reseau28.db", "verify")
    assert (verified.status, "schéma 3" in verified.out, "intact, fiches" in verified.out) == (1, True, False)
    done = reseau28("--store", tmp_path / "reseau28.db", "migrate")
    assert (done.status, "leur version a été abaissée" in done.err) == (0, True)
    assert reseau28("--store", tmp_path / "reseau28.db", "verify").status == 0


def test_a_version_that_never_was_is_refused_in_one_sentence(reseau28: Reseau28, network: Network) -> None:
    lower(network, -1)
    network.store.close()
    for command in ("verify", "migrate", "partners"):
        refused = reseau28("--store", str(network.store.path), command)  # type: ignore[attr-defined]
        assert (refused.status, refused.err.count("\n")) == (5, 1)
        assert "n'a jamais existé" in refused.err


@pytest.mark.neo4j
@pytest.mark.parametrize("version", [None, "x", "4", -1, 2.5, True, [4]])
def test_a_version_of_another_sort_is_refused_by_a_server(empty_neo4j: Neo4jAddress, version: Any) -> None:
    open_store(empty_neo4j.written, password=empty_neo4j.password).close()
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver:
        driver.execute_query("MATCH (s:Store) SET s.schema_version = $version", version=version)
    for any_version in (True, False):
        with pytest.raises(StoreVersion, match="n'a jamais existé"):
            open_store(empty_neo4j.written, password=empty_neo4j.password, any_version=any_version)
