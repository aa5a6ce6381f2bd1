"""What becomes of each row, counted always and kept in detail for the first rows of each outcome."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from graph_schema.declaration import Vocabulary
from graph_schema.organisations import Organisation
from importers.faults import ImportFault, Severity
from importers.joining.merging import CellChange

DETAILS = 200
"""Rows of each outcome, and faults, that are kept in memory; all are counted."""


class Outcome(Vocabulary):
    """What an import does with what a row is about: its organisation, on a list of partners."""

    CREATED = "created", "À créer"
    UPDATED = "updated", "À compléter"
    UNCHANGED = "unchanged", "Déjà à jour"
    CONFLICT = "conflict", "À décider"
    REFUSED = "refused", "Refusée"


class Related(Vocabulary):
    """What rows make besides what they are about; the label counts as one."""

    PEOPLE = "people", "personne"
    ROLES = "roles", "rôle"
    EXCHANGES = "exchanges", "échange"
    SUBJECTS = "subjects", "sujet d'échange"
    AGREEMENTS = "agreements", "convention"
    OTHERS = "others", "autre fiche"
    TIES = "ties", "lien"


class RowOutcome(NamedTuple):
    """One row: where it stands, what becomes of its organisation (``id`` if it is in the network), why, its cells.

    A row that is about a record of another ``type`` tells the same of that one.
    ``changes`` are made; ``kept`` are the values of the file that are not taken over.
    """

    file: str
    sheet: str
    row: int
    outcome: Outcome
    id: str | None
    name: str
    reason: str
    changes: tuple[CellChange, ...] = ()
    kept: tuple[CellChange, ...] = ()
    type: str = Organisation.TYPE


class ColumnRead(NamedTuple):
    """A column of a sheet: what it was read as (``Type.field``, None when it is left out) and why (French)."""

    file: str
    sheet: str
    header: str
    target: str | None
    why: str


@dataclass(slots=True)
class Tally:
    """Counts of rows by outcome, of related records made or completed, of faults by code; and the first of each.

    ``sink`` receives every fault when it is added for good, so that a report can hold more than memory does.
    """

    rows: Counter[Outcome] = field(default_factory=Counter)
    related: Counter[Related] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    details: dict[Outcome, list[RowOutcome]] = field(default_factory=lambda: {outcome: [] for outcome in Outcome})
    faults: list[ImportFault] = field(default_factory=list)
    columns: list[ColumnRead] = field(default_factory=list)
    sink: Callable[[ImportFault], None] | None = None

    def wants(self, outcome: Outcome) -> bool:
        """Whether the details of another row of this outcome would be kept."""
        return len(self.details[outcome]) < DETAILS

    def add_faults(self, faults: Iterable[ImportFault]) -> None:
        """Count faults; keep the first ones, errors rather than warnings."""
        for fault in faults:
            self.codes[fault.code] += 1
            if self.sink is not None:
                self.sink(fault)
            if len(self.faults) < DETAILS:
                self.faults.append(fault)
            elif fault.severity is Severity.ERROR and (weak := self._last_warning()) is not None:
                del self.faults[weak]
                self.faults.append(fault)

    def _last_warning(self) -> int | None:
        if self.codes["row_refused"] > DETAILS:
            return None
        indexes = range(len(self.faults) - 1, -1, -1)
        return next((i for i in indexes if self.faults[i].severity is Severity.WARNING), None)

    def merge(self, became: "Became") -> None:
        """Add what a batch became."""
        self.rows.update(became.rows)
        self.related.update(became.related)
        for outcome, found in became.details.items():
            self.details[outcome].extend(found[: DETAILS - len(self.details[outcome])])
        self.add_faults(became.faults)


@dataclass(slots=True)
class Became:
    """What one batch of claims became; nothing of it counts until it is merged into a tally."""

    rows: Counter[Outcome] = field(default_factory=Counter)
    related: Counter[Related] = field(default_factory=Counter)
    details: dict[Outcome, list[RowOutcome]] = field(default_factory=dict)
    faults: list[ImportFault] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    """Ids of the records created or changed that rows are about."""

    def add(self, row: RowOutcome) -> None:
        """Keep a row's details."""
        self.details.setdefault(row.outcome, []).append(row)
