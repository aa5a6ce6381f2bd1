"""Territories as records, and communes drawn by population."""

from bisect import bisect
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any

from crm.demo.names import COLLEAGUES
from crm.demo.provider import ZONE
from crm.demo.scene import SmallNetwork
from graph_schema.territories import Territory, Within
from graph_schema.territory import Level, Place, chain, communes, parse_territory_id, place, territory_id

_AROUND_SITES = ("200033579", "246200364", "200072460", "246200299", "200044618", "200093201")
"""EPCI where most of the partners are: Arras, Lens-Liévin, Béthune-Bruay, Hénin-Carvin, Douai, Lille."""


def add(scene: SmallNetwork) -> None:
    """Note the territories that partners serve, those of the zone, and what each lies in."""
    stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : territoires desservis")
    served = {id for partner in scene.partners.values() for id in partner.serves} | set(ZONE)
    within = sorted({pair for id in served for pair in chain(*parse_territory_id(id))})
    for id in sorted(served | {id for pair in within for id in pair}):
        scene.book.node(stamp, Territory.TYPE, id, values(id))
    for lower, upper in within:
        scene.book.link(stamp, Within.TYPE, lower, upper)


def values(id: str) -> dict[str, Any]:
    """The content of the record of a territory."""
    level, code = parse_territory_id(id)
    found = place(level, code)
    assert found is not None, id
    return {"level": level.value, "code": code, "name": found.name, "population": found.population}


def near_sites(random: Random) -> Place:
    """A commune of the provider's country: four times in five near a site, else elsewhere in Nord or Pas-de-Calais."""
    return _draw(random, *(_near() if random.random() < 0.8 else _around()))


def anywhere(random: Random) -> Place:
    """A commune of France, overseas included."""
    return _draw(random, *_everywhere())


def _draw(random: Random, places: tuple[Place, ...], weights: list[int]) -> Place:
    return places[bisect(weights, random.randrange(weights[-1]))]


@cache
def _near() -> tuple[tuple[Place, ...], list[int]]:
    return _weighted(commune for commune in communes().values() if commune.epci in _AROUND_SITES)


@cache
def _around() -> tuple[tuple[Place, ...], list[int]]:
    return _weighted(commune for commune in communes().values() if commune.departement in ("59", "62"))


@cache
def _everywhere() -> tuple[tuple[Place, ...], list[int]]:
    return _weighted(communes().values())


def _weighted(places: Iterable[Place]) -> tuple[tuple[Place, ...], list[int]]:
    """Places where people live, with the running sum of their populations."""
    inhabited = tuple(place for place in places if place.population and place.postal_codes)
    return inhabited, list(accumulate(place.population for place in inhabited))


def epci_of(commune: str) -> str | None:
    """The territory id of the EPCI of a commune."""
    code = communes()[commune].epci
    return territory_id(Level.EPCI, code) if code else None
