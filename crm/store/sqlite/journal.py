"""Reading the journal."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from crm.store.sqlite.body import load, scalar
from crm.store.sqlite.records import Records
from graph_schema.records import Change, Commit, Scalar

COMMIT_COLUMNS = "number, at, author, reason, source, run, token, changes, previous, digest, detail"
CHANGE_COLUMNS = "position, action, id, type, source, target, revision, before, after, state, salt, digest"
_COMMIT = f"SELECT {COMMIT_COLUMNS} FROM commits"
_CHANGE = f"SELECT number, {CHANGE_COLUMNS} FROM change"


class Journal(Records):
    """The part of a transaction that reads the journal."""

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
        rows = self._db.execute(f"{_COMMIT} WHERE {kept} ORDER BY number {way} LIMIT ?", [*parameters, limit])
        return [_commit(row) for row in rows]

    def commit_by_token(self, token: str) -> Commit | None:
        """The commit that bears this token, if it was written."""
        row = self._db.execute(f"{_COMMIT} WHERE token = ?", (scalar(token),)).fetchone()
        return _commit(row) if row else None

    def changes(self, first: int, last: int) -> Iterator[tuple[int, Change]]:
        """The changes of the commits ``first`` to ``last``, streamed in order, each with its commit's number."""
        rows = self._db.execute(f"{_CHANGE} WHERE number BETWEEN ? AND ? ORDER BY number, position", (first, last))
        return ((row[0], _change(row[1:])) for row in rows)

    def history(self, id: str, limit: int = 1000) -> list[tuple[Commit, Change]]:
        """The changes of one record (node or link), newest first, each with its commit."""
        rows = self._db.execute(
            f"{_CHANGE} WHERE id = ? ORDER BY number DESC, position DESC LIMIT ?", (scalar(id), limit)
        ).fetchall()
        commits: dict[int, Commit] = {}
        for number in {row[0] for row in rows}:
            commits[number] = _commit(self._db.execute(f"{_COMMIT} WHERE number = ?", (number,)).fetchone())
        return [(commits[row[0]], _change(row[1:])) for row in rows]

    def latest_changes(self) -> Iterator[tuple[str, str, int, str]]:
        """For every record in the journal: ``(id, action, revision, state)`` of its newest change, streamed."""
        rows = self._db.execute(
            "SELECT id, action, revision, state FROM change INDEXED BY by_record ORDER BY id, number, position"
        )
        for _, changes in groupby(rows, key=itemgetter(0)):
            *_, latest = changes
            yield latest


def _commit(row: tuple[Any, ...]) -> Commit:
    return Commit(*(*row[:-1], load(row[-1])))


def _change(row: tuple[Any, ...]) -> Change:
    position, action, id, type, source, target, revision, before, after, state, salt, digest = row
    return Change(
        position, action, id, type, source, target, revision, before and load(before), after and load(after),
        state, salt, digest,
    )  # fmt: skip
