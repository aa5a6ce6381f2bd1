"""What a file may change in a record that exists: it fills what is empty, it corrects what a file wrote, no more."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from crm.store.protocol import ReadTransaction
from graph_schema.records import Record, Value
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Shape

ORIGIN = "Import : "
"""Beginning of the « origine » of what an import created."""

SOURCE = "import"
"""Beginning of the source of an import's commits."""

_NOT_PEOPLE = (SOURCE, "undo")
_SPELLED = frozenset({"name", "acronym", "city", "address", "role", "family_name", "given_name", "subject", "owner"})
"""Texts of which another case, accent or punctuation is not a change."""


class CellChange(NamedTuple):
    """A field's value before (None: empty) and after."""

    field: str
    before: Value | None
    after: Value


class Merge(NamedTuple):
    """``changes`` may be made; ``kept`` may not: a person, or an earlier row, said otherwise."""

    changes: list[CellChange]
    kept: list[CellChange]

    @property
    def patch(self) -> dict[str, Any]:
        """The changes as an update takes them."""
        return {change.field: change.after for change in self.changes}


def merge(tx: ReadTransaction, record: Record, given: Mapping[str, Any], already_met: bool = False) -> Merge:
    """Hold what a row gives against a record. ``already_met``: another row of the same import was about it and wins.

    An empty cell never erases; lists grow; a value that was typed by a person stays.
    """
    changes: list[CellChange] = []
    contradicted: list[CellChange] = []
    fields = SCHEMA.type(record.type).fields
    stored = record.values
    for name, value in given.items():
        before = stored.get(name)
        if before == value or (before is None and value is False):
            continue
        if before is None:
            changes.append(CellChange(name, None, value))
        elif isinstance(before, list) and fields[name].many:
            if missing := [item for item in value if item not in before]:
                changes.append(CellChange(name, before, [*before, *missing]))
        elif not (fields[name].shape is Shape.TEXT and name in _SPELLED and fold(str(before)) == fold(value)):
            contradicted.append(CellChange(name, before, value))
    if not contradicted:
        return Merge(changes, [])
    if already_met:
        return Merge(changes, contradicted)
    typed = _typed_by_people(tx, record, {change.field for change in contradicted})
    changes += [change for change in contradicted if change.field not in typed]
    return Merge(changes, [change for change in contradicted if change.field in typed])


def _typed_by_people(tx: ReadTransaction, record: Record, fields: Collection[str]) -> set[str]:
    """Those of ``fields`` whose present value comes from neither an import nor the undoing of something."""
    if record.revision == 1 and str(record.values.get("source", "")).startswith(ORIGIN):
        return set()
    typed, open_ones = set(), set(fields)
    for commit, change in tx.history(record.id):
        if change.action == "redact":
            continue
        touched = open_ones & ((change.after or {}).keys() | (change.before or {}).keys())
        if not commit.source.startswith(_NOT_PEOPLE):
            typed |= touched
        open_ones -= touched
        if not open_ones:
            break
    return typed
