"""Whatever single thing of ours is altered past us, verification finds it and names it.

``RESEAU28_ALTERATIONS`` says how many are tried (``make alterations``: 2,000 on each store).
"""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import Neo4jError

from crm.errors import Reseau28Error
from crm.ledger.verify import verify, verify_in
from crm.network import Network
from crm.store import open_store
from crm.store.neo4j.transaction import Neo4jRead
from tests.crm import alterations
from tests.crm.conftest import ADMIN
from tests.neo4j_server.fixtures import Neo4jAddress

MANY = int(os.environ.get("RESEAU28_ALTERATIONS", "200"))
SEED = int(os.environ.get("RESEAU28_SEED", "28"))


def found(file: Path) -> list[str]:
    """What is said of a file that is only read: its faults, or why it does not open."""
    try:
        with closing(open_store(str(file), create=False, read_only=True)) as store:
            return [fault.message for fault in verify(Network(store, ADMIN))]
    except Reseau28Error as error:
        return [str(error)]


def altered(file: Path, copy: Path, chance: random.Random) -> str:
    """Make ``copy`` a copy of the file with one alteration; returns it in words, nothing where none was possible."""
    for each in copy.parent.glob(f"{copy.name}*"):
        each.unlink()
    shutil.copy(file, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        before = list(db.iterdump())
        one = alterations.of_file(db, chance)
        try:
            for sql, parameters in one.statements:
                db.execute(sql, parameters)
        except sqlite3.Error:  # the schema itself does not let it in
            return ""
        return one.words if list(db.iterdump()) != before else ""


def answers(file: Path) -> list[object]:
    """What searches find in a file, by each word whole and by its first letters; then again, once FTS5 merged all."""
    found: list[object] = []
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'search', 'instance')")
        held = db.execute("SELECT term, doc FROM words").fetchall()
        asked = {f'"{word[:length]}"*' for word, _ in held for length in range(1, 7)} | {
            f'"{word}"' for word, _ in held
        }
        for _ in range(2):
            found.append(db.execute("SELECT term, doc FROM words").fetchall())
            for one in sorted(asked):
                found.append(db.execute("SELECT rowid FROM search WHERE search MATCH ?", (one,)).fetchall())
            db.execute("INSERT INTO search (search) VALUES ('optimize')")
    return found


def is_read_by_nothing(file: Path, copy: Path, words: str) -> bool:
    """Whether an alteration is one of what no search reads of the full-text index, now or later (``fulltext``)."""
    if not words.startswith(("search_data", "search_idx")):
        return False
    whole = copy.with_name("entier.db")
    shutil.copy(file, whole)
    try:
        return answers(copy) == answers(whole)
    except sqlite3.Error:
        return False


@pytest.mark.timeout(7200)
def test_each_alteration_of_a_file_is_found_and_named(network: Network, tmp_path: Path) -> None:
    alterations.live(network)
    network.store.close()
    file, copy = tmp_path / "reseau28.db", tmp_path / "altéré.db"
    assert found(file) == []
    chance, done, unread, missed = random.Random(SEED), 0, 0, []
    while done < MANY:
        if words := altered(file, copy, chance):
            told = found(copy)
            if told or not is_read_by_nothing(file, copy, words):
                done += 1
                missed += [] if told and all(told) else [words]
            else:
                unread += 1
    assert not missed, "\n".join(missed)
    assert unread < done / 20


def test_statistics_are_nobodys_fault(network: Network, tmp_path: Path) -> None:
    alterations.live(network)
    with closing(sqlite3.connect(tmp_path / "reseau28.db")) as db:
        db.execute("ANALYZE")
    assert verify(network) == []


@pytest.mark.neo4j
@pytest.mark.timeout(7200)
def test_each_alteration_of_a_server_is_found_and_named(empty_neo4j: Neo4jAddress, tmp_path: Path) -> None:
    with closing(open_store(empty_neo4j.written, password=empty_neo4j.password)) as store:
        network = Network(store, ADMIN)
        alterations.live(network)
        assert verify(network) == []
        chance, done, missed = random.Random(SEED), 0, []
        with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver, driver.session() as session:
            while done < MANY:
                words, told = altered_server(session, chance, network)
                done += bool(words)
                if words and not (told and all(told)):
                    missed.append(words)
            assert not missed, "\n".join(missed)
            session.run("CREATE (:Etrangere {nom: 'x'})-[:TIENT]->(:Etrangere)").consume()
            session.run("MATCH (n:Record {id: 'o1'}) SET n:Vu, n.couleur = 'bleu'").consume()
        assert verify(network) == []  # what is not ours is nobody's fault


def altered_server(session: Any, chance: random.Random, network: Network) -> tuple[str, list[str]]:
    """What one alteration is, in words, and what is said of it inside its own transaction, which is then given up."""
    one = alterations.of_server(session, chance)
    with session.begin_transaction() as tx:
        try:
            for statement, parameters in one.statements:
                counters = tx.run(statement, dict(parameters)).consume().counters
            if not counters.contains_updates:
                return "", []
            found = verify_in(Neo4jRead(tx, network.store.address))  # type: ignore[attr-defined]
            return one.words, [fault.message for fault in found]
        except Neo4jError:  # a constraint does not let it in
            return "", []
        finally:
            tx.rollback()


@pytest.mark.neo4j
def test_a_constraint_or_an_index_of_ours_is_missed_or_changed(empty_neo4j: Neo4jAddress) -> None:
    with closing(open_store(empty_neo4j.written, password=empty_neo4j.password)) as store:
        network = Network(store, ADMIN)
        alterations.live(network)
        with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j[1:]) as driver, driver.session() as session:
            session.run("DROP INDEX reseau28_Organisation_caption").consume()
            session.run("DROP CONSTRAINT reseau28_record_id_unique").consume()
            assert {f.where for f in verify(network) if f.code == "schema"} == {
                "reseau28_Organisation_caption", "reseau28_record_id_unique",
            }  # fmt: skip
            session.run("CREATE INDEX reseau28_Organisation_caption FOR (n:Organisation) ON (n.name)").consume()
            session.run("CREATE CONSTRAINT reseau28_record_id_unique FOR (n:Record) REQUIRE n.id IS UNIQUE").consume()
            session.run("CREATE INDEX theirs FOR (n:Organisation) ON (n.couleur)").consume()
            assert [f.where for f in verify(network)] == ["reseau28_Organisation_caption"]
            session.run("DROP INDEX reseau28_Organisation_caption").consume()
            session.run("DROP INDEX theirs").consume()
