"""Reading the journal."""

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any

from crm.store.journal_kept import change_of, commit_of
from crm.store.protocol import ChangeText, CommitText
from crm.store.sqlite.body import load, scalar
from crm.store.sqlite.records import Records
from crm.store.sqlite.telling import GONE
from graph_schema.records import Change, Commit, NodeRecord, Scalar, Values
from graph_schema.registry import SCHEMA

COMMIT_COLUMNS = ", ".join(CommitText._fields)
CHANGE_COLUMNS = ", ".join(Change._fields)
_TEXT = partial(tuple.__new__, ChangeText)
"""As ``ChangeText._make``, in half the time: a verification makes one of every change."""
_OLD_COMMIT = COMMIT_COLUMNS.replace("version, salt, private", "1, '', ''")
_OLD_CHANGE = CHANGE_COLUMNS.replace("content", "''")


class Journal(Records):
    """The part of a transaction that reads the journal, as files of older schemas keep it too."""

    @cached_property
    def _of_old(self) -> bool:
        return not self._db.execute("SELECT 1 FROM pragma_table_info('commits') WHERE name = 'version'").fetchone()

    @property
    def _commit(self) -> str:
        return f"SELECT {_OLD_COMMIT if self._of_old else COMMIT_COLUMNS} FROM commits"

    @property
    def _change(self) -> str:
        return f"SELECT number, {_OLD_CHANGE if self._of_old else CHANGE_COLUMNS} FROM change"

    def commits(
        self, after: int = 0, limit: int = 100, run: str | None = None, newest_first: bool = False
    ) -> list[Commit]:
        """Commits numbered above ``after``, in order; with ``newest_first`` those below it (0: all), latest first."""
        kept = "number < ?" if newest_first and after else "number > ?"
        parameters: list[Scalar] = [after]
        if run is not None:
            kept += " AND run = ?"
            parameters.append(scalar(run))
        way = "DESC" if newest_first else "ASC"
        rows = self._db.execute(f"{self._commit} WHERE {kept} ORDER BY number {way} LIMIT ?", [*parameters, limit])
        return [commit_of(row) for row in rows]

    def commit_texts(self) -> Iterator[CommitText]:
        """Every commit as it is kept, streamed in order of numbers."""
        return map(CommitText._make, self._db.execute(f"{self._commit} ORDER BY number"))

    def change_texts(self) -> Iterator[ChangeText]:
        """Every change as it is kept, streamed in order of commits and positions."""
        return map(_TEXT, self._db.execute(f"{self._change} ORDER BY number, position"))

    def commit_by_token(self, token: str) -> Commit | None:
        """The commit that bears this token, if it was written."""
        row = self._db.execute(f"{self._commit} WHERE token = ?", (scalar(token),)).fetchone()
        return commit_of(row) if row else None

    def changes(self, first: int, last: int) -> Iterator[tuple[int, Change]]:
        """The changes of the commits ``first`` to ``last``, streamed in order, each with its commit's number."""
        rows = self._db.execute(f"{self._change} WHERE number BETWEEN ? AND ? ORDER BY number, position", (first, last))
        return ((row[0], change_of(row[1:])) for row in rows)

    def history(self, id: str, limit: int = 1000) -> list[tuple[Commit, Change]]:
        """The changes of one record (node or link), newest first, each with its commit."""
        rows = self._db.execute(
            f"{self._change} WHERE id = ? ORDER BY number DESC, position DESC LIMIT ?", (scalar(id), limit)
        ).fetchall()
        commits: dict[Any, Commit] = {}
        for number in {row[0] for row in rows}:
            commit = self._db.execute(f"{self._commit} WHERE number = ?", (number,)).fetchone()
            if commit:  # none for a change that was put elsewhere
                commits[number] = commit_of(commit)
        return [(commits[row[0]], change_of(row[1:])) for row in rows if row[0] in commits]

    def deleted(self, type: str) -> list[NodeRecord]:
        """The nodes of ``type`` that are no more, each as it was last."""
        rows = self._db.execute(
            f"SELECT id, revision, before FROM change INDEXED BY by_record WHERE id IN ({GONE})"
            " AND type = ? AND action = 'delete' AND before IS NOT NULL ORDER BY number, position",
            (SCHEMA.nodes[type].name,),
        )
        last = {
            id: NodeRecord(id, type, revision, values) for id, revision, before in rows if (values := _told(before))
        }
        return list(last.values())


def _told(text: str) -> Values | None:
    """A content; None for one that is not as we write it: what was altered is for digests to tell."""
    try:
        values = load(text)
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
