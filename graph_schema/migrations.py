"""How data of an older schema become data of this one: numbered steps, each pure functions on one record.

A step is added below whenever the meaning or the shape of stored data changes; ``crm/upkeep/migrate.py`` applies them,
in order, after a backup. A step that only adds an optional field has nothing to transform and says so by ``unchanged``.
``DECLARED`` is what the declaration was when the last step was written: a test compares it with what it is, so that no
name or shape changes without a step.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graph_schema.records import Values
from graph_schema.territory import above, parse_territory_id, territory_id


def unchanged(type: str, values: Values) -> Values:
    """Leave the values as they are: the new schema reads the old data."""
    return values


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the links of one type must be, where they follow from their source alone.

    ``targets(id)`` gives the ids of all the nodes to which the ``node`` of that id is tied by a ``link``, as far as the
    network holds them; it is tied to no other. None for one of which nothing is known: its links stay as they are.
    """

    link: str
    node: str
    targets: Callable[[str], tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. ``transform(type, values)`` gives the new values of a node or link of the named type; ``wirings`` are
    the links that are then mended.
    """

    version: int
    title: str
    transform: Callable[[str, Values], Values] = unchanged
    wirings: tuple[Wiring, ...] = ()


def _territories_above(id: str) -> tuple[str, ...] | None:
    try:
        found = above(*parse_territory_id(id))
    except ValueError:
        return None
    return tuple(territory_id(*each) for each in found) or (() if id.startswith("region:") else None)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "Premier schéma"),
    Migration(2, "Relances reportées et vues enregistrées"),
    Migration(
        3,
        "Sens à préciser, SMS, phrase et finalité d'un échange, membres représentés ; intercommunalités dans tous leurs"
        " départements",
        wirings=(Wiring("Within", "Territory", _territories_above),),
    ),
    Migration(4, "Empreintes du journal, version 2"),
    Migration(5, "Fiche de notre organisme : représentant, coordonnées, certification, adresse publique"),
)

SCHEMA_VERSION = MIGRATIONS[-1].version

SEALED_SINCE = 4
"""The schema since which commits are of version 2: only a migration to it writes such a commit before."""

DECLARED = "9f052990fe3e0064"
"""``SCHEMA.fingerprint`` as of the last step."""
