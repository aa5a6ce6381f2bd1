"""Territory × partner function: where the network is covered, thin, reachable or white.

For each territory of the provider's declared zone and each function:

- covered: two active partners or more; thin: one;
- reachable: none, but a dormant partner there or an active one next door (an adjacent département; a région with an
  adjacent département; for EPCI and communes, within a radius of the territory's point);
- white: nothing. Outside the declared zone, and everywhere as long as none is declared, nothing is white: the territory
  is « hors zone ».

Distances are great-circle, from the territory's point to that of the nearest active partner: its own point, else that
of its commune. They are marked approximate where either end is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from crm.analytics.activity import Activity, Mobilisation, activity, activity_of
from crm.analytics.graph import Relations
from crm.analytics.nearest import Nearest, Spot
from crm.analytics.reach import Reach, commune_of, zone_codes
from graph_schema.declaration import Vocabulary
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, Place, departements, neighbours, place, regions, territory_id
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, count, kilometres, listing

RADIUS_KM = 30.0
"""How far an active partner may sit and still be next door to an EPCI or a commune."""


class Coverage(Vocabulary):
    """How well a territory is provided with partners of a function, the best first; the last does not count."""

    COVERED = "covered", "Couvert"
    THIN = "thin", "Fragile"
    REACHABLE = "reachable", "Atteignable"
    WHITE = "white", "Blanc"
    OUTSIDE = "outside", "Hors zone"


WITHOUT = frozenset({Coverage.REACHABLE, Coverage.WHITE})
"""What « sans … » counts: the territories of our zone where no partner of the function is active."""


class Cell(NamedTuple):
    """A territory and a function: its state, and the ids of the organisations that explain it.

    ``partners`` are the active ones that count there, ``dormant`` the others once in relation (given only where no one
    is active). ``nearest`` is the nearest active partner, looked for only where no one is active, at ``distance_km``.
    """

    territory: str
    level: Level
    code: str
    name: str
    population: int
    function: Function
    state: Coverage
    partners: tuple[str, ...]
    dormant: tuple[str, ...] = ()
    nearest: str | None = None
    distance_km: float | None = None
    approximate: bool = False


def coverage(
    relations: Relations,
    level: Level,
    functions: Iterable[Function] = Function,
    radius_km: float = RADIUS_KM,
    standings: Mapping[str, Activity] | None = None,
    area: str | None = None,
) -> tuple[Cell, ...]:
    """Return a cell for each territory of ``level`` in the provider's zone and each function, in that order.

    ``standings`` is the activity of every organisation where it is already known. ``area`` (an id) asks for the
    territories in it rather than for those of the zone.
    """
    wanted = tuple(functions)
    active, dormant = _by_standing(relations, frozenset(wanted), standings or activity(relations))
    ours = zone_codes(relations, level) if relations.snapshot.zone else ()
    grid = _Grid(
        level,
        Reach(relations, active, level),
        Reach(relations, dormant, level),
        _spots(active, wanted),
        radius_km,
        ours,
    )
    places = (
        place(level, code) for code in (_codes_in(relations, area, level) if area else zone_codes(relations, level))
    )
    return tuple(grid.cell(each, function) for each in places if each is not None for function in wanted)


def explain(relations: Relations, cell: Cell) -> str:
    """Return in French why a cell is in its state."""
    names = relations.snapshot.organisations
    if cell.state is Coverage.COVERED:
        return f"{count(len(cell.partners), 'partenaire actif')}."
    if cell.state is Coverage.THIN:
        return f"Un seul partenaire actif{NBSP}: {names[cell.partners[0]].name}."
    words = ["Aucun partenaire actif."]
    if cell.state is Coverage.OUTSIDE:
        words.append("Hors de votre zone." if relations.snapshot.zone else "Votre zone n'est pas déclarée.")
    if cell.dormant:
        words.append(f"À réveiller{NBSP}: {listing([names[id].name for id in cell.dormant], limit=3)}.")
    if said := nearest_in_words(relations, cell.nearest, cell.distance_km, cell.approximate):
        words.append(said)
    return " ".join(words)


def nearest_in_words(relations: Relations, nearest: str | None, distance: float | None, approximate: bool) -> str:
    """Return « Le plus proche : Cap emploi Exemple, 42 km, actif. », or nothing when there is none."""
    if nearest is None or distance is None:
        return ""
    name = relations.snapshot.organisations[nearest].name
    return f"Le plus proche{NBSP}: {name}, {kilometres(distance, approximate)}, actif."


@cache
def adjacent(level: Level, code: str) -> frozenset[str]:
    """Return the codes of the départements, or régions, that touch one; nothing at the smaller levels."""
    if level is Level.DEPARTEMENT:
        return neighbours(code)
    if level is Level.REGION and code in regions():
        inside = [each for each in departements().values() if each.region == code]
        touching = {departements()[other].region for each in inside for other in neighbours(each.code)}
        return frozenset(region for region in touching if region is not None and region != code)
    return frozenset()


class _Grid:
    """Everything a cell is worked out from."""

    def __init__(
        self, level: Level, active: Reach, dormant: Reach, spots: Mapping[Function, Sequence[Spot]], radius_km: float,
        zone: Iterable[str],
    ) -> None:  # fmt: skip
        self._level, self._active, self._dormant, self._radius = level, active, dormant, radius_km
        self._zone = frozenset(zone)
        self._nearest = {function: Nearest(each) for function, each in spots.items()}

    def cell(self, where: Place, function: Function) -> Cell:
        partners = self._active.partners(where.code, function)
        state = Coverage.COVERED if len(partners) > 1 else Coverage.THIN
        territory = territory_id(self._level, where.code)
        cell = Cell(territory, self._level, where.code, where.name, where.population, function, state, partners)
        return cell if partners else self._without_partner(cell, where)

    def _without_partner(self, cell: Cell, where: Place) -> Cell:
        dormant = self._dormant.partners(cell.code, cell.function)
        spot, distance = self._find(where, cell.function)
        reachable = bool(dormant) or self._next_door(cell, distance)
        nothing = Coverage.WHITE if cell.code in self._zone else Coverage.OUTSIDE
        return cell._replace(
            state=Coverage.REACHABLE if reachable else nothing,
            dormant=dormant,
            nearest=spot.id if spot else None,
            distance_km=distance,
            approximate=spot is not None and (spot.approximate or where.approximate),
        )

    def _find(self, where: Place, function: Function) -> tuple[Spot, float] | tuple[None, None]:
        if where.lat is None or where.lon is None:
            return None, None
        return self._nearest[function].to((where.lat, where.lon)) or (None, None)

    def _next_door(self, cell: Cell, distance: float | None) -> bool:
        if cell.level in (Level.COMMUNE, Level.EPCI):
            return distance is not None and distance <= self._radius
        return any(self._active.partners(code, cell.function) for code in adjacent(cell.level, cell.code))


def _codes_in(relations: Relations, area: str, level: Level) -> tuple[str, ...]:
    return zone_codes(replace(relations, snapshot=replace(relations.snapshot, zone=(area,))), level)


def counted(relations: Relations, id: str) -> tuple[tuple[Function, ...], tuple[object, ...]] | None:
    """Return all that the grid reads of an organisation, its functions first; None for what does not count in it."""
    row = relations.snapshot.organisations.get(id)
    standing = activity_of(relations, id).standing if row else None
    if row is None or standing not in (Mobilisation.ACTIVE, Mobilisation.DORMANT):
        return None
    return row.roles, (standing, row.commune, row.latitude, row.longitude, *relations.serves.get(id, ()))


def _by_standing(
    relations: Relations, wanted: Set[Function], standings: Mapping[str, Activity]
) -> tuple[list[OrganisationRow], list[OrganisationRow]]:
    """The active organisations that have a function wanted, then the dormant ones, by name."""
    rows = relations.snapshot.organisations
    found: dict[Mobilisation, list[OrganisationRow]] = {standing: [] for standing in Mobilisation}
    for id, facts in standings.items():
        if not wanted.isdisjoint(rows[id].roles):
            found[facts.standing].append(rows[id])
    active, dormant = found[Mobilisation.ACTIVE], found[Mobilisation.DORMANT]
    return sorted(active, key=_by_name), sorted(dormant, key=_by_name)


def _by_name(row: OrganisationRow) -> tuple[str, str]:
    return row.name, row.id


def _spots(active: Iterable[OrganisationRow], functions: Sequence[Function]) -> dict[Function, list[Spot]]:
    spots: dict[Function, list[Spot]] = {function: [] for function in functions}
    for row in active:
        for spot in _spot(row):
            for function in row.roles:
                if function in spots:
                    spots[function].append(spot)
    return spots


def _spot(row: OrganisationRow) -> Iterator[Spot]:
    if row.latitude is not None and row.longitude is not None:
        yield Spot(row.id, (row.latitude, row.longitude), False)
        return
    seat = commune_of(row.commune) if row.commune else None
    if seat is not None and seat.lat is not None and seat.lon is not None:
        yield Spot(row.id, (seat.lat, seat.lon), seat.approximate)
