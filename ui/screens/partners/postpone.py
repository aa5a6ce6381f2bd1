"""« Reporter », from a sheet."""

from crm.records.sheet import Sheet
from ui import session, snooze


def show_postponing(sheet: Sheet) -> None:
    """Draw until when the reminder is put off, and why."""
    row = session.measures().relations.snapshot.organisations.get(sheet.record.id)
    if row is not None:
        snooze.choice(row)
