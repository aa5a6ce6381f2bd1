"""A batch of rows held against the network: each row's outcome, and its changes put into a unit of work.

The dry run and the run are this same code; they differ in whether the unit of work is ever flushed.
"""

from collections.abc import Sequence
from datetime import date

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
from importers.claims import Entry
from importers.faults import Fault, Severity
from importers.joining.directory import Directory
from importers.joining.matching import Match, Matcher
from importers.joining.merging import CellChange, merge
from importers.joining.outcomes import Batch, Outcome, RowOutcome, Tally
from importers.joining.relations import Relations
from importers.joining.seen import Seen

_FIELDS = SCHEMA.nodes["Organisation"].fields
_FLAGS = tuple(name for name, field in _FIELDS.items() if field.shape is Shape.BOOLEAN)


class Planner:
    """Plans the batches of one table after the other, remembering what earlier rows were about."""

    def __init__(self, file: str, sheet: str, today: date, tally: Tally) -> None:
        self.file, self.sheet, self.today, self.tally = file, sheet, today, tally

    def plan(
        self, unit: UnitOfWork, tx: ReadTransaction, entries: Sequence[Entry], directory: Directory, seen: Seen
    ) -> Batch:
        """Decide about each row and put what it changes into ``unit``."""
        return _BatchPlan(self, unit, tx, entries, directory, seen).run()


