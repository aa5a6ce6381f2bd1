"""What may be opened, what becomes a store, and what is refused with which words."""

import logging
import socket
from collections.abc import Callable
from contextlib import closing
from logging.handlers import BufferingHandler

import pytest
from neo4j import GraphDatabase

from crm.errors import StoreError, StoreUnavailable, StoreVersion
from crm.store import open_store
from crm.store.neo4j import ddl
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.registry import SCHEMA
from tests.contract.samples import organisation, save
from tests.crm.store.neo4j_addresses import address_of, opened
from tests.neo4j_server.fixtures import Neo4jAddress, runnable_versions
from tests.neo4j_server.server import Neo4jServer, free_port


def cypher(server: Neo4jAddress, text: str) -> list[list[object]]:
    """The rows of a query sent past the store."""
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        return [record.values() for record in driver.execute_query(text, database_="neo4j").records]


def test_an_empty_database_becomes_a_store_that_opens_again(empty_neo4j: Neo4jAddress) -> None:
    with opened(empty_neo4j) as store:
        save(store, organisation("o1"))
        dataset = store.read(lambda tx: tx.dataset())
    with opened(empty_neo4j) as store:
        info = store.read(lambda tx: tx.info())
    assert info[:6] == ("neo4j", address_of(empty_neo4j), dataset, SCHEMA_VERSION, 1, 0)


def test_constraints_and_indexes_are_those_declared_and_kept_so(empty_neo4j: Neo4jAddress) -> None:
    with opened(empty_neo4j):
        made = {
            row[0] for row in cypher(empty_neo4j, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
        }
    assert made == set(ddl.statements())
    cypher(empty_neo4j, "DROP CONSTRAINT reseau28_Organisation_siret_unique")
    cypher(empty_neo4j, "CREATE INDEX reseau28_Person_gone FOR (n:Person) ON (n.gone)")
    cypher(empty_neo4j, "CREATE INDEX theirs FOR (n:Person) ON (n.phone)")
    with opened(empty_neo4j):
        made = {
            row[0] for row in cypher(empty_neo4j, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
        }
    assert made == {*ddl.statements(), "theirs"}


def test_every_unique_indexed_and_searched_field_is_in_the_definitions() -> None:
    names = ddl.statements().keys()
    for node in SCHEMA.nodes.values():
        assert {f"reseau28_{node.name}_{f.name}_unique" for f in node.fields_with("unique")} <= names
        assert {f"reseau28_{node.name}_{f.name}" for f in node.fields_with("index")} <= names
        assert (f"reseau28_{node.name}_search" in names) == bool(node.fields_with("search"))


def test_an_organisation_bears_the_label_of_its_family_even_when_its_kind_changes(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j) as store:
        for revision, (kind, family) in enumerate(
            [("entreprise", "Company"), ("branche", "Branch"), ("epci", "Institution")], 1
        ):
            save(store, organisation("o1", revision=revision, kind=kind))
            labels = cypher(
                blank_neo4j, "MATCH (n:Record {id: 'o1'}) UNWIND labels(n) AS label RETURN label ORDER BY label"
            )
            assert [row[0] for row in labels] == sorted(["Organisation", "Record", family])


def test_a_database_with_other_data_is_left_as_it_is(empty_neo4j: Neo4jAddress) -> None:
    cypher(empty_neo4j, "CREATE (:Store {name: 'Boutique'})")
    with pytest.raises(StoreError, match="étrangères") as refused, opened(empty_neo4j):
        pass
    assert refused.value.code == "not_ours"
    assert cypher(empty_neo4j, "MATCH (n) RETURN labels(n), n.name") == [[["Store"], "Boutique"]]
    assert cypher(empty_neo4j, "SHOW CONSTRAINTS YIELD name") == []


@pytest.mark.parametrize(("step", "advice"), [(1, "à jour"), (-1, "migrate")])
def test_data_of_another_schema_are_refused_older_ones_unless_asked_for(
    blank_neo4j: Neo4jAddress, step: int, advice: str
) -> None:
    version = SCHEMA_VERSION + step
    with opened(blank_neo4j) as store:
        save(store, organisation("o1"))
        store.write(lambda tx: tx.set_schema_version(version))
    with pytest.raises(StoreVersion, match=advice), opened(blank_neo4j):
        pass
    address = address_of(blank_neo4j)
    if step > 0:
        with pytest.raises(StoreVersion, match=advice):
            open_store(address, password=blank_neo4j.password, any_version=True)
        return
    with closing(open_store(address, password=blank_neo4j.password, any_version=True)) as store:
        assert store.read(lambda tx: (tx.info().schema_version, len(tx.get(["o1"])))) == (version, 1)


def test_a_refused_password_is_said_and_never_shown(
    blank_neo4j: Neo4jAddress, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreError, match="RESEAU28_NEO4J_PASSWORD") as refused:
        open_store(address_of(blank_neo4j), password="mauvais-secret")
    assert refused.value.code == "auth"
    assert "mauvais-secret" not in str(refused.value)
    assert capfd.readouterr() == ("", "")


def test_a_database_that_the_server_has_not_is_named(blank_neo4j: Neo4jAddress) -> None:
    with pytest.raises(StoreError, match="« ailleurs » n'existe pas"):
        open_store(address_of(blank_neo4j, "ailleurs"), password=blank_neo4j.password)


def test_nobody_at_the_address_is_said_at_once_and_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    for scheme in ("bolt", "neo4j"):
        with pytest.raises(StoreUnavailable, match="vérifiez que le serveur est démarré"):
            open_store(f"{scheme}://neo4j@127.0.0.1:{free_port()}", password="secret")
    assert capfd.readouterr() == ("", "")


def test_something_else_than_neo4j_is_said_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        port = listener.getsockname()[1]
        listener.listen()
        with pytest.raises(StoreError):
            open_store(f"bolt://neo4j@127.0.0.1:{port}", password="secret")


def test_the_driver_logs_nothing_where_others_listen(
    blank_neo4j: Neo4jAddress, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    listener = BufferingHandler(1_000)
    logging.getLogger().addHandler(listener)
    with opened(blank_neo4j) as store:
        save(store, organisation("o1"))
    logging.getLogger().removeHandler(listener)
    assert [record.name for record in listener.buffer if record.name.startswith("neo4j")] == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", runnable_versions())
def test_a_server_without_passwords_needs_none(version: str, own_neo4j: Callable[..., Neo4jServer]) -> None:
    server = own_neo4j(version, auth=False)
    with closing(open_store(f"{server.uri.replace('bolt', 'neo4j')}/neo4j")) as store:
        save(store, organisation("o1", "Œuvre Exemple"))
        assert [r.id for r in store.read(lambda tx: tx.search("oeuvre"))] == ["o1"]
