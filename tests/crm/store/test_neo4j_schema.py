"""Constraints and indexes come one process at a time, and nobody waits for ever or for nothing."""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from neo4j import GraphDatabase, Session, Transaction

from crm.errors import StoreBusy, StoreError
from crm.store import open_store
from crm.store.neo4j import ddl, schema
from tests.contract.samples import organisation, save
from tests.crm.store.neo4j_addresses import opened
from tests.neo4j_server.fixtures import Neo4jAddress

SPAWN = multiprocessing.get_context("spawn")
MISSING = "reseau28_Person_caption"


@contextmanager
def raw(server: Neo4jAddress) -> Iterator[Session]:
    """A session past the store."""
    with GraphDatabase.driver(server.uri, auth=server[1:]) as driver, driver.session(database="neo4j") as session:
        yield session


@contextmanager
def turn_taken(server: Neo4jAddress) -> Iterator[Transaction]:
    """Another process's turn, for as long as this lasts."""
    with raw(server) as session, session.begin_transaction() as holder:
        holder.run("MATCH (s:Store) SET s.turn = 0").consume()
        yield holder


def hold_the_turn(server: Neo4jAddress, held: "multiprocessing.synchronize.Event") -> None:
    """What a process does that is killed while it changes the schema."""
    with turn_taken(server):
        held.set()
        threading.Event().wait()


def names(server: Neo4jAddress) -> set[str]:
    """Our constraints and indexes as the database has them."""
    with raw(server) as session:
        rows = session.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'reseau28_' RETURN name")
        return {str(row["name"]) for row in rows}


def drop(server: Neo4jAddress, what: str) -> None:
    """Make a constraint or an index missing."""
    with raw(server) as session:
        session.run(f"DROP {what}").consume()


def test_a_look_mends_nothing_so_that_what_is_missing_is_named(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j) as store:
        save(store, organisation("o1"))
    drop(blank_neo4j, f"INDEX {MISSING}")
    with closing(open_store(blank_neo4j.written, password=blank_neo4j.password, any_version=True)) as store:
        assert [fault.where for fault in store.read(lambda tx: list(tx.inspect()))] == [MISSING]
    with opened(blank_neo4j) as store:
        assert store.read(lambda tx: list(tx.inspect())) == []


def test_a_constraint_that_cannot_be_put_back_is_one_sentence(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j) as store:
        save(store, organisation("o1"))
    drop(blank_neo4j, "CONSTRAINT reseau28_Organisation_siret_unique")
    with raw(blank_neo4j) as session:
        session.run("UNWIND [1, 2] AS n CREATE (:Organisation {siret: '00000000000000'})").consume()
    with pytest.raises(StoreError, match=r"reseau28 --store .* verify"), opened(blank_neo4j):
        pass


def test_where_nothing_is_missing_opening_neither_writes_nor_waits(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j) as store:
        save(store, organisation("o1"))
    with turn_taken(blank_neo4j), opened(blank_neo4j) as store:
        assert store.read(lambda tx: tx.info().nodes) == 1


def test_waiting_for_ones_turn_ends_with_a_sentence(blank_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(blank_neo4j):
        drop(blank_neo4j, f"INDEX {MISSING}")
    monkeypatch.setattr(schema, "SECONDS", 1.0)
    with turn_taken(blank_neo4j), pytest.raises(StoreBusy, match="recommencez plus tard"), opened(blank_neo4j):
        pass
    assert MISSING not in names(blank_neo4j)


def test_the_turn_of_a_process_that_is_killed_goes_to_who_waits(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j):
        drop(blank_neo4j, f"INDEX {MISSING}")
    held = SPAWN.Event()
    holder = SPAWN.Process(target=hold_the_turn, args=(blank_neo4j, held))
    holder.start()
    assert held.wait(120)
    waiting = threading.Thread(target=lambda: opened(blank_neo4j).__enter__().close())
    waiting.start()
    waiting.join(2)
    assert waiting.is_alive()
    assert MISSING not in names(blank_neo4j)
    holder.kill()
    waiting.join(120)
    assert names(blank_neo4j) == set(ddl.statements())


def test_a_constraint_left_half_made_is_made_anew(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j):
        drop(blank_neo4j, "CONSTRAINT reseau28_Organisation_siret_unique")
    with raw(blank_neo4j) as session:
        session.run("CREATE INDEX reseau28_Organisation_siret_unique FOR (n:Organisation) ON (n.siret)").consume()
    with opened(blank_neo4j), raw(blank_neo4j) as session:
        made = session.run("SHOW CONSTRAINTS YIELD name WHERE name CONTAINS 'siret' RETURN collect(name)").single()
    assert made is not None
    assert made[0] == ["reseau28_Organisation_siret_unique"]


def test_the_constraint_on_the_store_itself_comes_back(blank_neo4j: Neo4jAddress) -> None:
    with opened(blank_neo4j):
        drop(blank_neo4j, f"CONSTRAINT {ddl.STORE_UNIQUE}")
    with opened(blank_neo4j):
        assert names(blank_neo4j) == set(ddl.statements())
