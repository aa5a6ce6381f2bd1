"""What runs beside a reading sees one moment, says what went wrong, and stops when nobody waits for it."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.store import open_store
from crm.store.sqlite.beside import beside
from crm.store.sqlite.store import SqliteStore
from tests.contract.samples import organisation, save

ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(str(tmp_path / "réseau.db"))
    assert isinstance(store, SqliteStore)
    yield store
    store.close()


def test_the_answer_is_waited_for(store: SqliteStore) -> None:
    save(store, organisation("o1"))
    with beside(store.connection, lambda db: db.execute("SELECT id FROM node").fetchall()) as answer:
        assert answer() == [("o1",)]


def test_what_goes_wrong_is_told_to_who_asks(store: SqliteStore) -> None:
    with (
        beside(store.connection, lambda db: db.execute("SELECT x FROM absent").fetchall()) as answer,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
    ):
        answer()


def test_who_leaves_without_the_answer_stops_the_work(store: SqliteStore) -> None:
    """As a key that interrupts a verification: the thread has ended when the error comes out."""
    begun = threading.Event()

    def work(db: sqlite3.Connection) -> None:
        begun.set()
        db.execute(ENDLESS).fetchall()

    def interrupted() -> None:
        with beside(store.connection, work):
            begun.wait()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("beside")]
    assert store.read(lambda tx: tx.head().number) == 0


def test_a_writer_that_looks_beside_sees_its_own_writes(store: SqliteStore) -> None:
    def work(tx: object) -> list[str | None]:
        tx.save([organisation("o1")])  # type: ignore[attr-defined]
        with tx.beside(lambda view: [told.record and told.record.id for told in view.told()]) as answer:  # type: ignore[attr-defined]
            return list(answer())

    assert store.write(work) == ["o1"]
