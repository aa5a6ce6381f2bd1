"""A batch of rows held against the network: each row's outcome, and its changes put into a unit of work.

The dry run and the run are this same code; they differ in whether the unit of work is ever flushed.
"""

from collections.abc import Sequence
from datetime import date

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
from importers.claims import Claim
from importers.faults import ImportFault, Severity
from importers.joining.directory import Directory
from importers.joining.matching import Match, Matcher
from importers.joining.merging import CellChange, merge
from importers.joining.outcomes import Became, Outcome, RowOutcome, Tally
from importers.joining.relations import RelationJoiner
from importers.joining.seen import EarlierRows

_FIELDS = SCHEMA.nodes[Organisation.TYPE].fields
_FLAGS = tuple(name for name, field in _FIELDS.items() if field.shape is Shape.BOOLEAN)


class Planner:
    """Plans the batches of one table after the other, remembering what earlier rows were about."""

    def __init__(self, file: str, sheet: str, today: date, tally: Tally) -> None:
        self.file, self.sheet, self.today, self.tally = file, sheet, today, tally

    def plan(
        self, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim], directory: Directory, seen: EarlierRows
    ) -> Became:
        """Decide about each row and put what it changes into ``unit``."""
        return _BatchPlan(self, unit, tx, claims, directory, seen).run()