class _BatchPlan:
    def __init__(
        self, planner: Planner, unit: UnitOfWork, tx: ReadTransaction, entries: Sequence[Entry],
        directory: Directory, seen: Seen,
    ) -> None:  # fmt: skip
        self.planner, self.unit, self.tx, self.entries, self.seen = planner, unit, tx, entries, seen
        seen.begin_table(" · ".join(filter(None, self._where())))
        self.matcher = Matcher(unit, tx, entries, directory, seen)
        self.batch = Batch()
        self.repeats: dict[int, str] = {}

    def run(self) -> Batch:
        joined = [(entry, id) for entry in self.entries if (id := self._organisation(entry)) is not None]
        new_relations: set[int] = set()
        if any(entry.more for entry, _ in joined):
            relations = Relations(self.unit, self.tx, joined, self.seen, self.batch, self._where())
            new_relations = {entry.row for entry, id in joined if entry.more and relations.add(entry, id)}
        for row, first in self.repeats.items():
            if row not in new_relations:
                message = f"Cette ligne répète la {first} : elle n'ajoute rien."
                self._fault(row, "", "", "duplicate", message)
        return self.batch

    def _where(self) -> tuple[str, str]:
        return self.planner.file, self.planner.sheet

    def _organisation(self, entry: Entry) -> str | None:
        """Decide about the organisation of a row; its id when the rest of the row may be joined to it."""
        self.batch.faults.extend(entry.faults)
        if entry.refused:
            self._done(entry, Outcome.REFUSED, None, entry.faults[-1].message)
            return None
        match = self.matcher.match(entry)
        if match.id is None:
            return self._create(entry)
        if not match.certain:
            self._probable(entry, match)
            return None
        return self._join(entry, match.id, match.reason)

    def _create(self, entry: Entry) -> str | None:
        if not entry.organisation.get("name"):
            if entry.nameless is not None:
                self._refuse_for(entry, entry.nameless)
                return None
            self._refuse(
                entry,
                "no_name",
                "Aucun nom d'organisation sur cette ligne.",
                "Ajoutez-le.",
            )
            return None
        values = entry.on_creation | entry.organisation
        for name in _FLAGS:
            if values.get(name) is False:
                del values[name]
        try:
            id = self.unit.create("Organisation", values)
        except InvalidRecord as error:
            self._refuse(entry, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier.")
            return None
        self._met(entry, id, made=True)
        if self._wants(Outcome.CREATED):
            changes = tuple(CellChange(field, None, value) for field, value in values.items() if field != "source")
            self._detail(entry, Outcome.CREATED, id, "absente du réseau", changes)
        self.batch.rows[Outcome.CREATED] += 1
        return id

    def _join(self, entry: Entry, id: str, reason: str) -> str | None:
        record = self.unit.node(id)
        assert record is not None
        first = self.seen.first_row(id) if self.seen.met(id) else None
        merged = merge(self.tx, record, entry.organisation, already_met=first is not None)
        if merged.changes:
            try:
                self.unit.update(id, merged.patch)
            except InvalidRecord as error:
                self._refuse(entry, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier.")
                return None
        outcome = Outcome.UPDATED if merged.changes else Outcome.UNCHANGED
        if merged.kept:
            outcome = Outcome.CONFLICT
            reason = f"contredit la {first}" if first is not None else "modifiée par une personne"
            self._kept(entry, merged.kept, first)
        elif not merged.changes and first is not None:
            self.repeats[entry.row] = first
        self._met(entry, id, made=bool(merged.changes))
        self._done(entry, outcome, id, reason, tuple(merged.changes), tuple(merged.kept))
        return id

    def _probable(self, entry: Entry, match: Match) -> None:
        record = self.unit.node(match.id) if match.id else None
        caption = SCHEMA.nodes["Organisation"].caption(record.values) if record else ""
        message = f"Cette ligne concerne peut-être « {caption} » ({match.reason}) : rien n'est importé."
        hint = "Ajoutez le SIRET au fichier ou à la fiche, ou donnez-leur la même commune et le même nom."
        self._fault(entry.row, "", str(entry.organisation.get("name", "")), "probable", message, hint)
        self._done(entry, Outcome.CONFLICT, match.id, f"peut-être « {caption} » : {match.reason}")

    def _refuse(self, entry: Entry, code: str, message: str, hint: str) -> None:
        self._fault(entry.row, "", "", code, message, hint, Severity.ERROR)
        self._done(entry, Outcome.REFUSED, None, message)

    def _refuse_for(self, entry: Entry, fault: Fault) -> None:
        """Refuse a row for what is already said of one of its cells."""
        faults = self.batch.faults
        faults[faults.index(fault)] = fault._replace(severity=Severity.ERROR)
        self._done(entry, Outcome.REFUSED, None, fault.message)

    def _kept(self, entry: Entry, kept: Sequence[CellChange], first: str | None) -> None:
        for field, before, after in kept:
            label = _FIELDS[field].about.label
            if first is not None:
                message = f"« {label} » : la {first} dit « {before} », elle l'emporte."
                self._fault(entry.row, label, str(after), "contradiction", message, "Gardez une seule des deux lignes.")
            else:
                message = f"« {label} » : « {before} » a été saisi dans l'application, il est gardé."
                self._fault(
                    entry.row, label, str(after), "edited", message, "Modifiez la fiche si le fichier a raison."
                )

    def _met(self, entry: Entry, id: str, made: bool) -> None:
        self.seen.meet(id, entry.row)
        if made and (record := self.unit.node(id)) is not None:
            self.batch.made.append(id)
            self.seen.enter(record, keyed=self.matcher.whole)

    def _wants(self, outcome: Outcome) -> bool:
        return self.planner.tally.wants(outcome)

    def _done(
        self, entry: Entry, outcome: Outcome, id: str | None, reason: str,
        changes: tuple[CellChange, ...] = (), kept: tuple[CellChange, ...] = (),
    ) -> None:  # fmt: skip
        self.batch.rows[outcome] += 1
        if self._wants(outcome):
            self._detail(entry, outcome, id, reason, changes, kept)

    def _detail(
        self, entry: Entry, outcome: Outcome, id: str | None, reason: str,
        changes: tuple[CellChange, ...] = (), kept: tuple[CellChange, ...] = (),
    ) -> None:  # fmt: skip
        file, sheet = self._where()
        name = str(entry.organisation.get("name", ""))
        self.batch.add(RowOutcome(file, sheet, entry.row, outcome, id, name, reason, changes, kept))

    def _fault(
        self, row: int, column: str, value: str, code: str, message: str, hint: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:  # fmt: skip
        self.batch.faults.append(Fault(*self._where(), row, column, value[:200], code, message, hint, severity))
