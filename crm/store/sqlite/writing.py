"""Writing: records with their search lines, and the journal."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from crm.errors import ConflictError, DuplicateKey, NotFound, Reseau28Error
from crm.store.journal import emptied_token
from crm.store.sqlite.body import array, dump
from crm.store.sqlite.journal import CHANGE_COLUMNS, COMMIT_COLUMNS
from crm.store.sqlite.reading import Reading
from crm.store.sqlite.schema import index_name, modernise, set_version, value_of
from crm.store.sqlite.search import line_of
from graph_schema.organisations import Organisation
from graph_schema.records import Change, Commit, LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_ADD_NODE = "INSERT INTO node (type, revision, caption, body, id) VALUES (?, ?, ?, ?, ?)"
_REPLACE_NODE = "UPDATE node SET type = ?, revision = ?, caption = ?, body = ? WHERE id = ?"
_SAVE_LINK = """INSERT INTO link (id, type, source, target, revision, body, day, direction)
SELECT ?1, ?2, s.pk, t.pk, ?5, ?6,
       CASE WHEN ?2 = 'Involves' THEN json_extract(s.body, '$.on') END,
       CASE WHEN ?2 = 'Involves' THEN json_extract(s.body, '$.direction') END
FROM (SELECT 1) LEFT JOIN node AS s ON s.id = ?3 LEFT JOIN node AS t ON t.id = ?4 WHERE TRUE
ON CONFLICT (id) DO UPDATE
SET type = excluded.type, source = excluded.source, target = excluded.target, revision = excluded.revision,
    body = excluded.body, day = excluded.day, direction = excluded.direction"""
_FORGET = "DELETE FROM search WHERE rowid = (SELECT pk FROM node WHERE id = ?)"
_APPEND_COMMIT = f"INSERT INTO commits ({COMMIT_COLUMNS}) VALUES ({', '.join('?' * 14)})"
_APPEND_CHANGE = f"INSERT INTO change (number, {CHANGE_COLUMNS}) VALUES ({', '.join('?' * 14)})"


_EMPTY_CHANGE = "UPDATE change SET before = NULL, after = NULL, salt = '' WHERE number = ? AND position = ?"
_EMPTY_COMMIT = "UPDATE commits SET run = NULL, token = ? WHERE number = ? AND version > 1"


class Writing(Reading):
    """The only writer at its moment. ``failure`` is the first error of one of its writes."""

    failure: BaseException | None = None
    new_schema = False

    def save(self, nodes: Sequence[NodeRecord] = (), links: Sequence[LinkRecord] = ()) -> None:
        """Create or replace these records, search index included."""
        with self._all_or_nothing():
            if nodes:
                self._save_nodes(nodes)
            if links:
                self._save_links(links)

    def remove(self, nodes: Collection[str] = (), links: Collection[str] = ()) -> None:
        """Remove these records, links first; absent ids are ignored."""
        with self._all_or_nothing():
            self._db.execute("DELETE FROM link WHERE id IN (SELECT value FROM json_each(?))", (array(links),))
            self._db.executemany(_FORGET, ((id,) for id in nodes))
            try:
                self._db.execute("DELETE FROM node WHERE id IN (SELECT value FROM json_each(?))", (array(nodes),))
            except sqlite3.IntegrityError:
                raise self._still_linked(nodes) from None

    def append(self, commit: Commit, changes: Sequence[Change]) -> None:
        """Append to the journal. Raises ``ConflictError`` unless ``commit`` follows the head: number and digest."""
        with self._all_or_nothing():
            head = self.head()
            if (commit.number, commit.previous) != (head.number + 1, head.digest) or self.commit_by_token(commit.token):
                raise ConflictError("Le journal a changé entre-temps : rien n'a été enregistré, recommencez.")
            self._db.execute(_APPEND_COMMIT, (
                commit.number, commit.at, commit.author, commit.reason, commit.source, commit.run, commit.token,
                commit.changes, commit.previous, commit.digest, dump(dict(commit.detail)), commit.version, commit.salt,
                commit.private,
            ))  # fmt: skip
            self._db.executemany(_APPEND_CHANGE, (
                (commit.number, c.position, c.action, c.id, c.type, c.source, c.target, c.revision,
                 None if c.before is None else dump(c.before), None if c.after is None else dump(c.after),
                 c.state, c.salt, c.digest, c.content)
                for c in changes
            ))  # fmt: skip

    def redact(self, number: int, position: int | None) -> None:
        """Empty the values and the salt of a change, or (without ``position``) the second part of a commit."""
        with self._all_or_nothing():
            if position is not None:
                self._db.execute(_EMPTY_CHANGE, (number, position))
                return
            self._db.execute("UPDATE commits SET reason = '', detail = '{}', salt = '' WHERE number = ?", (number,))
            self._db.execute(_EMPTY_COMMIT, (emptied_token(number), number))

    def modernise(self) -> bool:
        """Bring the tables and the spelling of contents of an older file to those of this schema."""
        with self._all_or_nothing():
            modernise(self._db)
        self.new_schema = True
        return False

    def set_schema_version(self, version: int) -> None:
        """Record that the data now follow this version of the schema; the indexes follow the declarations."""
        with self._all_or_nothing():
            set_version(self._db, version)
        self.new_schema = True

    def set_derivation(self, mark: str) -> None:
        """Record by which rules what search finds has been made."""
        with self._all_or_nothing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('derivation', ?)", (mark,))

    def set_dataset(self, dataset: str) -> None:
        """Take over the identity of the store that this one is a copy of."""
        with self._all_or_nothing():
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'dataset'", (dataset,))

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """A write that fails dooms the transaction."""
        try:
            yield
        except BaseException as error:
            self.failure = self.failure or error
            raise

    def _save_nodes(self, nodes: Sequence[NodeRecord]) -> None:
        rows: dict[str, tuple[str, int, str, str, str]] = {}
        lines: dict[str, str] = {}
        for id, type, revision, values in nodes:
            declared = SCHEMA.nodes[type]
            rows[id] = (type, revision, fold(declared.caption(values)), dump(values, type), id)
            lines[id] = line_of(type, values)
        known: dict[str, str | None] = dict(self._db.execute(
            "SELECT n.id, s.text FROM node AS n LEFT JOIN search AS s ON s.rowid = n.pk"
            " WHERE n.id IN (SELECT value FROM json_each(?))", (array(lines),),
        ))  # fmt: skip
        try:  # two statements, since one that does both takes half as long again; what is given up is free to be taken
            self._db.executemany(_REPLACE_NODE, (row for id, row in rows.items() if id in known))
            self._db.executemany(_ADD_NODE, (row for id, row in rows.items() if id not in known))
        except sqlite3.IntegrityError as error:
            raise self._taken(nodes, error) from error
        self._db.executemany(_FORGET, ((id,) for id, line in known.items() if line and line != lines[id]))
        self._db.executemany(
            "INSERT INTO search (rowid, text) VALUES ((SELECT pk FROM node WHERE id = ?), ?)",
            ((id, line) for id, line in lines.items() if line and line != known.get(id)),
        )

    def _save_links(self, links: Sequence[LinkRecord]) -> None:
        try:
            self._db.executemany(
                _SAVE_LINK,
                ((id, SCHEMA.links[type].name, source, target, revision, dump(values, type))
                 for id, type, source, target, revision, values in links),
            )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise self._dangling(links) or error from None

    def _taken(self, nodes: Sequence[NodeRecord], error: sqlite3.IntegrityError) -> Reseau28Error | sqlite3.Error:
        """Which unique value of ``nodes`` is taken, and by whom."""
        for record in nodes:
            declared = SCHEMA.nodes[record.type]
            for field in declared.fields_with("unique"):
                if field.name not in record.values or index_name(record.type, field.name) not in str(error):
                    continue
                value = record.values[field.name]
                row = self._db.execute(
                    f"SELECT n.id, n.body FROM node AS n WHERE n.type = '{declared.name}'"
                    f" AND {value_of(field)} = ? AND n.id <> ?", (value, record.id),
                ).fetchone()  # fmt: skip
                if row:
                    name = declared.caption(self.get([row[0]])[row[0]].values)
                    return DuplicateKey(
                        f"Le champ « {field.about.label} » vaut « {value} », déjà porté par « {name} » : corrigez-le ou"
                        " modifiez la fiche existante.",
                        field=field.name,
                        existing=row[0],
                    )
        return error

    def _dangling(self, links: Sequence[LinkRecord]) -> NotFound | None:
        ends = {end for record in links for end in (record.source, record.target)}
        known = {id for (id,) in self._db.execute(
            "SELECT id FROM node WHERE id IN (SELECT value FROM json_each(?))", (array(ends),)
        )}  # fmt: skip
        missing = min(ends - known, default=None)
        if missing is None:
            return None
        return NotFound(f"Ce lien mène à une fiche qui n'existe pas ou plus ({missing}) : choisissez-en une autre.")

    def _still_linked(self, nodes: Collection[str]) -> ConflictError:
        row = self._db.execute(
            "SELECT n.id FROM node AS n WHERE n.id IN (SELECT value FROM json_each(?)) AND EXISTS"
            " (SELECT 1 FROM link AS l WHERE l.source = n.pk UNION ALL SELECT 1 FROM link AS l WHERE l.target = n.pk)"
            " ORDER BY n.id", (array(nodes),),
        ).fetchone()  # fmt: skip
        name = SCHEMA.nodes[Organisation.TYPE].about.label if row is None else self._caption(row[0])
        return ConflictError(f"« {name} » a encore des liens : retirez-les avant de supprimer la fiche.")

    def _caption(self, id: str) -> str:
        record = self.get([id])[id]
        return SCHEMA.nodes[record.type].caption(record.values)
