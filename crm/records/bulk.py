"""The same change to a selection of partners, as one act: one commit, or a run of commits when there are very many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from crm.errors import InputError
from crm.network import Network
from crm.network.identity import new_id
from crm.network.work import UnitOfWork
from graph_schema.organisations import Organisation
from graph_schema.records import Commit, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import OrganisationRow
from graph_schema.text import fold
from graph_schema.wording import count, lowered

LIMIT = 5_000
"""So many partners are changed by one commit; more of them by a run of commits."""

EDITABLE = frozenset({"owner", "tier", "snoozed_until", "snooze_reason"})
"""The fields that may be set on a selection."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change in each partner: fields to set (None empties), tags to add and to take off."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if foreign := self.fields.keys() - EDITABLE:
            raise InputError(f"Un lot ne change pas ces champs : {', '.join(sorted(foreign))}.", field=min(foreign))

    def __bool__(self) -> bool:
        return bool(self.fields or self.add or self.remove)

    def patch(self, record: NodeRecord) -> dict[str, Any]:
        """What it changes in one record."""
        if not (self.add or self.remove):
            return dict(self.fields)
        kept = record.values.get("tags")
        tags = [tag for tag in (kept if isinstance(kept, list) else ()) if fold(tag) not in set(map(fold, self.remove))]
        tags += [tag for tag in self.add if fold(tag) not in set(map(fold, tags))]
        return {**self.fields, "tags": tags}


class BulkOutcome(NamedTuple):
    """What a bulk edit did: its commits (none when nothing changed), how many it changed, and who was kept as they are.

    ``kept`` holds the names of those in which someone changed the same field meanwhile, or that are gone.
    """

    commits: tuple[Commit, ...]
    changed: int
    kept: tuple[str, ...]


def edit(network: Network, seen: Sequence[OrganisationRow], change: Edit) -> BulkOutcome:
    """Apply ``change`` to the partners of these rows, as one commit for each ``LIMIT`` of them, all of one run.

    ``seen`` is how the one who asks saw them: where a field to be set is no longer as it was seen, that partner is left
    alone and named in the outcome. Raises ``InputError`` for nobody or nothing to change.
    """
    if not seen:
        raise InputError("Choisissez d'abord des partenaires.")
    if not change:
        raise InputError("Dites ce qu'il faut changer : responsable, rang, étiquettes ou relance.")
    words = _words(change)
    rows = list(dict.fromkeys(seen))
    parts = [rows[start : start + LIMIT] for start in range(0, len(rows), LIMIT)]
    run = f"lot-{new_id()}" if len(parts) > 1 else None
    commits, kept, changed = [], list[str](), 0
    for part in parts:
        said = f"{words} : {count(len(part), 'partenaire')}"
        done = network.commit(said, partial(_apply, rows=part, change=change), run=run)
        kept += done.value
        if done.commit:
            commits.append(done.commit)
            changed += done.commit.changes
    return BulkOutcome(tuple(commits), changed, tuple(kept))


def _apply(unit: UnitOfWork, rows: Sequence[OrganisationRow], change: Edit) -> list[str]:
    unit.preload(nodes=[row.id for row in rows])
    kept = []
    for row in rows:
        record = unit.node(row.id)
        if record is None or record.type != Organisation.TYPE or any(_moved(row, record, change)):
            kept.append(row.name)
        else:
            unit.update(row.id, change.patch(record))
    return kept


def _moved(row: OrganisationRow, record: NodeRecord, change: Edit) -> Iterator[bool]:
    """For each field to be set, whether it is no longer as it was seen."""
    for name in change.fields:
        seen = getattr(row, name)
        yield (record.values.get(name) or None) != (str(seen) if seen else None)


def _words(change: Edit) -> str:
    fields = SCHEMA.nodes[Organisation.TYPE].fields
    names = [lowered(fields[name].about.label) for name in change.fields]
    names += ["étiquettes"] if change.add or change.remove else []
    return f"Modification en lot ({', '.join(names)})"
