"""Undo: take back a run or a commit by new commits, and say what was kept because it has changed since."""

from collections.abc import Callable
from typing import NamedTuple

from crm.errors import InputError, NotFound
from crm.network import Network
from crm.rights import Right, readable
from crm.work import UnitOfWork
from graph_schema.records import Change, Commit, NodeRecord, Values
from graph_schema.registry import SCHEMA

SOURCE = "undo"
Progress = Callable[[int, int], None]


class Kept(NamedTuple):
    """A change that was not taken back: the record's id and caption, and why (French)."""

    id: str
    caption: str
    reason: str


class UndoReport(NamedTuple):
    """What an undo did: the id of its own run, how many changes were reversed, and which were kept.

    ``commit`` is the one that took back a single commit, None when nothing changed.
    """

    run: str
    reversed: int
    kept: list[Kept]
    commit: Commit | None = None


def undo(network: Network, run: str, progress: Progress = lambda done, total: None) -> UndoReport:
    """Take back the run ``run``, newest commit first, each by one new commit.

    Interrupted, it can be called again: commits already taken back are passed over. A record edited since keeps the
    edits: only the fields that still hold what the run wrote go back. Raises ``NotFound`` for an unknown run,
    ``InputError`` for one that has already been taken back.
    """
    commits = network.read(lambda tx: tx.commits(run=run, limit=10**9), Right.IMPORT)
    if not commits:
        raise NotFound(f"Aucun import ne porte le numéro {run} : « reseau28 imports » les énumère.", field="run")
    own_run = f"undo-{run}"
    done = network.read(lambda tx: tx.commits(run=own_run, limit=10**9), Right.IMPORT)
    undone = {c.detail.get("undoes") for c in done}
    todo = [c for c in reversed(commits) if c.changes and c.number not in undone]
    if not todo:
        raise InputError(f"L'import {run} a déjà été annulé.", field="run")
    report = UndoReport(own_run, 0, [])
    for index, commit in enumerate(todo):
        one = undo_commit(network, commit, run=own_run)
        report.kept.extend(one.kept)
        report = report._replace(reversed=report.reversed + one.reversed)
        progress(index + 1, len(todo))
    return report


def undo_commit(network: Network, commit: Commit, run: str | None = None, reason: str = "") -> UndoReport:
    """Take back one commit by a new one; the journal gives ``reason`` for it, or says what it takes back."""

    def work(unit: UnitOfWork) -> tuple[int, list[Kept]]:
        changes = [change for _, change in unit.tx.changes(commit.number, commit.number)]
        return _Reversal(unit, changes).apply()

    committed = network.commit(
        reason or f"Annulation : {commit.reason}",
        work,
        source=SOURCE,
        run=run,
        detail={"undoes": commit.number},
        right=Right.IMPORT if run else Right.EDIT,
    )
    count, kept = committed.value
    return UndoReport(run or "", count, kept, committed.commit)


class _Reversal:
    """The changes of one commit, taken back within one unit of work."""

    def __init__(self, unit: UnitOfWork, changes: list[Change]) -> None:
        self.unit = unit
        self.changes = sorted(changes, key=_links_of_created_first, reverse=True)
        self.kept: list[Kept] = []
        self.reversed = 0
        nodes = [c.id for c in changes if c.source is None]
        unit.preload(nodes=nodes, links=[c.id for c in changes if c.source is not None])
        born = {c.id for c in changes if c.action == "create"}
        made = [c.id for c in changes if c.action == "create" and c.source is None]
        self.held = {
            end
            for link in (unit.tx.links_of(made) if made else ())
            if link.id not in born
            for end in (link.source, link.target)
        }

    def apply(self) -> tuple[int, list[Kept]]:
        """Reverse each change: deletions and updates first, then what was created, links before nodes."""
        gone: list[str] = []
        for change in self.changes:
            if change.action == "create":
                if self._may_go(change):
                    gone.append(change.id)
            elif change.action == "update":
                self._put_back_fields(change)
            else:
                self._bring_back(change)
        self.unit.delete(gone)
        self.reversed += len(gone)
        return self.reversed, self.kept

    def _may_go(self, change: Change) -> bool:
        current = self.unit.node(change.id) if change.source is None else self.unit.link(change.id)
        if current is None:
            return False
        if change.after is not None and current.values != change.after:
            self._keep(change, current.values, "modifiée depuis")
            return False
        if change.source is None and change.id in self.held:
            self._keep(change, current.values, "reliée depuis à d'autres fiches")
            return False
        return True

    def _put_back_fields(self, change: Change) -> None:
        current = self.unit.node(change.id) if change.source is None else self.unit.link(change.id)
        if current is None:
            return
        after, before = change.after or {}, change.before or {}
        touched = dict.fromkeys((*before, *after))
        edited = [f for f in touched if current.values.get(f) != after.get(f)]
        patch = {f: before.get(f) for f in touched if f not in edited}
        if patch:
            self.unit.update(change.id, patch)
            self.reversed += 1
        if edited:
            fields = SCHEMA.type(change.type).fields
            names = ", ".join(fields[f].about.label for f in edited if f in fields)
            self._keep(change, current.values, f"modifiée depuis ({names})")

    def _bring_back(self, change: Change) -> None:
        exists = self.unit.node(change.id) if change.source is None else self.unit.link(change.id)
        if exists or change.before is None or self._is_hidden(change, change.before):
            return
        if change.source is None:
            self.unit.create(change.type, change.before, id=change.id, revision=change.revision + 1)
        elif change.target and self.unit.node(change.source) and self.unit.node(change.target):
            self.unit.connect(
                change.type, change.source, change.target, change.before, id=change.id, revision=change.revision + 1
            )
        else:
            self._keep(change, change.before, "une de ses extrémités n'existe plus")
            return
        self.reversed += 1

    def _is_hidden(self, change: Change, values: Values) -> bool:
        """Whether what would come back is a private view of someone else: it stays deleted, without a word."""
        actor, record = self.unit.actor, NodeRecord(change.id, change.type, change.revision, values)
        return actor is not None and not readable(record, actor)

    def _keep(self, change: Change, values: Values, reason: str) -> None:
        node = SCHEMA.nodes.get(change.type)
        label = node.caption(values) if node else SCHEMA.links[change.type].about.label
        self.kept.append(Kept(change.id, label, reason))


def _links_of_created_first(change: Change) -> tuple[bool, int]:
    """Sort key, read backwards: deleted nodes come back before their links."""
    return (change.source is None, change.position)
