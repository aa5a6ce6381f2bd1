"""What a place is: the four levels of the French territory, a place of each, and the identifiers of places."""

from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG), so that great-circle distances are right to about 0.5 %."""

Point = tuple[float, float]
"""Latitude and longitude, in degrees (WGS 84)."""


class Level(StrEnum):
    """The levels at which coverage is read, the smallest first."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"

    @property
    def rank(self) -> int:
        """0 for a commune, 3 for a région."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Place(NamedTuple):
    """A commune, an EPCI, a département or a région, as the official reference knows it.

    `departement` and `region` are None for an EPCI that spans several of them (`ancestors` lists them all), and a
    larger level has none of the smaller. `lat` and `lon` are the point of a commune, else the population-weighted mean
    of the communes; `approximate` is False only for a commune whose own point is known.
    """

    level: Level
    code: str
    name: str
    population: int
    departement: str | None
    region: str | None
    epci: str | None
    lat: float | None
    lon: float | None
    approximate: bool
    kind: str = ""
    """Of an EPCI: CC, CA, CU, METRO or MET69 (Métropole de Lyon); empty elsewhere."""
    postal_codes: tuple[str, ...] = ()
    """Of a commune; empty elsewhere."""

    @property
    def id(self) -> str:
        """Its territory identifier, such as `departement:62`."""
        return territory_id(self.level, self.code)


class PartKind(StrEnum):
    """What a place inside a commune is, or was."""

    ARRONDISSEMENT = "arrondissement-municipal"
    DELEGUEE = "commune-deleguee"
    ASSOCIEE = "commune-associee"
    FORMER = "ancien-code"


class PlaceWithin(NamedTuple):
    """A place that has a code or a name of its own but lies inside a commune of today.

    `code` may be that of the commune too: the déléguée in which its town hall sits keeps it. A `FORMER` one
    has no name.
    """

    code: str
    name: str
    kind: PartKind
    commune: str
    postal_codes: tuple[str, ...]


def territory_id(level: Level, code: str) -> str:
    """Return the identifier of a place, such as `commune:62498`; `parse_territory_id` is its inverse."""
    return f"{Level(level).value}:{code}"


def parse_territory_id(identifier: str) -> tuple[Level, str]:
    """Return the level and the code that `identifier` holds; whether the place exists is for `place` to say.

    Raises ValueError when `identifier` was not written by `territory_id`.
    """
    level, colon, code = identifier.partition(":")
    if not colon or not code or level not in tuple(Level):
        raise ValueError(f"« {identifier} » ne désigne pas un territoire : écrivez par exemple « commune:62498 ».")
    return Level(level), code


def distance_km(a: Place | Point | None, b: Place | Point | None) -> float | None:
    """Return the great-circle distance between two places or points (haversine), or None when a point is unknown."""
    start, end = _point(a), _point(b)
    if start is None or end is None:
        return None
    lat_a, lon_a, lat_b, lon_b = map(radians, (*start, *end))
    half_chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def _point(where: Place | Point | None) -> Point | None:
    if where is None:
        return None
    if isinstance(where, Place):
        return None if where.lat is None or where.lon is None else (where.lat, where.lon)
    return where
