"""The journal: ``(:Commit)`` and ``(:Change)`` nodes, and the head on the one ``(:Store)`` node. No relationships."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import chain, groupby
from typing import Any

from crm.errors import ConflictError
from crm.store.journal import canonical, emptied_token, respelled
from crm.store.journal_kept import NO_CHANGE, NO_COMMIT, change_of, commit_of
from crm.store.neo4j.query import Row, Runner, batches
from crm.store.protocol import ChangeText, CommitText, Latest
from graph_schema.records import Change, Commit, Head, NodeRecord
from graph_schema.registry import SCHEMA

STORE = "(s:Store {application: 'reseau28'})"
"""The pattern of the node that makes a database ours."""

TAKE_TURN = f"MATCH {STORE} SET s.turn = 0"
"""Waits until no other transaction holds the turn, and holds it until this one ends: Neo4j locks a node before it
compares the value that is set with the one that is there.
"""

_CHANGE = "c.commit, properties(c)"
_COMMIT_TEXT = ", ".join(f"k.{name}" for name in CommitText._fields)
_CHANGE_TEXT = ", ".join(f"c.{name}" for name in ("commit", *ChangeText._fields[1:]))
_MODERN: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("Commit", ("detail",), {"version": 1, "salt": "", "private": ""}),
    ("Change", ("before", "after"), {"content": ""}),
)
"""What nodes of version 1 are given: their contents spelt anew, and the properties that they had not."""

_AT_ONCE = 20_000
"""So many of them in one transaction."""


class JournalReading(Runner):
    """See ``ReadTransaction``."""

    def head(self) -> Head:
        """The newest commit's number and digest."""
        number, digest = self.one(f"MATCH {STORE} RETURN s.number, s.digest")
        return Head(number if number.__class__ is int else 0, str(digest))

    def commits(
        self, after: int = 0, limit: int = 100, run: str | None = None, newest_first: bool = False
    ) -> list[Commit]:
        """Commits above ``after`` in order, or below it from the latest."""
        beyond, way, bound = ("<", "DESC", after or sys.maxsize) if newest_first else (">", "ASC", after)
        of_run = " AND k.run = $run" if run is not None else ""
        text = (
            f"MATCH (k:Commit) WHERE k.number {beyond} $bound{of_run} "
            f"RETURN properties(k) ORDER BY k.number {way} LIMIT $limit"
        )
        rows = self.run(text, bound=bound, limit=limit, run=run)
        # A number that is none of ours compares, and is read as 0: whoever pages by numbers would begin again for ever.
        return [_commit(found) for (found,) in rows if found["number"].__class__ is int]

    def commit_texts(self) -> Iterator[CommitText]:
        """Every commit as it is kept, streamed in order of numbers."""
        ours = "k.number IS NOT NULL OR k.token IS NOT NULL"
        found = self.run(f"MATCH (k:Commit) WHERE {ours} RETURN {_COMMIT_TEXT} ORDER BY k.number")
        return (CommitText(*row[:11], *_as_of_version_1(row[11:], (1, "", ""))) for row in found)

    def change_texts(self) -> Iterator[ChangeText]:
        """Every change as it is kept, streamed in order of commits and positions."""
        known = self.run(f"MATCH (c:Change) WHERE c.commit >= 0 RETURN {_CHANGE_TEXT} ORDER BY c.commit, c.position")
        ours = "c.commit IS NOT NULL OR c.digest IS NOT NULL"
        other = self.run(f"MATCH (c:Change) WHERE (c.commit >= 0) IS NULL AND ({ours}) RETURN {_CHANGE_TEXT}")
        return (ChangeText(*row[:13], *_as_of_version_1(row[13:], ("",))) for row in chain(known, other))

    def commit_by_token(self, token: str) -> Commit | None:
        """The commit that bears this token."""
        rows = self.run("MATCH (k:Commit {token: $token}) RETURN properties(k)", token=token)
        return next((_commit(row[0]) for row in rows), None)

    def changes(self, first: int, last: int) -> Iterator[tuple[int, Change]]:
        """The changes of some commits, streamed in order."""
        text = (
            "MATCH (c:Change) WHERE c.commit >= $first AND c.commit <= $last AND c.position IS NOT NULL "
            f"RETURN {_CHANGE} ORDER BY c.commit, c.position"
        )
        return map(_change, self.run(text, first=first, last=last))

    def history(self, id: str, limit: int = 1000) -> list[tuple[Commit, Change]]:
        """The changes of one record, newest first, each with its commit."""
        text = (
            f"MATCH (c:Change) WHERE c.id = $id AND c.commit IS NOT NULL AND c.position IS NOT NULL WITH c "
            f"ORDER BY c.commit DESC, c.position DESC LIMIT $limit MATCH (k:Commit {{number: c.commit}}) "
            f"RETURN properties(k), {_CHANGE} ORDER BY c.commit DESC, c.position DESC"
        )
        return [(_commit(row[0]), _change(row[1:])[1]) for row in self.run(text, id=id, limit=limit)]

    def deleted(self, type: str) -> list[NodeRecord]:
        """The nodes of ``type`` that are no more, each as it was last."""
        text = (
            "MATCH (c:Change) WHERE c.type = $type AND c.action = 'delete' AND c.before IS NOT NULL AND c.commit >= 0 "
            f"RETURN {_CHANGE} ORDER BY c.commit, c.position"
        )
        last = {change.id: change for _, change in map(_change, self.run(text, type=SCHEMA.nodes[type].name))}
        here = self.run("MATCH (n:Record) WHERE n.id IN $ids RETURN n.id", ids=list(last)) if last else ()
        for (id,) in here:
            del last[id]
        return [NodeRecord(id, type, each.revision, each.before) for id, each in last.items() if each.before]

    def latest_changes(self) -> Iterator[Latest]:
        """The newest change of every record. The index gives them record by record, so that nothing is sorted."""
        rows = self.run(
            "MATCH (c:Change) WHERE c.id >= '' AND c.commit IS NOT NULL AND c.position IS NOT NULL "
            "RETURN c.id, c.commit, c.action, c.revision, c.state, c.salt ORDER BY c.id, c.commit, c.position"
        )
        for _, changes in groupby(rows, key=lambda row: row[0]):
            *_, latest = changes
            yield Latest(*latest)


