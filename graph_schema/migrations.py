"""How data of an older schema become data of this one: numbered steps, each a pure function on one record's values.

A step is added below whenever the meaning or the shape of stored data changes; ``crm/migrate.py`` applies them, in
order, after a backup. A step that only adds an optional field has nothing to transform and says so by ``unchanged``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graph_schema.records import Values


def unchanged(type: str, values: Values) -> Values:
    """Leave the values as they are: the new schema reads the old data."""
    return values


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. ``transform(type, values)`` gives the new values of a node or link of the named type."""

    version: int
    title: str
    transform: Callable[[str, Values], Values] = unchanged


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "Premier schéma"),
    Migration(2, "Relances reportées et vues enregistrées"),
    Migration(3, "Sens à préciser, SMS, phrase et finalité d'un échange, membres représentés"),
)

SCHEMA_VERSION = MIGRATIONS[-1].version
