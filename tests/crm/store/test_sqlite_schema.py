"""The indexes are those that the declarations ask for, and they serve."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crm.store.protocol import Condition, Op, Query, ReadTransaction
from crm.store.sqlite import open_sqlite
from crm.store.sqlite.schema import index_name
from crm.store.sqlite.store import SqliteStore
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.registry import SCHEMA
from tests.contract.samples import exchange, organisation, save


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A new store."""
    with closing(open_sqlite(tmp_path / "essai.db")) as opened:
        yield opened


def indexes(store: SqliteStore) -> dict[str, str]:
    """Statement of each derived index, by name."""
    with store.connection() as db:
        return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name GLOB 'field_*'"))


def test_each_declared_index_exists_and_no_other(store: SqliteStore) -> None:
    declared = {
        index_name(t.name, f.name): f.about.unique
        for t in SCHEMA.nodes.values()
        for f in t.fields.values()
        if f.about.unique or f.about.index
    }
    assert {name: sql.startswith("CREATE UNIQUE") for name, sql in indexes(store).items()} == declared
    assert declared["field_Organisation_siret"]


def test_a_migration_brings_the_indexes_in_line(store: SqliteStore) -> None:
    wanted = indexes(store)
    with store.connection() as db:
        db.execute("DROP INDEX field_Organisation_siren")
        db.execute("DROP INDEX field_Organisation_commune")
        db.execute("CREATE INDEX field_Organisation_commune ON node (revision)")
        db.execute("CREATE INDEX field_Organisation_former ON node (revision)")
    store.write(lambda tx: tx.set_schema_version(SCHEMA_VERSION))
    assert indexes(store) == wanted


@pytest.mark.parametrize(
    "query",
    [
        Query("Organisation"),
        Query("Organisation", descending=True),
        Query("Organisation", (Condition("commune", Op.EQ, "62498"),)),
        Query("Organisation", (Condition("siren", Op.EQ, "000000001"),)),
        Query("Organisation", order="siret"),
        Query("Exchange", order="on", descending=True),
        Query("Exchange", (Condition("on", Op.GE, "2026-01-01"),), order="on"),
    ],
    ids=str,
)
def test_common_lists_neither_scan_nor_sort_everything(store: SqliteStore, query: Query) -> None:
    save(store, organisation("o1"), exchange("e1", "2026-01-01"))
    plan = planned(store, lambda tx: tx.find(query))
    assert "SCAN n" not in plan.replace("SCAN n USING INDEX field_", "")
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan


def test_lookups_and_contacts_go_by_an_index(store: SqliteStore) -> None:
    assert "field_Organisation_siret" in planned(store, lambda tx: tx.lookup("Organisation", "siret", ["1"]))
    assert "field_Organisation_siren" in planned(store, lambda tx: tx.lookup("Organisation", "siren", ["1"]))
    contacts = planned(store, lambda tx: list(tx.contacts(date(2025, 1, 1), date(2026, 1, 1))))
    assert contacts.startswith("SCAN l USING COVERING INDEX by_target")
    assert "TEMP B-TREE FOR GROUP BY" not in contacts


def planned(store: SqliteStore, work: object) -> str:
    """How SQLite answers the first question of ``work``."""
    statements: list[str] = []

    def read(tx: ReadTransaction) -> None:
        db: sqlite3.Connection = tx._db  # type: ignore[attr-defined]
        db.set_trace_callback(statements.append)
        work(tx)  # type: ignore[operator]
        db.set_trace_callback(None)

    store.read(read)
    first = next(sql for sql in statements if sql.lstrip().startswith("SELECT"))
    with store.connection() as db:
        return "\n".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {first}"))