class JournalWriting(JournalReading):
    """See ``WriteTransaction``."""

    def append(self, commit: Commit, changes: Sequence[Change]) -> None:
        """Append a commit that follows the head."""
        head = self.head()
        if (commit.number, commit.previous) != (head.number + 1, head.digest) or self.commit_by_token(commit.token):
            raise ConflictError("Le journal a changé entre-temps : rien n'a été enregistré, recommencez.")
        properties = {field.name: getattr(commit, field.name) for field in fields(commit)}
        self.do("CREATE (k:Commit) SET k = $commit", commit={**properties, "detail": _json(dict(commit.detail))})
        for batch in batches(changes):
            rows = [_change_properties(commit.number, change) for change in batch]
            self.do("UNWIND $rows AS row CREATE (c:Change) SET c = row", rows=rows)
        self.do(f"MATCH {STORE} SET s.number = $number, s.digest = $digest", number=commit.number, digest=commit.digest)

    def redact(self, number: int, position: int | None) -> None:
        """Empty the values and the salt of a change, or the second part of a commit."""
        if position is not None:
            text = "MATCH (c:Change {commit: $number, position: $position}) SET c.salt = '', c.before = null"
            self.do(f"{text}, c.after = null", number=number, position=position)
            return
        self.do("MATCH (k:Commit {number: $number}) SET k.reason = '', k.detail = '{}', k.salt = ''", number=number)
        emptied = "MATCH (k:Commit {number: $number}) WHERE k.version > 1 SET k.run = null, k.token = $token"
        self.do(emptied, number=number, token=emptied_token(number))

    def modernise(self) -> bool:
        """Give commits and changes of version 1 what later ones have, and their contents the canonical spelling."""
        more = False
        for label, contents, added in _MODERN:
            wanted = f"MATCH (n:{label}) WHERE n.digest IS NOT NULL AND n.{next(iter(added))} IS NULL"
            kept = ", ".join(f"n.{name}" for name in contents)
            rows = [
                {"id": id, "set": {**added, **dict(zip(contents, map(respelled, texts), strict=True))}}
                for id, *texts in self.run(f"{wanted} RETURN elementId(n), {kept} LIMIT $most", most=_AT_ONCE)
            ]
            for batch in batches(rows):
                self.do("UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row.id SET n += row.set", rows=batch)
            more = more or len(rows) == _AT_ONCE
        return more


def _as_of_version_1(row: Row, nothing: Row) -> Row:
    """What later versions add to a commit or a change, where an older build wrote none of it."""
    return nothing if all(value is None for value in row) else row


def _commit(properties: dict[str, Any]) -> Commit:
    return commit_of(map(properties.get, NO_COMMIT))


def _change_properties(commit: int, change: Change) -> dict[str, Any]:
    before, after = _json(change.before), _json(change.after)
    return {**change._asdict(), "commit": commit, "before": before, "after": after}


def _change(row: Row) -> tuple[int, Change]:
    commit, properties = row
    return commit, change_of(map(properties.get, NO_CHANGE))


def _json(values: Any) -> str | None:
    return None if values is None else canonical(values)
