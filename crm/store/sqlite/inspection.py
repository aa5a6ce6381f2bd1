"""What the file keeps besides journal and records, held against what it must be: schema, indexes, days of exchanges.

SQLite does the work: it can be done beside other work in Python.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from crm.faults import Fault, shown
from crm.store.sqlite.errors import is_interrupted, is_no_text
from crm.store.sqlite.fulltext import is_whole
from crm.store.sqlite.records import Records
from crm.store.sqlite.schema import create_tables
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.registry import SCHEMA

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
_STATISTICS = {
    ("table", "sqlite_stat1"): "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    ("table", "sqlite_stat4"): "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What « ANALYZE » makes for itself, on any build of SQLite; another object that bears such a name is none of it."""
_SPACES = re.compile(r"\s*([(),])\s*|\s+")
_KINDS = {
    "table": ("La table", "celle", "ajoutée"),
    "index": ("L'index", "celui", "ajouté"),
    "trigger": ("Le déclencheur", "celui", "ajouté"),
    "view": ("La vue", "celle", "ajoutée"),
}
"""Each kind of object in words, and the words that agree with it."""
_META = {"dataset": r"[0-9a-f]{32}", "stamp": r"[0-9a-f]{16}<([0-9a-f]{16})?"}
_EXCHANGES = """SELECT l.id FROM link AS l JOIN node AS s ON s.pk = l.source
WHERE l.day IS NOT CASE WHEN l.type = 'Involves' THEN json_extract(s.body, '$.on') END
   OR l.direction IS NOT CASE WHEN l.type = 'Involves' THEN json_extract(s.body, '$.direction') END"""
_STRAYS = "SELECT id FROM search_content WHERE id NOT IN (SELECT pk FROM node)"
_MESSAGES = 20
"""So many of SQLite's own findings are told."""


class FileInspection(Records):
    """The part of a transaction that looks at how the file itself is kept; it writes nothing there."""

    def inspect(self) -> Iterator[Fault]:
        """What is kept besides journal and records, apart from what is derived of nodes, and is not as it must be."""
        for check in (self._objects, self._meta, self._exchanges, self._pages, self._full_text):
            try:
                yield from check()
            except sqlite3.DatabaseError as error:  # a table or a column that is not there, a page that cannot be read
                if is_interrupted(error) or is_no_text(error):
                    raise
                yield unreadable(error)

    def _objects(self) -> Iterator[Fault]:
        found, wanted = _objects(self._db), _declared()
        for kind, name in sorted(found.keys() | wanted.keys()):
            if found.get((kind, name)) != wanted.get((kind, name)):
                named, ours, added = _KINDS.get(kind, ("L'objet", "celui", "ajouté"))
                state = "manque" if (kind, name) not in found else f"n'est pas {ours} de Réseau 28"
                if (kind, name) not in wanted:
                    state = f"a été {added} au fichier"
                yield Fault("schema", name, f"{named} {name} {state}.")

    def _meta(self) -> Iterator[Fault]:
        known = dict(self._db.execute("SELECT key, value FROM meta"))
        rules, space, last = str(known.pop("derivation", "")).partition(" ")
        good = (
            rules == SCHEMA.derivation
            and bool(space) == bool(last)
            and all(
                key in _META and isinstance(value, str) and re.fullmatch(_META[key], value)
                for key, value in known.items()
            )
        )
        if not good or "dataset" not in known or ("stamp" not in known and self.head().number):
            yield Fault("meta", "meta", "Ce que le fichier dit de lui-même (table meta) a été altéré.")

    def _exchanges(self) -> Iterator[Fault]:
        for (id,) in self._db.execute(_EXCHANGES):
            yield Fault("exchange", shown(id), f"Le jour ou le sens d'un échange (lien {shown(id)}) a été altéré.")

    def _pages(self) -> Iterator[Fault]:
        for (message,) in self._db.execute(f"PRAGMA integrity_check({_MESSAGES})").fetchall():
            if message != "ok":
                yield Fault(
                    "index", "",
                    f"Le fichier est abîmé (SQLite le dit ainsi : « {message} ») : restaurez une sauvegarde.",
                )  # fmt: skip

    def _full_text(self) -> Iterator[Fault]:
        if not is_whole(self._db):
            yield Fault("search", "search", "L'index de la recherche ne correspond plus aux fiches.")
        for (id,) in self._db.execute(_STRAYS):
            yield Fault("search", str(id), "La recherche connaît une fiche qui n'existe pas.")


def unreadable(error: sqlite3.Error) -> Fault:
    """What to say where SQLite cannot go on reading."""
    return Fault(
        "schema", "",
        f"Le fichier ne peut pas être vérifié jusqu'au bout (SQLite le dit ainsi : « {error} ») : restaurez une"
        " sauvegarde.",
    )  # fmt: skip


def _objects(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Every object of a schema as the statement that makes it, spaces aside; the tables of statistics are left out."""
    found = {
        (kind, name): _SPACES.sub(lambda found: found[1] or " ", f"{sql or ''}") if sql else f"of {table}"
        for kind, name, table, sql in db.execute(_SCHEMA)
    }
    return {key: sql for key, sql in found.items() if _STATISTICS.get(key) != sql}


@cache
def _declared() -> dict[tuple[str, str], str]:
    with closing(sqlite3.connect(":memory:")) as db:
        create_tables(db, SCHEMA_VERSION)
        return _objects(db)
