"""The territory to which the list is narrowed: found by typing, among those where partners sit first."""

from crm import partners
from crm.measures import Measures
from graph_schema.territory import Level, Place, communes, departements, epcis, fold, parse_territory_id, place, regions
from graph_schema.wording import number
from ui import address, filters

TERRITORY = "territoire"
OFFERED = 2000
"""So many territories are listed, those with the most partners; any other may be typed."""

_LEVELS = {
    Level.COMMUNE: "commune",
    Level.EPCI: "intercommunalité",
    Level.DEPARTEMENT: "département",
    Level.REGION: "région",
}


def chosen() -> Place | None:
    """The territory that the address names, if it exists."""
    try:
        return place(*parse_territory_id(address.text(TERRITORY)))
    except ValueError:
        return None


def said(where: Place) -> str:
    """A territory and what it is; a commune with its département, for many share a name."""
    if where.level is Level.COMMUNE and where.departement:
        return f"{where.name} ({where.departement})"
    return f"{where.name}, {_LEVELS[where.level]}"


def choose(measures: Measures) -> None:
    """Draw the list from which a territory is chosen, or typed."""
    seats = list(partners.territories(measures).items())[:OFFERED]
    options = {each.id: f"{said(each)} · {number(many)}" for each, many in seats}
    if here := chosen():
        options.setdefault(here.id, said(here))
    filters.one(
        "Territoire", TERRITORY, options, named, placeholder="Commune, intercommunalité, département, région…"
    )  # fmt: skip


def named(text: str) -> str | None:
    """The id of the largest territory of that name; among communes of one name, the most populated."""
    wanted = fold(text)
    for places in (departements(), regions(), epcis(), communes()):
        found = [each for each in places.values() if fold(each.name) == wanted]
        if found:
            return max(found, key=lambda each: each.population).id
    return None
