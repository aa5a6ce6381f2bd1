"""What a batch tells of its rows: what became of each, and what is wrong with it."""

from collections.abc import Sequence
from datetime import date

from importers.claims import Claim
from importers.faults import ImportFault, Severity
from importers.joining.merging import CellChange
from importers.joining.outcomes import Became, Outcome, RowOutcome, Tally


class RowTelling:
    """The rows of one table, told; ``tally`` says which details are still wanted."""

    def __init__(self, file: str, sheet: str, today: date, tally: Tally) -> None:
        self.file, self.sheet, self.today, self.tally = file, sheet, today, tally
        self.became = Became()

    def refuse(self, claim: Claim, code: str, message: str, hint: str, column: str = "") -> None:
        """Refuse a row."""
        self.fault(claim.place, column, "", code, message, hint, Severity.ERROR)
        self.done(claim, Outcome.REFUSED, None, message)

    def refuse_for(self, claim: Claim, fault: ImportFault) -> None:
        """Refuse a row for what is already said of one of its cells."""
        faults = self.became.faults
        faults[faults.index(fault)] = fault._replace(severity=Severity.ERROR)
        self.done(claim, Outcome.REFUSED, None, fault.message)

    def done(
        self, claim: Claim, outcome: Outcome, id: str | None, reason: str,
        changes: Sequence[CellChange] = (), kept: Sequence[CellChange] = (), name: str = "",
    ) -> None:  # fmt: skip
        """Count a row, and keep its details where they are wanted; ``name`` is what people call what it is about."""
        self.became.rows[outcome] += 1
        if self.tally.wants(outcome):
            name = name or str(claim.about.values.get("name", ""))
            at = (self.file, self.sheet, claim.place)
            self.became.add(
                RowOutcome(*at, outcome, id, name, reason, tuple(changes), tuple(kept), type=claim.about.type)
            )

    def fault(
        self, row: int, column: str, value: str, code: str, message: str, hint: str = "",
        severity: Severity = Severity.WARNING,
    ) -> None:  # fmt: skip
        """Tell what is wrong with a row."""
        self.became.faults.append(
            ImportFault(self.file, self.sheet, row, column, value[:200], code, message, hint, severity)
        )