class _BatchPlan:
    def __init__(
        self, planner: Planner, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim],
        directory: Directory, seen: EarlierRows,
    ) -> None:  # fmt: skip
        self.planner, self.unit, self.tx, self.claims, self.seen = planner, unit, tx, claims, seen
        seen.begin_table(" · ".join(filter(None, self._where())))
        self.matcher = Matcher(unit, tx, claims, directory, seen)
        self.became = Became()
        self.repeats: dict[int, str] = {}

    def run(self) -> Became:
        joined = [(claim, id) for claim in self.claims if (id := self._organisation(claim)) is not None]
        new_relations: set[int] = set()
        if any(claim.records for claim, _ in joined):
            relations = RelationJoiner(self.unit, self.tx, joined, self.seen, self.became, self._where())
            new_relations = {claim.place for claim, id in joined if claim.records and relations.add(claim, id)}
        for row, first in self.repeats.items():
            if row not in new_relations:
                message = f"Cette ligne répète la {first} : elle n'ajoute rien."
                self._fault(row, "", "", "duplicate", message)
        return self.became

    def _where(self) -> tuple[str, str]:
        return self.planner.file, self.planner.sheet

    def _organisation(self, claim: Claim) -> str | None:
        """Decide about the organisation of a row; its id when the rest of the row may be joined to it."""
        self.became.faults.extend(claim.faults)
        if claim.refused:
            self._done(claim, Outcome.REFUSED, None, claim.faults[-1].message)
            return None
        match = self.matcher.match(claim)
        if match.id is None:
            return self._create(claim)
        if not match.certain:
            self._probable(claim, match)
            return None
        return self._join(claim, match.id, match.reason)

    def _create(self, claim: Claim) -> str | None:
        if not claim.organisation.values.get("name"):
            if claim.nameless is not None:
                self._refuse_for(claim, claim.nameless)
                return None
            self._refuse(
                claim,
                "no_name",
                "Aucun nom d'organisation sur cette ligne.",
                "Ajoutez-le.",
            )
            return None
        values = {**claim.organisation.on_creation, **claim.organisation.values}
        for name in _FLAGS:
            if values.get(name) is False:
                del values[name]
        try:
            id = self.unit.create(Organisation.TYPE, values)
        except InvalidRecord as error:
            self._refuse(claim, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier.")
            return None
        self._met(claim, id, made=True)
        if self._wants(Outcome.CREATED):
            changes = tuple(CellChange(field, None, value) for field, value in values.items() if field != "source")
            self._detail(claim, Outcome.CREATED, id, "absente du réseau", changes)
        self.became.rows[Outcome.CREATED] += 1
        return id

    def _join(self, claim: Claim, id: str, reason: str) -> str | None:
        record = self.unit.node(id)
        assert record is not None
        first = self.seen.first_row(id) if self.seen.met(id) else None
        merged = merge(self.tx, record, claim.organisation.values, already_met=first is not None)
        if merged.changes:
            try:
                self.unit.update(id, merged.patch)
            except InvalidRecord as error:
                self._refuse(claim, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier.")
                return None
        outcome = Outcome.UPDATED if merged.changes else Outcome.UNCHANGED
        if merged.kept:
            outcome = Outcome.CONFLICT
            reason = f"contredit la {first}" if first is not None else "modifiée par une personne"
            self._kept(claim, merged.kept, first)
        elif not merged.changes and first is not None:
            self.repeats[claim.place] = first
        self._met(claim, id, made=bool(merged.changes))
        self._done(claim, outcome, id, reason, tuple(merged.changes), tuple(merged.kept))
        return id

    def _probable(self, claim: Claim, match: Match) -> None:
        record = self.unit.node(match.id) if match.id else None
        caption = SCHEMA.nodes[Organisation.TYPE].caption(record.values) if record else ""
        message = f"Cette ligne concerne peut-être « {caption} » ({match.reason}) : rien n'est importé."
        hint = "Ajoutez le SIRET au fichier ou à la fiche, ou donnez-leur la même commune et le même nom."
        self._fault(claim.place, "", str(claim.organisation.values.get("name", "")), "probable", message, hint)
        self._done(claim, Outcome.CONFLICT, match.id, f"peut-être « {caption} » : {match.reason}")

    def _refuse(self, claim: Claim, code: str, message: str, hint: str) -> None:
        self._fault(claim.place, "", "", code, message, hint, Severity.ERROR)
        self._done(claim, Outcome.REFUSED, None, message)

    def _refuse_for(self, claim: Claim, fault: ImportFault) -> None:
        """Refuse a row for what is already said of one of its cells."""
        faults = self.became.faults
        faults[faults.index(fault)] = fault._replace(severity=Severity.ERROR)
        self._done(claim, Outcome.REFUSED, None, fault.message)

    def _kept(self, claim: Claim, kept: Sequence[CellChange], first: str | None) -> None:
        for field, before, after in kept:
            label = _FIELDS[field].about.label
            if first is not None:
                message = f"« {label} » : la {first} dit « {before} », elle l'emporte."
                self._fault(
                    claim.place, label, str(after), "contradiction", message, "Gardez une seule des deux lignes."
                )
            else:
                message = f"« {label} » : « {before} » a été saisi dans l'application, il est gardé."
                self._fault(
                    claim.place, label, str(after), "edited", message, "Modifiez la fiche si le fichier a raison."
                )

    def _met(self, claim: Claim, id: str, made: bool) -> None:
        self.seen.meet(id, claim.place)
        if made and (record := self.unit.node(id)) is not None:
            self.became.made.append(id)
            self.seen.enter(record, keyed=self.matcher.whole)

    def _wants(self, outcome: Outcome) -> bool:
        return self.planner.tally.wants(outcome)

    def _done(
        self, claim: Claim, outcome: Outcome, id: str | None, reason: str,
        changes: tuple[CellChange, ...] = (), kept: tuple[CellChange, ...] = (),
    ) -> None:  # fmt: skip
        self.became.rows[outcome] += 1
        if self._wants(outcome):
            self._detail(claim, outcome, id, reason, changes, kept)

    def _detail(
        self, claim: Claim, outcome: Outcome, id: str | None, reason: str,
        changes: tuple[CellChange, ...] = (), kept: tuple[CellChange, ...] = (),
    ) -> None:  # fmt: skip
        file, sheet = self._where()
        name = str(claim.organisation.values.get("name", ""))
        self.became.add(RowOutcome(file, sheet, claim.place, outcome, id, name, reason, changes, kept))

    def _fault(
        self, row: int, column: str, value: str, code: str, message: str, hint: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:  # fmt: skip
        self.became.faults.append(ImportFault(*self._where(), row, column, value[:200], code, message, hint, severity))
