"""Where an organisation counts: where it sits and in the territories that it declares to serve.

Sitting in a commune, or serving one, counts for the EPCI, the département and the région around it; serving a larger
territory counts for all that lies in it. An EPCI that spans several départements lies in each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from crm.analytics.graph import Relations
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import (
    Level,
    Place,
    ancestors,
    communes,
    departements,
    descendants,
    epcis,
    parse_territory_id,
    place,
    regions,
    resolve_commune,
    territory_id,
)
from graph_schema.vocabularies import Function

_PLACES = {Level.COMMUNE: communes, Level.EPCI: epcis, Level.DEPARTEMENT: departements, Level.REGION: regions}


class Reach:
    """Which of some organisations count in each territory of one level, by function.

    What an organisation serves from above is kept once, on the larger territory, and gathered when a cell is asked for:
    an OPCO that serves a région is not written into its four thousand communes.
    """

    def __init__(self, relations: Relations, organisations: Iterable[OrganisationRow], level: Level) -> None:
        self._level = level
        self._at: defaultdict[tuple[str, Function], dict[str, None]] = defaultdict(dict)
        for row in organisations:
            if not (functions := row.roles):
                continue
            for territory in touched(relations, row, level):
                for function in functions:
                    self._at[territory, function][row.id] = None

    def partners(self, code: str, function: Function) -> tuple[str, ...]:
        """Return the ids of those that count in the territory of that code, each once."""
        parts = [self._at[key] for each in around(self._level, code) if (key := (each, function)) in self._at]
        return tuple(parts[0]) if len(parts) == 1 else tuple(dict.fromkeys(id for part in parts for id in part))


def touched(relations: Relations, row: OrganisationRow, level: Level) -> Iterator[str]:
    """The ids of the territories of ``level`` in which it sits or serves something, and of larger ones it serves."""
    if row.commune and (seat := commune_of(row.commune)):
        yield from _upwards(territory_id(Level.COMMUNE, seat.code), level)
    for served in relations.serves.get(row.id, ()):
        yield from _upwards(served, level)


def zone_codes(relations: Relations, level: Level) -> tuple[str, ...]:
    """Return the codes of the territories of ``level`` inside the provider's declared zone; all when it declared none.

    A declared territory smaller than ``level`` brings in the ones it lies in.
    """
    zone = relations.snapshot.zone
    if not zone:
        return tuple(_PLACES[level]())
    codes: dict[str, None] = {}
    for identifier in zone:
        for its_level, code in _around(identifier)[:1]:
            codes.update(dict.fromkeys(descendants(its_level, code, level)))
        codes.update(dict.fromkeys(code for its_level, code in _around(identifier)[1:] if its_level is level))
    return tuple(codes)


@cache
def commune_of(code: str) -> Place | None:
    """Return the commune of today that a COG code means, former ones and arrondissements included; None if unknown."""
    return place(Level.COMMUNE, code) or resolve_commune(code=code).commune


@cache
def around(level: Level, code: str) -> tuple[str, ...]:
    """Return the ids of a territory and of all those it lies in."""
    return tuple(territory_id(*each) for each in ancestors(level, code))


@cache
def _around(identifier: str) -> tuple[tuple[Level, str], ...]:
    """What the territory lies in, itself first; nothing for an identifier that names no known territory."""
    try:
        return ancestors(*parse_territory_id(identifier))
    except ValueError:
        return ()


@cache
def _upwards(identifier: str, level: Level) -> tuple[str, ...]:
    """The territory itself when it is larger than ``level``, else those of ``level`` in which it lies."""
    found = _around(identifier)
    if not found or found[0][0].rank >= level.rank:
        return tuple(territory_id(*each) for each in found[:1])
    return tuple(territory_id(*each) for each in found if each[0] is level)
