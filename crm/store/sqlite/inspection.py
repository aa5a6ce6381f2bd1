"""What the file keeps besides journal and records, held against what it must be: schema, derived columns, indexes."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

import orjson

from crm.faults import Fault
from crm.store.sqlite.records import Records
from crm.store.sqlite.schema import create_tables
from crm.store.sqlite.search import line_of
from graph_schema.migrations import SCHEMA_VERSION
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
_STATISTICS = {
    ("table", "sqlite_stat1"): "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    ("table", "sqlite_stat4"): "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What « ANALYZE » makes for itself, on any build of SQLite; another object that bears such a name is none of it."""
_SPACES = re.compile(r"\s*([(),])\s*|\s+")
_KINDS = {"table": "La table", "index": "L'index", "trigger": "Le déclencheur", "view": "La vue"}
_META = {"dataset": r"[0-9a-f]{32}", "stamp": r"[0-9a-f]{16}<([0-9a-f]{16})?"}
_DERIVED = """SELECT n.id, n.type, n.body, n.caption, s.c0, s.id, typeof(n.caption), typeof(s.c0)
FROM node AS n LEFT JOIN search_content AS s ON s.id = n.pk"""
_EXCHANGES = """SELECT l.id FROM link AS l JOIN node AS s ON s.pk = l.source
WHERE l.day IS NOT CASE WHEN l.type = 'Involves' THEN json_extract(s.body, '$.on') END
   OR l.direction IS NOT CASE WHEN l.type = 'Involves' THEN json_extract(s.body, '$.direction') END"""
_SHADOWS = ("data", "idx", "content", "config")


class Inspection(Records):
    """The part of a transaction that looks at how the file itself is kept; it writes nothing there."""

    def inspect(self) -> Iterator[Fault]:
        """What is kept besides journal and records and is not as it must be."""
        try:
            yield from self._objects()
            yield from self._meta()
            yield from self._derived()
            yield from self._indexes()
        except sqlite3.DatabaseError as error:  # a table or a column that is not there, a page that cannot be read
            yield Fault("schema", "", f"Le fichier ne peut pas être vérifié jusqu'au bout ({error}).")

    def _objects(self) -> Iterator[Fault]:
        found, wanted = _objects(self._db), _declared()
        for kind, name in sorted(found.keys() | wanted.keys()):
            if found.get((kind, name)) != wanted.get((kind, name)):
                state = "manque" if (kind, name) not in found else "n'est pas celui de Réseau 28"
                if (kind, name) not in wanted:
                    state = "a été ajouté au fichier"
                yield Fault("schema", name, f"{_KINDS.get(kind, kind)} {name} {state}.")

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

    def _derived(self) -> Iterator[Fault]:
        for id, type, body, caption, line, pk, *types in self._db.execute(_DERIVED):
            declared = SCHEMA.nodes.get(type)
            try:
                values = orjson.loads(body)
            except ValueError:
                continue  # told as a record that was altered
            if declared is None or not isinstance(values, dict):
                continue
            if types[0] != "text" or caption != fold(declared.caption(values)):
                yield Fault("caption", str(id), f"Le nom sous lequel la fiche {id} est classée a été altéré.")
            wanted = line_of(type, values) or None
            if line != wanted or (pk is not None and wanted is None) or types[1] not in ("text", "null"):
                yield Fault("search", str(id), f"Ce que la recherche sait de la fiche {id} a été altéré.")
        for (id,) in self._db.execute(_EXCHANGES):
            yield Fault("exchange", str(id), f"Le jour ou le sens d'un échange (lien {id}) a été altéré.")
        strays = "SELECT id FROM search_content WHERE id NOT IN (SELECT pk FROM node)"
        for (id,) in self._db.execute(strays):
            yield Fault("search", str(id), "La recherche connaît une fiche qui n'existe pas.")

    def _indexes(self) -> Iterator[Fault]:
        for (message,) in self._db.execute("PRAGMA integrity_check(20)").fetchall():
            if message != "ok":
                yield Fault("index", "", f"Le fichier est abîmé ({message}).")
        if not self._is_search_whole():
            yield Fault("search", "search", "L'index de la recherche ne correspond plus aux fiches.")

    def _is_search_whole(self) -> bool:
        """Whether the full-text index holds its lines, prefixes included: its own check, run on a copy beside.

        The check is a write for SQLite, which a file that is only read does not allow.
        """
        with closing(sqlite3.connect("", isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute(_declared()["table", "search"])
            settings = copy.execute("SELECT k, v FROM search_config").fetchall()
            if self._db.execute("SELECT k, v FROM search_config").fetchall() != settings or not self._is_reached():
                return False
            copy.execute("BEGIN")
            for shadow in _SHADOWS:
                copy.execute(f"DELETE FROM search_{shadow}")
                rows = self._db.execute(f"SELECT * FROM search_{shadow}")
                places = ", ".join("?" * len(rows.description))
                copy.executemany(f"INSERT INTO search_{shadow} VALUES ({places})", rows)
            copy.execute("COMMIT")
            try:
                copy.execute("INSERT INTO search (search) VALUES ('integrity-check')")
            except sqlite3.DatabaseError:
                return False
        return True

    def _is_reached(self) -> bool:
        """Whether each page of the full-text index that holds words is among those that a search looks up.

        A page is numbered segment << 37 + page; words are listed at its end, from where its third and fourth byte say.
        A segment that is being merged has given up its first pages, which are still looked up.
        """
        held, first = set(), dict[int, int]()
        for id, block in self._db.execute("SELECT id, block FROM search_data WHERE id > ?", (1 << 37,)):
            segment, page = id >> 37, id & 0x7FFFFFFF
            if id >> 31 & 63:
                continue
            first[segment] = min(first.get(segment, page), page)
            if len(block) > int.from_bytes(block[2:4], "big"):
                held.add((segment, page))
        known = {(segment, page >> 1) for segment, page in self._db.execute("SELECT segid, pgno FROM search_idx")}
        return held <= known and all(page < first.get(segment, 0) for segment, page in known - held)


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
