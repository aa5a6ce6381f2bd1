"""The unit of work, the only thing that writes: it collects what an act changes and turns it into one commit."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from crm.errors import Forbidden, InputError, NotFound, StaleRevision
from crm.network.identity import check_id, new_id
from crm.network.rights import Actor, Right, changeable, readable
from crm.network.validation import clean
from crm.store.history import at_revision
from crm.store.journal import Intent, change_between, follow, redaction, sealing
from crm.store.protocol import WriteTransaction
from graph_schema.committees import are_validated
from graph_schema.records import Change, Commit, LinkRecord, NodeRecord, Record, Values
from graph_schema.registry import SCHEMA


class _Draft(NamedTuple):
    before: Record | None
    after: Record | None


class UnitOfWork:
    """What one act changes, from the images before to those after. Nothing reaches the store before ``flush``.

    A record touched several times gives one change; a record brought back to what it was gives none. ``tx`` may be read
    freely (it does not see what is pending; ``node`` and ``link`` do). What ``actor`` may not read is as if it were not
    there, and what is not theirs to change cannot be changed (``crm.network.rights``); without an actor everything can.
    """

    def __init__(self, tx: WriteTransaction, actor: Actor | None = None) -> None:
        self.tx, self.actor = tx, actor
        self._nodes: dict[str, _Draft] = {}
        self._links: dict[str, _Draft] = {}
        self._redacted: list[tuple[int, int | None]] = []
        self._anchored = False

    def preload(self, nodes: Iterable[str] = (), links: Iterable[str] = ()) -> None:
        """Read these records at once, so that later calls need not one by one."""
        wanted = [i for i in nodes if i not in self._nodes]
        for id, node in self.tx.get(wanted).items() if wanted else ():
            if self.actor is None or readable(node, self.actor):
                self._nodes[id] = _Draft(node, node)
        wanted = [i for i in links if i not in self._links]
        for id, link in self.tx.get_links(wanted).items() if wanted else ():
            self._links[id] = _Draft(link, link)

    def adopt(self, records: Iterable[Record]) -> None:
        """Take records just read from ``tx`` as the images before."""
        for record in records:
            drafts = self._links if isinstance(record, LinkRecord) else self._nodes
            drafts.setdefault(record.id, _Draft(record, record))

    def node(self, id: str) -> NodeRecord | None:
        """The node as it will be, or None."""
        if id not in self._nodes:
            self.preload(nodes=[id])
        after = self._nodes[id].after if id in self._nodes else None
        return after if isinstance(after, NodeRecord) else None

    def link(self, id: str) -> LinkRecord | None:
        """The link as it will be, or None."""
        if id not in self._links:
            self.preload(links=[id])
        after = self._links[id].after if id in self._links else None
        return after if isinstance(after, LinkRecord) else None

    def expect(self, id: str, revision: int | None) -> Record:
        """The node or link as it will be, if it is still what the caller saw at ``revision`` (None: whatever it is).

        Raises ``NotFound`` for an unknown or deleted one, ``StaleRevision`` with what it was then and what it is now.
        """
        current: Record | None = self.node(id) or self.link(id)
        if current is None:
            raise NotFound("Cette fiche ou ce lien n'existe pas, ou plus : quelqu'un l'a peut-être supprimé.")
        if revision is not None and current.revision != revision:
            what = "Ce lien a été modifié" if isinstance(current, LinkRecord) else "Cette fiche a été modifiée"
            raise StaleRevision(
                f"{what} entre-temps, rien n'est changé : voyez ce qui est nouveau, puis recommencez.",
                base=at_revision(self.tx, current, revision),
                current=current,
            )
        return current

    def create(
        self, type: str, values: Mapping[str, Any], *, id: str | None = None, revision: int = 1, vouched: bool = False
    ) -> str:
        """A new node; returns its id. ``revision`` above 1 is for one that comes back after a deletion.

        With ``vouched``, ``values`` may hold what the product answers for, having found it itself: see ``update``.
        """
        id = check_id(id) if id else new_id()
        if not vouched:
            _refuse_vouched(type, {}, values)
        before = self._nodes[id].before if id in self._nodes else None
        made = NodeRecord(id, type, revision, clean(SCHEMA.nodes[type], values))
        self._check(made)
        self._check_validation(type, {}, made.values)
        self._nodes[id] = _Draft(before, made)
        return id

    def connect(
        self, type: str, source: str, target: str, values: Mapping[str, Any] | None = None, *,
        id: str | None = None, revision: int = 1,
    ) -> str:  # fmt: skip
        """A new link; returns its id. Raises ``InputError`` when its type does not allow these ends."""
        kind = SCHEMA.links[type]
        ends = self.node(source), self.node(target)
        for end, end_id in zip(ends, (source, target), strict=True):
            if end is None:
                raise NotFound(f"La fiche {end_id} n'existe pas ou plus : le lien n'est pas créé.")
        assert ends[0] is not None
        assert ends[1] is not None
        if not kind.allows(ends[0].type, ends[1].type):
            labels = [SCHEMA.nodes[e.type].about.label for e in ends if e]
            raise InputError(f"« {kind.about.label} » ne peut pas aller de {labels[0]} à {labels[1]}.", field="type")
        id = check_id(id) if id else new_id()
        before = self._links[id].before if id in self._links else None
        self._links[id] = _Draft(before, LinkRecord(id, type, source, target, revision, clean(kind, values or {})))
        return id

    def update(self, id: str, patch: Mapping[str, Any], *, revision: int | None = None, vouched: bool = False) -> None:
        """Change fields of a node or link; None or an empty list empties a field.

        ``revision`` is the one that the caller edited from; raises as ``expect``, and ``InputError`` for a field that
        the product itself answers for, unless with ``vouched``, which is for who has just found what it holds.
        """
        current = self.expect(id, revision)
        self._check(current)
        if not vouched:
            _refuse_vouched(current.type, current.values, patch)
        merged = {**current.values, **patch}
        values = clean(SCHEMA.type(current.type), {k: v for k, v in merged.items() if v is not None})
        self._check_validation(current.type, current.values, values)
        drafts = self._links if isinstance(current, LinkRecord) else self._nodes
        before = drafts[id].before
        drafts[id] = _Draft(before, current._replace(values=values, revision=_next_revision(before, current, values)))

    def delete(self, ids: Collection[str]) -> None:
        """Delete nodes together with their links, or links alone. Absent ids are passed over."""
        self.preload(nodes=ids)
        nodes = [node.id for node in map(self.node, ids) if node]
        for id in nodes:
            self._check(self._nodes[id].after)
        self.adopt(self.tx.links_of(nodes) if nodes else ())
        gone = set(ids)
        for id, draft in list(self._links.items()):
            link = draft.after
            if isinstance(link, LinkRecord) and (id in gone or link.source in gone or link.target in gone):
                self._links[id] = draft._replace(after=None)
        self.preload(links=[i for i in ids if i not in self._nodes])
        for drafts in (self._nodes, self._links):
            for id in gone & drafts.keys():
                drafts[id] = drafts[id]._replace(after=None)

    def redact(self, number: int, position: int | None = None) -> None:
        """Take the values of a change from the journal, or the second part of a commit; the chain says so for ever."""
        self._redacted.append((number, position))

    def anchor(self) -> None:
        """Have this commit say of which network the journal is."""
        self._anchored = True

    def _check(self, record: Record | None) -> None:
        if record is not None and self.actor is not None and not changeable(record, self.actor):
            raise Forbidden(f"Cette vue est à {record.values.get('author')} : seul son auteur la change.")

    def _check_validation(self, type: str, before: Values, after: Values) -> None:
        """Raise ``Forbidden`` for minutes that come to be validated by who may not, whatever the way."""
        if self.actor is not None and are_validated(type, after) and not are_validated(type, before):
            self.actor.require(Right.VALIDATE)

    def flush(self, intent: Intent, token: str, at: datetime, mark: bool = False) -> Commit | None:
        """Save what is pending and append it to the journal as one commit; None when nothing changes.

        With ``mark`` the commit is written even without changes: it says that something is over.
        """
        drafts = [d for d in (*self._nodes.values(), *self._links.values()) if d.before is not d.after]
        changes: list[Change] = []
        kept: list[_Draft] = []
        for draft in drafts:
            change = change_between(len(changes), draft.before, draft.after)
            if change is not None:
                changes.append(change)
                kept.append(draft)
        if not changes and not mark and not self._redacted and not self._anchored:
            return None
        gone = [d.before for d in kept if d.after is None]
        saved = [d.after for d in kept if d.after is not None]
        self.tx.remove(links=[r.id for r in gone if isinstance(r, LinkRecord)])
        self.tx.remove(nodes=[r.id for r in gone if isinstance(r, NodeRecord)])
        self.tx.save(
            nodes=[r for r in saved if isinstance(r, NodeRecord)],
            links=[r for r in saved if isinstance(r, LinkRecord)],
        )
        changes += self._redactions(len(changes))
        head = self.tx.head()
        anchor = self.tx.dataset() if self._anchored or not head.number else None
        commit = follow(head, intent, token, at, changes, anchor)
        self.tx.append(commit, changes)
        for number, position in self._redacted:
            self.tx.redact(number, position)
        return commit

    def _redactions(self, first: int) -> Iterator[Change]:
        """The changes that say what is redacted, numbered from ``first`` on."""
        for at, (number, position) in enumerate(self._redacted, first):
            if position is None:
                yield sealing(at, self.tx.commits(after=number - 1, limit=1)[0])
                continue
            change = next(c for _, c in self.tx.changes(number, number) if c.position == position)
            record = self.tx.get([change.id]).get(change.id) or self.tx.get_links([change.id]).get(change.id)
            yield redaction(at, number, change, record)


def _refuse_vouched(type: str, values: Values, patch: Mapping[str, Any]) -> None:
    """Refuse another value for what the product answers for, whoever gives it."""
    kind = SCHEMA.type(type)
    for name in sorted(kind.vouched & patch.keys()):
        if (patch[name] or None) != (values.get(name) or None):
            raise InputError(
                f"« {kind.fields[name].about.label} » est établi par Réseau 28, qui en répond : il ne se saisit pas.",
                field=name, code="vouched",
            )  # fmt: skip


def _next_revision(before: Record | None, current: Record, values: Values) -> int:
    """A record's revision grows once a commit, and only if its content differs."""
    if before is None:
        return current.revision
    return before.revision if before.values == values else before.revision + 1
