"""Reading records: by id, by value, and in streams."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from crm.store.protocol import StoreInfo, Strangers
from crm.store.sqlite.body import array, load
from crm.store.sqlite.names import by_index, is_type
from crm.store.sqlite.schema import value_of
from graph_schema.records import GENESIS, Head, LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import Field, Shape

NODE = "SELECT n.id, n.type, n.revision, n.body FROM node AS n"
LINK = (
    "SELECT l.id, l.type, s.id, t.id, l.revision, l.body"
    " FROM link AS l JOIN node AS s ON s.pk = l.source JOIN node AS t ON t.pk = l.target"
)


def node(row: tuple[Any, ...]) -> NodeRecord:
    """The record of a row of ``NODE``."""
    id, type, revision, body = row
    return NodeRecord(id, type, revision, load(body))


def link(row: tuple[Any, ...]) -> LinkRecord:
    """The record of a row of ``LINK``."""
    id, type, source, target, revision, body = row
    return LinkRecord(id, type, source, target, revision, load(body))


class Records:
    """The part of a transaction that reads records as such."""

    def __init__(self, db: sqlite3.Connection, address: str) -> None:
        self._db = db
        self._address = address

    def get(self, ids: Iterable[str]) -> dict[str, NodeRecord]:
        """The nodes with these ids, by id; absent ids are left out."""
        rows = self._db.execute(f"{NODE} WHERE n.id IN (SELECT value FROM json_each(?))", (array(ids),))
        return {row[0]: node(row) for row in rows}

    def get_links(self, ids: Iterable[str]) -> dict[str, LinkRecord]:
        """The links with these ids, by id; absent ids are left out."""
        rows = self._db.execute(f"{LINK} WHERE l.id IN (SELECT value FROM json_each(?))", (array(ids),))
        return {row[0]: link(row) for row in rows}

    def lookup(self, type: str, field: str, values: Collection[str]) -> dict[str, list[NodeRecord]]:
        """The nodes of ``type`` whose ``field`` equals one of ``values``, by value, each list by id."""
        declared = SCHEMA.nodes[type]
        column, index = value_of(declared.fields[field]), by_index(declared, declared.fields[field])
        rows = self._db.execute(
            f"{NODE}{index} WHERE {is_type(declared, 'n')} AND {column} IN (SELECT value FROM json_each(?))"
            " ORDER BY n.id",
            (array(values),),
        )
        found: dict[str, list[NodeRecord]] = {}
        for row in rows:
            record = node(row)
            found.setdefault(str(record.values[field]), []).append(record)
        return found

    def rows(self, type: str, fields: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """Every node of ``type`` as ``(id, value of each field or None…)``, streamed, in no given order."""
        declared = SCHEMA.nodes[type]
        wanted = [declared.fields[name] for name in fields]
        columns = "".join(f", {value_of(field)}" for field in wanted)
        rows = self._db.execute(f"SELECT n.id{columns} FROM node AS n WHERE {is_type(declared, 'n')}")
        return _typed(rows, 1, wanted)

    def link_rows(self, type: str, fields: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
        """Every link of ``type`` as ``(id, source, target, value of each field or None…)``, streamed."""
        declared = SCHEMA.links[type]
        wanted = [declared.fields[name] for name in fields]
        columns = "".join(f", {value_of(field, 'l.')}" for field in wanted)
        rows = self._db.execute(
            f"SELECT l.id, s.id, t.id{columns} FROM link AS l JOIN node AS s ON s.pk = l.source"
            f" JOIN node AS t ON t.pk = l.target WHERE {is_type(declared, 'l')}"
        )
        return _typed(rows, 3, wanted)

    def records(self) -> Iterator[NodeRecord | LinkRecord]:
        """Every node and link, streamed, in no given order."""
        yield from map(node, self._db.execute(NODE))
        yield from map(link, self._db.execute(LINK))

    def nodes_after(self, id: str, limit: int) -> list[NodeRecord]:
        """The nodes whose ids come after ``id``, in their order."""
        return [node(row) for row in self._db.execute(f"{NODE} WHERE n.id > ? ORDER BY n.id LIMIT ?", (id, limit))]

    def derivation(self) -> str:
        """By which rules what search finds was made."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'derivation'").fetchone()
        return str(row[0]) if row else ""

    def info(self) -> StoreInfo:
        """What this store is and how much it holds."""
        return StoreInfo(
            kind="sqlite",
            address=self._address,
            dataset=self.dataset(),
            schema_version=self._one("PRAGMA user_version"),
            nodes=self._one("SELECT count(*) FROM node"),
            links=self._one("SELECT count(*) FROM link"),
            head=self.head(),
        )

    def dataset(self) -> str:
        """The identity of the network kept here."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'dataset'").fetchone()
        return row[0] if row and isinstance(row[0], str) else ""

    def strangers(self) -> Strangers:
        """Nothing: nobody else writes in this file."""
        return Strangers()

    def head(self) -> Head:
        """The newest commit's number and digest."""
        row = self._db.execute("SELECT number, digest FROM commits ORDER BY number DESC LIMIT 1").fetchone()
        return Head(*row) if row else Head(0, GENESIS)

    def _one(self, sql: str) -> Any:
        return self._db.execute(sql).fetchone()[0]


def _typed(rows: Iterator[tuple[object, ...]], first: int, fields: Sequence[Field]) -> Iterator[tuple[object, ...]]:
    """``rows`` with the values that SQLite knows no type for as they were: booleans and lists."""
    repairs: list[tuple[int, Callable[[Any], object]]] = []
    for column, field in enumerate(fields, first):
        if field.many or field.shape is Shape.BOOLEAN:
            repairs.append((column, load if field.many else bool))
    return _repaired(rows, repairs) if repairs else rows


def _repaired(
    rows: Iterator[tuple[object, ...]], repairs: Sequence[tuple[int, Callable[[Any], object]]]
) -> Iterator[tuple[object, ...]]:
    for row in rows:
        values = list(row)
        for column, repair in repairs:
            if values[column] is not None:
                values[column] = repair(values[column])
        yield tuple(values)
