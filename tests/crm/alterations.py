"""Single alterations of what is ours in a store, each made past us: any cell, any row, any object of the schema."""

import random
import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from crm.ledger.redaction import redact
from crm.network import Network
from crm.network.work import UnitOfWork
from crm.store.neo4j.codec import OUR_LABELS
from crm.store.sqlite.journal import CHANGE_COLUMNS, COMMIT_COLUMNS
from graph_schema.registry import SCHEMA

_COMMIT = COMMIT_COLUMNS.replace("number", "number + 1").replace("token", "'x'")
_CHANGE = f"number, {CHANGE_COLUMNS.replace('position', 'position + 1000')}"
_FAMILIES = sorted(OUR_LABELS - SCHEMA.nodes.keys())
_NEUTRAL = {("link", "pk"), ("meta", "stamp"), ("search_content", "id")}
"""What may be otherwise without anything being: an address of a row, and the stamp that each writing makes anew."""


_SHADOWS = ("search_content", "search_config", "search_data", "search_idx")
"""The tables that the full-text index keeps itself in."""


class Alteration(NamedTuple):
    """What is done, in words, and the statements that do it."""

    words: str
    statements: tuple[tuple[str, tuple[Any, ...]], ...]


def live(network: Network) -> None:
    """Give an empty network a small past: every kind of change, derived columns of each sort, redactions."""

    def arrivals(unit: UnitOfWork) -> None:
        for n in range(12):
            works = {"name": f"Atelier Exemple {n}", "city": "Lens", "tags": ["a", "b"]}
            unit.create("Organisation", works, id=f"o{n}")
            unit.create("Person", {"family_name": f"Fictif {n}", "given_name": "Léa"}, id=f"p{n}")
            unit.connect("WorksFor", f"p{n}", f"o{n}", {"role": "tutrice", "valid_from": "2024-01-01"}, id=f"w{n}")
            said = {"on": f"2026-01-{n + 1:02}", "direction": "mutuel", "channel": "appel"}
            if n % 4 == 3:  # many words, which fill pages of the full-text index
                said["note"] = " ".join(f"{(n * 997 + 7919 * each) % 100003:x}" for each in range(900))
            unit.create("Exchange", said, id=f"e{n}")
            unit.connect("Involves", f"e{n}", f"o{n}", id=f"i{n}")

    network.commit("Arrivées", arrivals, run="r1", detail={"rows": 3, "whole": True})
    for n in range(4):
        network.commit("Retouche", lambda unit, n=n: unit.update(f"o{n}", {"name": f"Garage Exemple {n}"}))  # type: ignore[misc]
    network.commit("Suppression", lambda unit: unit.delete(["o11", "p11"]))
    redact(network, 2, 0, keep_current=True)
    redact(network, 3)


def of_file(db: sqlite3.Connection, chance: random.Random) -> Alteration:
    """One alteration of a file: of a cell, a row, or an object of the schema."""
    tables = ["meta", "node", "link", "commits", "change", *_SHADOWS]
    kinds = [_cell, _cell, _cell, _cell, _row_removed, _row_added, _object]
    while True:
        found = chance.choice(kinds)(db, chance, chance.choice(tables))
        if found is not None:
            return found


def _key(db: sqlite3.Connection, table: str) -> str:
    keys = {"change": "number, position", "meta": "key", "search_config": "k", "search_idx": "segid, term"}
    return keys.get(table, "rowid")


def _some_row(db: sqlite3.Connection, chance: random.Random, table: str) -> tuple[str, tuple[Any, ...]] | None:
    keys = db.execute(f"SELECT {_key(db, table)} FROM {table}").fetchall()
    if not keys:
        return None
    where = " AND ".join(f"{name.strip()} IS ?" for name in _key(db, table).split(","))
    return where, tuple(chance.choice(keys))


def _cell(db: sqlite3.Connection, chance: random.Random, table: str) -> Alteration | None:
    row = _some_row(db, chance, table)
    columns = [each[1] for each in db.execute(f"PRAGMA table_info({table})")]
    column = chance.choice(columns)
    if row is None or (table, column) in _NEUTRAL or row[1] == ("stamp",):
        return None
    where, key = row
    (old,) = db.execute(f"SELECT {column} FROM {table} WHERE {where}", key).fetchone()
    new = chance.choice([*_others(old), *_flipped(old, chance)])
    return Alteration(f"{table}.{column} {key}: {old!r} → {new!r}", (
        (f"UPDATE {table} SET {column} = ? WHERE {where}", (new, *key)),
    ))  # fmt: skip


def _others(old: Any) -> Iterator[Any]:
    """Other values than ``old``: more, less, of another type, otherwise spelt."""
    if isinstance(old, int):
        yield from (old + 1, old - 1, old + 1000, old + 0.5, "x", b"x", None)
        return
    if isinstance(old, str):
        yield from (old + " ", old + "x", old.encode(), " " + old, None)
        if old:
            yield from (old[:-1], "")
        if old.startswith("{"):
            yield from (old.replace(":", ": ", 1), old.replace(",", " ,", 1) + " ")
        return
    yield from ("x", 7, 7.5, b"x", "{}", None)
    if isinstance(old, bytes):
        yield from (old[:-1], old.decode("latin-1"))


def _flipped(old: Any, chance: random.Random) -> Iterator[bytes]:
    """Some bytes of what is stored as bytes, one of them otherwise."""
    for _ in range(8 if isinstance(old, bytes) and old else 0):
        at = chance.randrange(len(old))
        yield old[:at] + bytes([old[at] ^ 1 << chance.randrange(8)]) + old[at + 1 :]


