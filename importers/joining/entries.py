"""Rows about records of one type that is no partner: what each is, what it changes, to whom it is tied.

A record is the one of the network that is called the same and says no other day, and that is tied alike by what it is
nothing without; one that lacks a part of its name (an anonymous placement) is known by all its ties.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.declaration import Trait
from graph_schema.records import NodeRecord, Record
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from importers.claims import Claim, LinkClaim, RecordClaim
from importers.faults import Severity
from importers.joining.mentioned import Mentioned
from importers.joining.merging import CellChange, Merge, merge
from importers.joining.outcomes import Became, Outcome, Related
from importers.joining.seen import EarlierRows
from importers.joining.telling import RowTelling

_ESSENTIAL = frozenset(SCHEMA.having(Trait.ESSENTIAL))
_MEND = "Corrigez la ligne, puis importez à nouveau le fichier."
_ELSE = "Créez d'abord cette fiche, ou écrivez autrement qui elle est : nom entier, SIRET, courriel ou identifiant."


class _Tie(NamedTuple):
    """A tie that a row tells, and the record at its other end."""

    link: LinkClaim
    other: str
    outwards: bool

    @property
    def mention(self) -> RecordClaim:
        return self.link.target if self.outwards else self.link.source

    def key(self, id: str) -> tuple[str, str, str]:
        return (self.link.type, id, self.other) if self.outwards else (self.link.type, self.other, id)


class Entries:
    """Joins a batch of claims about records of one type, having read at once all that may be there already."""

    def __init__(
        self, telling: RowTelling, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim], seen: EarlierRows
    ) -> None:
        self.telling, self.unit, self.tx, self.claims, self.seen = telling, unit, tx, claims, seen
        self.became, self.node = telling.became, SCHEMA.nodes[claims[0].about.type]
        self.key = claims[0].about.known_by
        self.mentioned = Mentioned(tx, unit, seen, [record for claim in claims for record in claim.records])
        self.known: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id, *row in tx.rows(self.node.name, self.key):
            self._enter(str(id), dict(zip(self.key, row, strict=True)))
        made = seen.made.get(self.node.name, ())
        for record in filter(None, map(unit.node, made)):
            self._enter(record.id, record.values)
        nearest = {id for claim in claims for id in self._candidates(claim.about.values)}
        unit.preload(nodes=nearest)
        self.links: dict[tuple[str, str, str], str] = {}
        types = {link.type for claim in claims for link in claim.links}
        stored = tx.links_of(nearest, sorted(types)) if nearest and types else []
        unit.adopt(stored)
        for link in (*stored, *(link for links in seen.links.values() for link in links)):
            self.links[link.type, link.source, link.target] = link.id

    def run(self) -> Became:
        """Decide about each row."""
        for claim in self.claims:
            self.became.faults.extend(claim.faults)
            if claim.refused:
                refusal = next(fault for fault in claim.faults if fault.severity is Severity.ERROR)
                self.telling.done(claim, Outcome.REFUSED, None, refusal.message, name=self._name(claim))
            elif (ties := self._ties(claim)) is not None:
                self._entry(claim, ties)
        return self.became

    def _name(self, claim: Claim) -> str:
        return self.node.caption(claim.about.values)

    def _enter(self, id: str, values: Mapping[str, Any]) -> None:
        for field in self.key:
            if value := values.get(field):
                self.known[field, fold(str(value))].append(id)

    def _candidates(self, values: Mapping[str, Any]) -> Sequence[str]:
        """The records that share what fewest share of what a row is known by."""
        given = [(field, fold(str(values[field]))) for field in self.key if values.get(field)]
        return min((self.known.get(each, []) for each in given), key=len, default=[])

    def _ties(self, claim: Claim) -> list[_Tie] | None:
        """Those whom a row names, found; None where one without whom it is nothing is not, which refuses it."""
        ties = []
        for link in claim.links:
            outwards = link.source is claim.about
            mention = link.target if outwards else link.source
            id, problem = self.mentioned.find(mention)
            if id is not None:
                ties.append(_Tie(link, id, outwards))
            elif link.type in _ESSENTIAL:
                self.telling.refuse(claim, "unknown", f"{problem} : la ligne n'est pas reprise.", _ELSE, link.column)
                return None
            else:
                message = f"{problem} : la ligne est reprise sans ce lien."
                self.telling.fault(claim.place, link.column, mention.keys[0], "unknown", message, _ELSE)
        return ties

    def _entry(self, claim: Claim, ties: Sequence[_Tie]) -> None:
        found = self._known(claim, ties)
        if len(found) > 1:
            message = f"Plusieurs fiches s'appellent « {self._name(claim)} » : rien n'est importé de cette ligne."
            self.telling.fault(
                claim.place, "", self._name(claim), "probable", message, "Précisez la ligne ou la fiche."
            )
            self.telling.done(claim, Outcome.CONFLICT, None, "plusieurs fiches possibles", name=self._name(claim))
        elif found:
            self._join(claim, found[0], ties)
        else:
            self._create(claim, ties)

    def _known(self, claim: Claim, ties: Sequence[_Tie]) -> list[NodeRecord]:
        given = claim.about.values
        whole = all(given.get(name) for name in self.node.about.caption)
        telling = [tie for tie in ties if tie.link.type in _ESSENTIAL or not whole]
        records = filter(None, map(self.unit.node, dict.fromkeys(self._candidates(given))))
        alike = [each for each in records if all(tie.key(each.id) in self.links for tie in telling)]
        exact = [each for each in alike if _agree(each.values, given, self.key, missing=False)]
        near = [each for each in alike if _agree(each.values, given, self.key, missing=True)]
        return exact or [each for each in near if not self.seen.met(each.id)]

    def _create(self, claim: Claim, ties: Sequence[_Tie]) -> None:
        for type in _ESSENTIAL:
            link = SCHEMA.links[type]
            if self.node.name in link.about.sources and type not in {tie.link.type for tie in ties}:
                label = SCHEMA.nodes[link.about.targets[0]].about.label
                message = f"« {label} » manque : sans, la ligne n'est pas reprise."
                self.telling.refuse(claim, "missing", message, "Remplissez cette colonne.", label)
                return
        try:
            id = self.unit.create(self.node.name, {**claim.about.on_creation, **claim.about.values})
        except InvalidRecord as error:
            self.telling.refuse(claim, "invalid", str(error), _MEND)
            return
        self.seen.create(self.node.name, id)
        record = self.unit.node(id)
        assert record is not None
        self._enter(id, record.values)
        self.mentioned.enter(self.node.name, id, record.values)
        self._tie(claim, id, ties)
        changes = [CellChange(field, None, value) for field, value in claim.about.values.items()]
        self._done(claim, Outcome.CREATED, id, "absente du réseau", changes)

    def _join(self, claim: Claim, record: NodeRecord, ties: Sequence[_Tie]) -> None:
        merged = self._held(record, claim.about.values)
        try:
            if merged.changes:
                self.unit.update(record.id, merged.patch)
        except InvalidRecord as error:
            self.telling.refuse(claim, "invalid", str(error), _MEND)
            return
        tied = self._tie(claim, record.id, ties)
        outcome = Outcome.UPDATED if merged.changes or tied else Outcome.UNCHANGED
        self._say_kept(claim, self.node.name, merged.kept)
        self._done(
            claim, Outcome.CONFLICT if merged.kept else outcome, record.id, "même fiche", merged.changes, merged.kept
        )

    def _held(self, record: Record, given: Mapping[str, Any]) -> Merge:
        return merge(self.tx, record, given, already_met=self.seen.met(record.id))

    def _tie(self, claim: Claim, id: str, ties: Iterable[_Tie]) -> int:
        """Tie a record as a row tells; how many ties that made or completed."""
        done = sum(self._tied(claim, id, tie) for tie in ties)
        self.became.related.update({Related.TIES: done} if done else {})
        return done

    def _tied(self, claim: Claim, id: str, tie: _Tie) -> bool:
        key, values = tie.key(id), dict(tie.link.values)
        try:
            known = self.unit.link(self.links[key]) if key in self.links else None
            if known is None:
                made = self.unit.connect(*key, values)
                self._remember(key, made)
                self.seen.meet(made, claim.place)
                return True
            merged = self._held(known, values)
            self._say_kept(claim, known.type, merged.kept, tie.link.column)
            if merged.changes:
                self.unit.update(known.id, merged.patch)
            self.seen.meet(known.id, claim.place)
            return bool(merged.changes)
        except InvalidRecord as error:
            message = f"{error} Ce lien n'est pas repris."
            self.telling.fault(claim.place, tie.link.column, tie.mention.keys[0], "invalid", message)
            return False

    def _remember(self, key: tuple[str, str, str], made: str) -> None:
        link = self.unit.link(made)
        assert link is not None
        self.links[key] = made
        self.seen.links.setdefault(key[:2], []).append(link)

    def _say_kept(self, claim: Claim, type: str, kept: Collection[CellChange], column: str = "") -> None:
        fields = SCHEMA.type(type).fields
        for field, before, after in kept:
            label, labels = fields[field].about.label, fields[field].labels
            said, other = (labels.get(str(value), value) for value in (before, after))
            message = f"« {label} » : « {said} » est gardé, une personne ou une autre ligne l'a dit avant « {other} »."
            hint = "Modifiez la fiche si le fichier a raison."
            self.telling.fault(claim.place, column or label, str(other), "edited", message, hint)

    def _done(
        self, claim: Claim, outcome: Outcome, id: str, reason: str,
        changes: Sequence[CellChange] = (), kept: Sequence[CellChange] = (),
    ) -> None:  # fmt: skip
        if changes:
            self.became.made.append(id)
        self.seen.meet(id, claim.place)
        self.telling.done(claim, outcome, id, reason, changes, kept, self._name(claim))


def _agree(stored: Mapping[str, Any], given: Mapping[str, Any], key: Iterable[str], *, missing: bool) -> bool:
    """Whether two contents say the same by each field of ``key``; ``missing``: one of them may say nothing."""
    return all(
        fold(str(stored[name])) == fold(str(given[name])) if stored.get(name) and given.get(name)
        else missing or not (stored.get(name) or given.get(name))
        for name in key
    )  # fmt: skip
