"""White zones: the white cells of a function that hold together, with their population and the nearest active partner.

Départements and régions hold together when they touch; EPCI and communes when they lie in one département, so that a
white EPCI that spans two holds those of both together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import networkx as nx

from crm.analytics.coverage import Cell, Coverage, adjacent, nearest_in_words
from crm.analytics.graph import Relations
from graph_schema.territory import Level, ancestors, population_of
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, count, listing

_NOBODY = {
    Function.EMPLOYER: "Aucun employeur d'accueil",
    Function.EMPLOYMENT: "Aucun acteur du service public de l'emploi",
    Function.DISABILITY: "Aucun acteur du handicap",
    Function.BRANCH: "Aucune branche professionnelle",
    Function.FUNDER: "Aucun financeur",
    Function.GUIDANCE: "Aucun acteur de l'orientation ou du CEP",
    Function.INSERTION: "Aucun acteur de l'insertion",
    Function.LOCAL: "Aucune collectivité, aucun service de l'État",
    Function.SCHOOLS: "Aucun établissement de formation",
    Function.CONSULAR: "Aucune chambre consulaire",
}
_NOUNS = {Level.COMMUNE: "commune", Level.EPCI: "EPCI", Level.DEPARTEMENT: "département", Level.REGION: "région"}


class WhiteZone(NamedTuple):
    """White territories of one function that hold together, the most populous first.

    ``population`` counts everyone once; ``nearest`` is the active partner nearest to any of them.
    """

    function: Function
    level: Level
    territories: tuple[str, ...]
    names: tuple[str, ...]
    population: int
    nearest: str | None
    distance_km: float | None
    approximate: bool
    sentence: str


def white_zones(relations: Relations, cells: Iterable[Cell]) -> tuple[WhiteZone, ...]:
    """Return the white zones among the cells of one level, function by function, the most populous first."""
    by_function: defaultdict[Function, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.state is Coverage.WHITE:
            by_function[cell.function].append(cell)
    zones = (_zone(relations, group) for white in by_function.values() for group in _groups(white))
    order = list(Function)
    return tuple(sorted(zones, key=lambda zone: (order.index(zone.function), -zone.population, zone.names)))


def _groups(white: Sequence[Cell]) -> Iterator[list[Cell]]:
    by_code = {cell.code: cell for cell in white}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(by_code)
    by_departement: dict[str, str] = {}
    for cell in white:
        graph.add_edges_from((cell.code, code) for code in adjacent(cell.level, cell.code) if code in by_code)
        if cell.level in (Level.COMMUNE, Level.EPCI):
            graph.add_edges_from((cell.code, by_departement.setdefault(d, cell.code)) for d in _departements(cell))
    for codes in nx.connected_components(graph):
        yield sorted((by_code[code] for code in codes), key=lambda cell: (-cell.population, cell.name, cell.code))


def _departements(cell: Cell) -> Iterator[str]:
    """The département of a commune, those of an EPCI."""
    return (code for level, code in ancestors(cell.level, cell.code) if level is Level.DEPARTEMENT)


def _zone(relations: Relations, cells: Sequence[Cell]) -> WhiteZone:
    first = cells[0]
    territories = tuple(cell.territory for cell in cells)
    names = tuple(cell.name for cell in cells)
    population = population_of(territories)
    near = min(cells, key=lambda cell: float("inf") if cell.distance_km is None else cell.distance_km)
    found = nearest_in_words(relations, near.nearest, near.distance_km, near.approximate)
    where = f"{_territories(first.level, len(cells))}, {count(population, 'habitant')}"
    nobody = f"{_NOBODY[first.function]}{NBSP}: {listing(names, limit=3)} ({where})."
    return WhiteZone(
        first.function, first.level, territories, names, population, near.nearest, near.distance_km, near.approximate,
        f"{nobody} {found or 'Aucun partenaire actif de cette fonction.'}",
    )  # fmt: skip


def _territories(level: Level, number: int) -> str:
    return count(number, _NOUNS[level], "EPCI" if level is Level.EPCI else None)
