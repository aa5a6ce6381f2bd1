"""A batch of rows held against the network: each row's outcome, and its changes put into a unit of work.

The dry run and the run are this same code; they differ in whether the unit of work is ever flushed.
"""

from collections.abc import Sequence
from datetime import date

from crm.network.validation import InvalidRecord
from crm.network.work import UnitOfWork
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import Exchange
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.types import Shape
from importers.claims import Claim
from importers.faults import ImportFault
from importers.joining.directory import Directory
from importers.joining.encounters import Encounters
from importers.joining.entries import Entries
from importers.joining.matching import Match, Matcher
from importers.joining.merging import CellChange, merge
from importers.joining.outcomes import Became, Outcome, Tally
from importers.joining.relations import RelationJoiner
from importers.joining.seen import EarlierRows
from importers.joining.telling import RowTelling

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
        telling = RowTelling(self.file, self.sheet, self.today, self.tally)
        seen.begin_table(" · ".join(filter(None, (self.file, self.sheet))))
        if claims[0].about.type == Organisation.TYPE:
            return _BatchPlan(telling, unit, tx, claims, directory, seen).run()
        if claims[0].about.type == Exchange.TYPE:
            return Encounters(telling, unit, tx, claims, seen).run()
        return Entries(telling, unit, tx, claims, seen).run()


class _BatchPlan:
    def __init__(
        self, telling: RowTelling, unit: UnitOfWork, tx: ReadTransaction, claims: Sequence[Claim],
        directory: Directory, seen: EarlierRows,
    ) -> None:  # fmt: skip
        self.telling, self.unit, self.tx, self.claims, self.seen = telling, unit, tx, claims, seen
        self.matcher = Matcher(unit, tx, claims, directory, seen)
        self.became = telling.became
        self.repeats: dict[int, ImportFault] = {}

    def run(self) -> Became:
        joined = [(claim, id) for claim in self.claims if (id := self._organisation(claim)) is not None]
        new_relations: set[int] = set()
        if any(claim.records for claim, _ in joined):
            relations = RelationJoiner(self.unit, self.tx, joined, self.seen, self.became, self._where())
            new_relations = {claim.place for claim, id in joined if claim.records and relations.add(claim, id)}
        self.became.faults.extend(fault for row, fault in self.repeats.items() if row not in new_relations)
        return self.became

    def _repeat(self, claim: Claim, id: str, first: str) -> ImportFault:
        """What is said of a row that adds nothing: it repeats another, unless a column that is not read differs."""
        unread = claim.unread
        if self.seen.unread(id) == (unread.mark if unread else 0):
            code, message = "duplicate", f"Cette ligne répète la {first} : elle n'ajoute rien."
        else:
            named = f" ({unread.columns})" if unread else ""
            code = "unread_differs"
            message = (
                f"Cette ligne ne diffère de la {first} que par des colonnes non reprises{named} : rien n'en est gardé."
            )
        return ImportFault(*self._where(), claim.place, "", "", code, message)

    def _where(self) -> tuple[str, str]:
        return self.telling.file, self.telling.sheet

    def _organisation(self, claim: Claim) -> str | None:
        """Decide about the organisation of a row; its id when the rest of the row may be joined to it."""
        self.became.faults.extend(claim.faults)
        if claim.refused:
            self.telling.done(claim, Outcome.REFUSED, None, claim.faults[-1].message)
            return None
        match = self.matcher.match(claim)
        if match.id is None:
            return self._create(claim)
        if not match.certain:
            self._probable(claim, match)
            return None
        return self._join(claim, match.id, match.reason)

    def _create(self, claim: Claim) -> str | None:
        if not claim.about.values.get("name"):
            if claim.nameless is not None:
                self.telling.refuse_for(claim, claim.nameless)
                return None
            self.telling.refuse(
                claim,
                "no_name",
                "Aucun nom d'organisation sur cette ligne.",
                "Ajoutez-le.",
            )
            return None
        values = {**claim.about.on_creation, **claim.about.values}
        for name in _FLAGS:
            if values.get(name) is False:
                del values[name]
        try:
            id = self.unit.create(Organisation.TYPE, values)
        except InvalidRecord as error:
            self.telling.refuse(claim, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier.")
            return None
        self._met(claim, id, made=True)
        self.seen.create(Organisation.TYPE, id)
        wanted = values.items() if self.telling.tally.wants(Outcome.CREATED) else ()
        changes = [CellChange(field, None, value) for field, value in wanted if field != "source"]
        self.telling.done(claim, Outcome.CREATED, id, "absente du réseau", changes)
        return id

    def _join(self, claim: Claim, id: str, reason: str) -> str | None:
        record = self.unit.node(id)
        assert record is not None
        first = self.seen.first_row(id) if self.seen.met(id) else None
        merged = merge(self.tx, record, claim.about.values, already_met=first is not None)
        if merged.changes:
            try:
                self.unit.update(id, merged.patch)
            except InvalidRecord as error:
                self.telling.refuse(
                    claim, "invalid", str(error), "Corrigez la ligne, puis importez à nouveau le fichier."
                )
                return None
        outcome = Outcome.UPDATED if merged.changes else Outcome.UNCHANGED
        if merged.kept:
            outcome = Outcome.CONFLICT
            reason = f"contredit la {first}" if first is not None else "modifiée par une personne"
            self._kept(claim, merged.kept, first)
        elif not merged.changes and first is not None:
            self.repeats[claim.place] = self._repeat(claim, id, first)
        self._met(claim, id, made=bool(merged.changes))
        self.telling.done(claim, outcome, id, reason, merged.changes, merged.kept)
        return id

    def _probable(self, claim: Claim, match: Match) -> None:
        record = self.unit.node(match.id) if match.id else None
        caption = SCHEMA.nodes[Organisation.TYPE].caption(record.values) if record else ""
        message = f"Cette ligne concerne peut-être « {caption} » ({match.reason}) : rien n'est importé."
        hint = "Ajoutez le SIRET au fichier ou à la fiche, ou donnez-leur les mêmes nom, commune et adresse."
        self.telling.fault(claim.place, "", str(claim.about.values.get("name", "")), "probable", message, hint)
        self.telling.done(claim, Outcome.CONFLICT, match.id, f"peut-être « {caption} » : {match.reason}")

    def _kept(self, claim: Claim, kept: Sequence[CellChange], first: str | None) -> None:
        for field, before, after in kept:
            label = _FIELDS[field].about.label
            if first is not None:
                message = f"« {label} » : la {first} dit « {before} », elle l'emporte."
                self.telling.fault(
                    claim.place, label, str(after), "contradiction", message, "Gardez une seule des deux lignes."
                )
            else:
                message = f"« {label} » : « {before} » a été saisi dans l'application, il est gardé."
                self.telling.fault(
                    claim.place, label, str(after), "edited", message, "Modifiez la fiche si le fichier a raison."
                )

    def _met(self, claim: Claim, id: str, made: bool) -> None:
        self.seen.meet(id, claim.place, claim.unread.mark if claim.unread else 0)
        if made and (record := self.unit.node(id)) is not None:
            self.became.made.append(id)
            self.seen.enter(record, keyed=self.matcher.whole)
