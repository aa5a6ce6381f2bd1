"""Undo: take back a run or a commit by new commits, and say what was kept because it has changed since."""

from collections.abc import Callable
from typing import NamedTuple

from crm.errors import ConflictError, InputError, NotFound
from crm.network import Network
from crm.network.rights import Right, readable
from crm.network.shared import shared
from crm.network.work import UnitOfWork
from crm.store import history
from crm.store.journal import unnamed
from crm.store.protocol import ReadTransaction
from graph_schema.records import Change, Commit, NodeRecord, Scalar, Values
from graph_schema.registry import SCHEMA

SOURCE = "undo"
Progress = Callable[[int, int], None]


class NotUndone(NamedTuple):
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
    kept: list[NotUndone]
    commit: Commit | None = None


def undo(network: Network, run: str, progress: Progress = lambda done, total: None) -> UndoReport:
    """Take back the run ``run``, newest commit first, each by one new commit.

    Interrupted, it can be called again. A record edited since keeps the edits: only the fields that still hold what the
    run wrote go back; once those edits are taken back too, what stayed can be. A run that is still being written stops
    at its next commit (``stop_if_undone``), and what it wrote meanwhile is taken back too. Raises ``NotFound`` for an
    unknown run, ``InputError`` for one of which nothing is left to take back.
    """
    own_run = f"undo-{run}"
    report, seen = UndoReport(own_run, 0, []), 0
    while todo := _written_by(network, run, seen):
        for index, (commit, again) in enumerate(todo):
            one = undo_commit(network, commit, run=own_run, again=again)
            report.kept.extend(one.kept)
            report = report._replace(reversed=report.reversed + one.reversed)
            progress(index + 1, len(todo))
        seen = max(commit.number for commit, _ in todo)
    if not seen:
        raise NotFound(f"Aucun import ne porte le numéro {run} : « reseau28 imports » les énumère.", field="run")
    if not report.reversed and not report.kept:
        raise InputError(f"L'import {run} a déjà été annulé.", field="run")
    return report


def _written_by(network: Network, run: str, after: int) -> list[tuple[Commit, bool]]:
    """The commits of a run above ``after``, newest first, each with whether it is taken back already."""

    def work(tx: ReadTransaction) -> list[tuple[Commit, bool]]:
        commits = tx.commits(after=after, run=run, limit=10**9)
        undone = taken_back(tx, commits[0].number) if commits else {}
        return [(commit, commit.number in undone) for commit in reversed(commits)]

    return network.read(work, Right.IMPORT)


def taken_back(tx: ReadTransaction, since: int = 1) -> dict[int, int]:
    """The commits from ``since`` on that are taken back as things stand, each with how many changes were kept then.

    A commit whose undoing was itself undone is not among them.
    """
    undoings = [c for c in history.commits(tx, since) if c.source == SOURCE and "undoes" in c.detail]
    found: dict[int, int] = {}
    for undoing in reversed(undoings):  # whatever takes one back comes after it
        if undoing.number not in found:
            found.setdefault(int(undoing.detail["undoes"]), int(undoing.detail.get("kept", 0)))
    return found


def stop_if_undone(tx: ReadTransaction, run: str, since: int) -> None:
    """Raise ``ConflictError`` if the run ``run`` was taken back by a commit above ``since``: nothing is added to it."""
    newest = tx.commits(run=f"undo-{run}", limit=1, newest_first=True)
    if newest and newest[0].number > since:
        raise ConflictError(
            f"L'import {run} a été annulé par {newest[0].by} pendant qu'il était en cours : il s'est arrêté.",
            code="undone",
        )


def undo_commit(
    network: Network, commit: Commit, run: str | None = None, reason: str = "", *, again: bool = False
) -> UndoReport:
    """Take back one commit by a new one; the journal gives ``reason`` for it, or says what it takes back.

    With ``again``, only what stayed when it was taken back before.
    """
    detail: dict[str, Scalar] = {"undoes": commit.number}

    def work(unit: UnitOfWork) -> tuple[int, list[NotUndone]]:
        changes = [c for _, c in unit.tx.changes(commit.number, commit.number) if c.action != "redact"]
        count, kept = _Reversal(unit, [c for c in changes if not again or c.action != "delete"]).apply()
        detail["kept"] = len(kept)
        return count, kept

    committed = network.commit(
        reason or f"Annulation : {unnamed(commit)}",
        work,
        source=SOURCE,
        run=run,
        detail=detail,
        right=Right.IMPORT if run else Right.EDIT,
    )
    count, kept = committed.value
    return UndoReport(run or "", count, kept, committed.commit)


class _Reversal:
    """The changes of one commit, taken back within one unit of work."""

    def __init__(self, unit: UnitOfWork, changes: list[Change]) -> None:
        self.unit = unit
        self.changes = sorted(changes, key=_links_of_created_first, reverse=True)
        self.kept: list[NotUndone] = []
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

    def apply(self) -> tuple[int, list[NotUndone]]:
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
        back = {f for f in touched if current.values.get(f) == before.get(f)}
        edited = [f for f in touched if f not in back and current.values.get(f) != after.get(f)]
        patch = {f: before.get(f) for f in touched if f not in back and f not in edited}
        if SCHEMA.type(change.type).vouched & {*patch, *edited}:
            self._keep(change, current.values, "ce que Réseau 28 a établi ne s'annule pas")
            return
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
            values = self._as_vouched(change, change.before)
            self.unit.create(change.type, values, id=change.id, revision=change.revision + 1, vouched=True)
        elif change.target and self.unit.node(change.source) and self.unit.node(change.target):
            self.unit.connect(
                change.type, change.source, change.target, change.before, id=change.id, revision=change.revision + 1
            )
        else:
            self._keep(change, change.before, "une de ses extrémités n'existe plus")
            return
        self.reversed += 1

    def _as_vouched(self, change: Change, values: Values) -> Values:
        """What comes back, with what the product answers for as it was last: its file may be gone since."""
        kind = SCHEMA.type(change.type)
        vouched = kind.vouched
        if not vouched:
            return values
        last = next((c.before for _, c in self.unit.tx.history(change.id) if c.action == "delete"), None) or values
        found = {**{k: v for k, v in values.items() if k not in vouched}, **{k: last[k] for k in vouched & last.keys()}}
        ours = [each.name for each in kind.fields_with("shared") if each.name in found]
        return {**found, **{name: shared(self.unit.tx, kind.name, name) or found[name] for name in ours}}

    def _is_hidden(self, change: Change, values: Values) -> bool:
        """Whether what would come back is a private view of someone else: it stays deleted, without a word."""
        actor, record = self.unit.actor, NodeRecord(change.id, change.type, change.revision, values)
        return actor is not None and not readable(record, actor)

    def _keep(self, change: Change, values: Values, reason: str) -> None:
        node = SCHEMA.nodes.get(change.type)
        label = node.caption(values) if node else SCHEMA.links[change.type].about.label
        self.kept.append(NotUndone(change.id, label, reason))


def _links_of_created_first(change: Change) -> tuple[bool, int]:
    """Sort key, read backwards: deleted nodes come back before their links."""
    return (change.source is None, change.position)
