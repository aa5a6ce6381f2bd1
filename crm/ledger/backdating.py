"""How long after the fact the journal learned of it: an exchange, a proof, a meeting or a feedback says its day, and
the journal when that was written.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crm.days import here, read
from graph_schema.records import UNDATED, Change, Commit, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, short_date


class Entry(NamedTuple):
    """The day on which the journal first held the day that a record says now, so many days ``late``."""

    on: date
    late: int

    @property
    def words(self) -> str:
        """The entry in words; nothing for what was written the same day, or before."""
        return f"au journal depuis le {short_date(self.on)}, {days_after(self.late)}" if self.late > 0 else ""


def days_after(late: int) -> str:
    """So many days after the fact, in words; nothing for none."""
    return f"{count(late, 'jour')} après les faits" if late > 0 else ""


def lateness(commit: Commit, change: Change) -> int | None:
    """How many days after the fact ``change`` gave its day; None where it gave none, or nothing says when."""
    day = _day_given(change) if commit.at != UNDATED else None
    return (here(commit.at).date() - day).days if day else None


def entry(record: NodeRecord, history: Sequence[tuple[Commit, Change]]) -> Entry | None:
    """When the day that ``record`` says was written, whatever it said in between; None where it says none.

    What is deleted and brought back, or redated and set right again, is of when it was first said.
    """
    dated = SCHEMA.nodes[record.type].dated
    now = read(str(record.values.get(dated.name, ""))) if dated else None
    known = ((commit, change) for commit, change in history if commit.at != UNDATED)
    since = [here(commit.at).date() for commit, change in known if now and _day_given(change) == now]
    return Entry(min(since), (min(since) - now).days) if now and since else None


def _day_given(change: Change) -> date | None:
    declared = SCHEMA.nodes.get(change.type)
    dated = declared.dated if declared and change.action != "redact" else None  # that one tells the record anew
    return read(str((change.after or {}).get(dated.name, ""))) if dated else None
