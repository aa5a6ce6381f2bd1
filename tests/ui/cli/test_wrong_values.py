"""Any wrong value in any cell of a file: ``verify`` names what was altered, goes on, and shows nothing of the cell.

``RESEAU28_WRONG_VALUES`` says how many cells are tried (0: all of them; a sample else).
"""

import os
import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from crm.ledger import receipts
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.store import open_store
from tests.crm.alterations import live
from tests.ui.cli.invocation import Reseau28, Result

MANY = int(os.environ.get("RESEAU28_WRONG_VALUES", "60"))
SEED = int(os.environ.get("RESEAU28_SEED", "28"))
TABLES = ("meta", "node", "link", "commits", "change", "search_content", "search_config", "search_data", "search_idx")
VALUES = (
    "''", "'Secret Dupont'", "'é'", "'['", "'{}'", "'[1]'", "x''", "x'325365637265740000'", "NULL", "-5", "0", "1",
    "9223372036854775807", "1.5", "9e999", "-9e999", "CAST(x'6aff41' AS TEXT)", "CAST(x'7b22ff' AS TEXT)",
)  # fmt: skip
_NEUTRAL = {("node", "pk"), ("link", "pk"), ("search_content", "id")}
"""Addresses of rows, which may be others; where one is missed it is found as another table's."""
_RAW = re.compile(r"\bb['\"]|\\x|[A-Z]\w+Error|Secret|Traceback|imprévue|refusé l.opération")


class Cell(NamedTuple):
    """One cell, and the SQL of what is put there."""

    table: str
    column: str
    row: int
    value: str

    def alter(self, file: Path) -> bool:
        """Put the value there; whether it is another one than before, and the schema lets it in."""
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            where, key = _row(db, self.table, self.row)
            db.text_factory = bytes
            old = db.execute(f"SELECT quote({self.column}) FROM {self.table} WHERE {where}", key).fetchone()
            try:
                db.execute(f"UPDATE {self.table} SET {self.column} = {self.value} WHERE {where}", key)
            except sqlite3.Error:
                return False
            new = db.execute(f"SELECT quote({self.column}) FROM {self.table} WHERE {where}", key).fetchone()
            return bool(new != old and (self.table, key[0]) != ("meta", "stamp"))


def _row(db: sqlite3.Connection, table: str, at: int) -> tuple[str, tuple[object, ...]]:
    keys = {"change": "number, position", "meta": "key", "search_config": "k", "search_idx": "segid, term"}
    names = keys.get(table, "rowid")
    rows = db.execute(f"SELECT {names} FROM {table}").fetchall()
    return " AND ".join(f"{name.strip()} IS ?" for name in names.split(",")), rows[at % len(rows)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network with a little of everything, and a receipt of it beside."""
    file = tmp_path_factory.mktemp("entier") / "réseau.db"
    with closing(open_store(str(file))) as store:
        network = Network(store, Actor("C. Exemple", Role.ADMIN))
        live(network)
        receipts.write(receipts.issue(network), file.with_name("reçu.json"))
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    return file


def cells(file: Path) -> list[Cell]:
    """Every column of every table, in a row of the beginning and in one of the middle, with every value."""
    with closing(sqlite3.connect(file)) as db:
        columns = [
            (table, each[1]) for table in TABLES for each in db.execute(f"PRAGMA table_info({table})")
            if (table, each[1]) not in _NEUTRAL
        ]  # fmt: skip
    return [Cell(*column, row, value) for column in columns for row in (0, 7) for value in VALUES]


@pytest.mark.timeout(7200)
def test_any_wrong_value_is_named_and_not_shown(reseau28: Reseau28, whole: Path, tmp_path: Path) -> None:
    tried, file, wrong = cells(whole), tmp_path / "altéré.db", []
    random.Random(SEED).shuffle(tried)
    assert reseau28("--store", whole, "verify").status == 0
    for cell in tried[: MANY or None]:
        for each in tmp_path.glob("altéré.db*"):
            each.unlink()
        shutil.copy(whole, file)
        if not cell.alter(file):
            continue
        told = [
            reseau28("--store", file, "verify"),
            reseau28("--store", file, "verify", "--receipt", whole.with_name("reçu.json"), "--json"),
        ]
        wrong += [f"{cell} : {each.status} {_RAW.findall(each.out + each.err)}" for each in told if not is_right(each)]
    assert not wrong, "\n".join(wrong)


def is_right(told: Result) -> bool:
    """Whether faults are named and nothing raw is shown."""
    if told.status != 1 or _RAW.search(told.out + told.err):
        return False
    return all(each["message"] for each in told.json["faults"]) if told.out.startswith("{") else True
