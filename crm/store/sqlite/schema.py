"""Tables of the file, and the indexes that the declarations ask for.

Nodes and links are JSON bodies between a few columns that queries need; links point to nodes by ``pk``, which keeps
their indexes small. A link that involves someone in an exchange repeats the exchange's day and direction, so that all
contacts are folded in one pass over one index; a trigger follows edits of the exchange.
``search`` holds one folded line by node, its type first as a token that nobody can type (``_organisation``).
A trigger keeps builds that know no newer digests from writing in a journal that has begun with them.
"""

import sqlite3
import uuid
from collections.abc import Iterator

from crm.store.journal import respelled
from graph_schema.registry import SCHEMA
from graph_schema.types import Field

APPLICATION_ID = int.from_bytes(b"R28s")
"""Tells our files from any other SQLite file (``PRAGMA application_id``)."""

SEARCH = """text, tokenize = "ascii tokenchars '_'", prefix = '1 2 3 4 5', detail = none, columnsize = 0"""
"""How the full-text index is made."""

_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE node (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    revision INTEGER NOT NULL,
    caption TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX by_caption ON node (type, caption, id);

CREATE TABLE link (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES node (pk),
    target INTEGER NOT NULL REFERENCES node (pk),
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    day TEXT,
    direction TEXT,
    valid_from TEXT GENERATED ALWAYS AS (json_extract(body, '$.valid_from')) VIRTUAL,
    valid_to TEXT GENERATED ALWAYS AS (json_extract(body, '$.valid_to')) VIRTUAL
);
CREATE INDEX by_source ON link (source, type, target, valid_from, valid_to);
CREATE INDEX by_target ON link (target, type, source, valid_from, valid_to, day, direction);
CREATE TRIGGER exchange_edited AFTER UPDATE OF body ON node WHEN new.type = 'Exchange' BEGIN
    UPDATE link SET day = json_extract(new.body, '$.on'), direction = json_extract(new.body, '$.direction')
    WHERE source = new.pk AND type = 'Involves'; END;

CREATE VIRTUAL TABLE search USING fts5 (
    {SEARCH}
);

CREATE TABLE commits (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    run TEXT,
    token TEXT NOT NULL UNIQUE,
    changes INTEGER NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    detail TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    salt TEXT NOT NULL DEFAULT '',
    private TEXT NOT NULL DEFAULT ''
);
CREATE INDEX by_run ON commits (run, number) WHERE run IS NOT NULL;
CREATE TRIGGER version_goes_down BEFORE INSERT ON commits
WHEN new.version < (SELECT version FROM commits ORDER BY number DESC LIMIT 1) BEGIN
    SELECT RAISE(ABORT, 'this journal is of a newer version'); END;

CREATE TABLE change (
    number INTEGER NOT NULL REFERENCES commits (number),
    position INTEGER NOT NULL,
    action TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    source TEXT,
    target TEXT,
    revision INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    state TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (number, position)
) WITHOUT ROWID;
CREATE INDEX by_record ON change (id);
"""


_ADDED = (
    ("commits", "version INTEGER NOT NULL DEFAULT 1"),
    ("commits", "salt TEXT NOT NULL DEFAULT ''"),
    ("commits", "private TEXT NOT NULL DEFAULT ''"),
    ("change", "content TEXT NOT NULL DEFAULT ''"),
)
_CONTENTS = (("node", "body"), ("link", "body"), ("commits", "detail"), ("change", "before"), ("change", "after"))


def value_of(field: Field, table: str = "n.") -> str:
    """The SQL expression of a declared field (its name comes from the registry, so it is plain)."""
    return f"json_extract({table}body, '$.{field.name}')"


def create_tables(db: sqlite3.Connection, version: int) -> None:
    """Make an empty database a store with an identity of its own; belongs inside a transaction."""
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
    db.execute("INSERT INTO meta VALUES ('dataset', ?)", (uuid.uuid4().hex,))
    db.execute("INSERT INTO meta VALUES ('derivation', ?)", (SCHEMA.derivation,))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    set_version(db, version)


def modernise(db: sqlite3.Connection) -> None:
    """Bring the tables of an older file to those above, and every content to its canonical text."""
    have = {name for (name,) in db.execute("SELECT name FROM pragma_table_info('commits')")}
    if "version" not in have:
        for table, column in _ADDED:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'version_goes_down'").fetchone():
        db.execute(next(text for text in _TABLES.split(";\n") if "TRIGGER version_goes_down" in text))
    db.create_function("respelled", 1, respelled, deterministic=True)
    for table, column in _CONTENTS:
        db.execute(f"UPDATE {table} SET {column} = respelled({column}) WHERE {column} <> respelled({column})")


def schema_version(db: sqlite3.Connection) -> int:
    """The version of the schema that the file follows."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def set_version(db: sqlite3.Connection, version: int) -> None:
    """Record the schema version and make the derived indexes those of the declarations."""
    db.execute(f"PRAGMA user_version = {int(version)}")
    wanted = dict(_declared_indexes())
    present = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name GLOB 'field_*'"))
    for name in present:
        if wanted.get(name) != present[name]:
            db.execute(f'DROP INDEX "{name}"')
    for name, sql in wanted.items():
        if present.get(name) != sql:
            db.execute(sql)


def _declared_indexes() -> Iterator[tuple[str, str]]:
    """Name and statement of each index that the declarations ask for; lists filtered by one come in caption order."""
    for type in SCHEMA.nodes.values():
        for field in type.fields.values():
            if field.about.unique or field.about.index:
                name = index_name(type.name, field.name)
                kind, rest = ("UNIQUE INDEX", "") if field.about.unique else ("INDEX", ", caption, id")
                yield name, f"CREATE {kind} {name} ON node ({value_of(field, '')}{rest}) WHERE type = '{type.name}'"


def index_name(type: str, field: str) -> str:
    """Name of the index of a declared field; SQLite says it when a unique value is taken."""
    return f"field_{type}_{field}"
