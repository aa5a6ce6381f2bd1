"""The places themselves: communes, EPCI, départements and régions, read from the packaged files on first use."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from graph_schema.territory.data_files import document, table
from graph_schema.territory.places import Level, PartKind, Place, PlaceWithin


@cache
def regions() -> Mapping[str, Place]:
    """Return the 18 régions, overseas included, by code."""
    return _frozen(
        _place(Level.REGION, code, name, population, region=code, lat=lat, lon=lon)
        for code, name, population, lat, lon in table("regions")
    )


@cache
def departements() -> Mapping[str, Place]:
    """Return the 101 départements, overseas included, by code."""
    return _frozen(
        _place(Level.DEPARTEMENT, code, name, population, departement=code, region=region, lat=lat, lon=lon)
        for code, name, region, population, lat, lon in table("departements")
    )


@cache
def epcis() -> Mapping[str, Place]:
    """Return the intercommunalités à fiscalité propre and the métropoles, by SIREN."""
    return _frozen(
        _place(
            Level.EPCI,
            code,
            name,
            population,
            departement=departement or None,
            region=region or None,
            epci=code,
            lat=lat,
            lon=lon,
        )._replace(kind=kind)
        for code, name, kind, departement, region, population, lat, lon in table("epcis")
    )


@cache
def communes() -> Mapping[str, Place]:
    """Return the communes of the 18 régions by COG code; not the overseas collectivities (975, 977, 978, 98…)."""
    region_of = {code: place.region for code, place in departements().items()}
    level = Level.COMMUNE
    found: dict[str, Place] = {}
    for code, name, departement, epci, population, postal_codes, lat, lon, approximate in table("communes"):
        found[code] = Place(
            level,
            code,
            name,
            int(population),
            departement,
            region_of[departement],
            epci or None,
            float(lat) if lat else None,
            float(lon) if lon else None,
            approximate == "1",
            "",
            tuple(postal_codes.split()),
        )
    return MappingProxyType(found)


@cache
def parts() -> tuple[PlaceWithin, ...]:
    """Return what lies inside communes: arrondissements of the three cities, déléguées, associées, former codes."""
    return tuple(
        PlaceWithin(code, name, PartKind(kind), commune, tuple(postal_codes.split()))
        for code, name, kind, commune, postal_codes in table("parts")
    )


def place(level: Level, code: str) -> Place | None:
    """Return the place of that level and code, or None. A code that is no longer a commune's: see `resolve_commune`."""
    return places(level).get(code)


def places(level: Level) -> Mapping[str, Place]:
    """Return every place of a level, by code."""
    return _BY_LEVEL[Level(level)]()


@cache
def cog_year() -> int:
    """Return the year of the Code officiel géographique that the places follow (its state on 1 January)."""
    return int(document("sources")["cog_year"])


@cache
def population_year() -> int:
    """Return the reference year of the populations (Mayotte: the census of 2017)."""
    return int(document("sources")["population_year"])


_BY_LEVEL = {Level.COMMUNE: communes, Level.EPCI: epcis, Level.DEPARTEMENT: departements, Level.REGION: regions}


def _place(
    level: Level,
    code: str,
    name: str,
    population: str,
    *,
    departement: str | None = None,
    region: str | None = None,
    epci: str | None = None,
    lat: str,
    lon: str,
) -> Place:
    return Place(level, code, name, int(population), departement, region, epci, float(lat), float(lon), True)


def _frozen(places: Iterable[Place]) -> Mapping[str, Place]:
    return MappingProxyType({each.code: each for each in places})