def _row_removed(db: sqlite3.Connection, chance: random.Random, table: str) -> Alteration | None:
    row = _some_row(db, chance, table)
    if row is None:
        return None
    return Alteration(f"{table} {row[1]} removed", ((f"DELETE FROM {table} WHERE {row[0]}", row[1]),))


def _row_added(db: sqlite3.Connection, chance: random.Random, table: str) -> Alteration | None:
    added = {
        "meta": ("INSERT INTO meta VALUES ('other', 'x')", ()),
        "node": ("INSERT INTO node (id, type, revision, caption, body) VALUES ('x', 'Person', 1, 'x', '{}')", ()),
        "link": (
            "INSERT INTO link (id, type, source, target, revision, body)"
            " SELECT 'x', 'Knows', pk, pk, 1, '{}' FROM node LIMIT 1", ()),
        "commits": (
            f"INSERT INTO commits SELECT {_COMMIT} FROM commits ORDER BY number DESC LIMIT 1", ()),
        "change": (
            f"INSERT INTO change SELECT {_CHANGE} FROM change ORDER BY random() LIMIT 1", ()),
        "search_content": ("INSERT INTO search_content SELECT max(id) + 1, 'x' FROM search_content", ()),
        "search_config": ("INSERT INTO search_config VALUES ('automerge', 'x')", ()),
        "search_data": ("INSERT INTO search_data SELECT max(id) + 1, 'x' FROM search_data", ()),
        "search_idx": ("INSERT INTO search_idx VALUES ('x', NULL, 'x')", ()),
    }.get(table)  # fmt: skip
    return Alteration(f"{table}: a row added", (added,)) if added else None


def _object(db: sqlite3.Connection, chance: random.Random, table: str) -> Alteration | None:
    names = db.execute(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    kind, name = chance.choice(names)
    (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    drop = (f"DROP {kind} {name}", ())
    changed = sql.replace("ON node (", "ON node (revision, ").replace("ON link (", "ON link (revision, ")
    return chance.choice([
        Alteration(f"{name} dropped", (drop,)),
        Alteration(f"{name} changed", (drop, (changed, ())) if changed != sql else (drop,)),
        Alteration("a trigger added", ((
            "CREATE TRIGGER other AFTER INSERT ON node BEGIN UPDATE link SET day = NULL; END", ()),)),
        Alteration("an index added", (("CREATE INDEX other ON node (revision)", ()),)),
        Alteration("a table added", (("CREATE TABLE other (x)", ()),)),
        Alteration("a view added", (("CREATE VIEW other AS SELECT 1", ()),)),
        Alteration("a column added", (("ALTER TABLE node ADD COLUMN other TEXT", ()),)),
        Alteration("full text: leaves gone", (("DELETE FROM search_data WHERE id > 10", ()),)),
        Alteration("full text: its structure gone", (("DELETE FROM search_data WHERE id = 10", ()),)),
        Alteration("full text: its pages gone", (("DELETE FROM search_idx", ()),)),
    ])  # fmt: skip


def of_server(session: Any, chance: random.Random) -> Alteration:
    """One alteration of a Neo4j database: a property, a label, a node or relationship, a constraint or an index."""
    pick = "WITH x, rand() AS chance ORDER BY chance LIMIT 1"
    label, family = chance.choice(["Record", "Commit", "Change"]), chance.choice(_FAMILIES)
    node = f"MATCH (x:{label}) {pick}"
    link = f"MATCH (:Record)-[x]->(:Record) {pick}"
    choices = [_property(session, chance, node), _property(session, chance, node), _property(session, chance, link)]
    choices += [
        Alteration(f"{label} removed", ((f"{node} DETACH DELETE x", ()),)),
        Alteration("a relationship removed", ((f"{link} DELETE x", ()),)),
        Alteration(f"{label}: its label gone", ((f"{node} REMOVE x:{label}", ()),)),
        Alteration("a label added", ((f"MATCH (x:Organisation:Record) {pick} SET x:Person", ()),)),
        Alteration("a family changed", ((f"MATCH (x:Organisation:Record) {pick} SET x:{family}", ()),)),
        Alteration("a type's label gone", ((f"MATCH (x:Person:Record) {pick} REMOVE x:Person", ()),)),
        Alteration("a record added", (("CREATE (:Record:Person {id: 'x', revision: 1, family_name: 'Faux'})", ()),)),
        Alteration("a change added", (("CREATE (:Change {commit: 1, position: 99, id: 'x'})", ()),)),
        Alteration("the head moved", (("MATCH (s:Store) SET s.number = s.number - 1", ()),)),
        Alteration("the identity changed", (("MATCH (s:Store) SET s.dataset = 'x'", ()),)),
    ]
    return chance.choice(choices)


def _property(session: Any, chance: random.Random, match: str) -> Alteration:
    """A property of what is matched, otherwise: a value of the same sort, of another, or none."""
    id, properties = session.run(f"{match} RETURN elementId(x), properties(x)").single()
    name = chance.choice(sorted(properties))
    old = properties[name]
    new = chance.choice([other for other in _others(old) if not isinstance(other, bytes) and other != old])
    kind = "MATCH ()-[x]->()" if "]->" in match else "MATCH (x)"
    statement = f"{kind} WHERE elementId(x) = $id SET x[$name] = $new"
    return Alteration(f"{name}: {old!r} → {new!r}", ((statement, (("id", id), ("name", name), ("new", new))),))
