"""The territory to which the list is narrowed: found by typing, among those where partners sit first."""

from itertools import islice

from crm.measures import partners
from crm.measures.measuring import Measures
from crm.records.territories import find, named_within
from graph_schema.territory import Level, Place, departements, parse_territory_id, place
from graph_schema.wording import number, plural
from ui import address, filters
from ui.remembered import remembered

TERRITORY = "territoire"
OFFERED = 150
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
    """A territory and what it is; a commune with its département, as many share a name; a département with its code."""
    if where.level is Level.COMMUNE and where.departement:
        return f"{where.name} ({where.departement})"
    code = f" ({where.code})" if where.level is Level.DEPARTEMENT else ""
    return f"{where.name}{code}, {_LEVELS[where.level]}"


def choose(measures: Measures) -> None:
    """Draw the list from which a territory is chosen, or typed; it says how many sit in each."""
    options = remembered(measures, "partners-places", lambda: _offered(measures))
    if here := chosen():
        options = {**options, here.id: options.get(here.id, said(here))}
    filters.one(
        "Territoire", TERRITORY, options, named, placeholder="Commune, intercommunalité, département, région…"
    )  # fmt: skip


def _offered(measures: Measures) -> dict[str, str]:
    found = dict(islice(partners.territories(measures).items(), OFFERED))
    listed = {
        each.id: f"{said(each)} · {number(many)} y {plural(many, 'siège', 'siègent')}" for each, many in found.items()
    }
    # Enter takes what is listed before what is typed: whose name or code is part of a listed one is listed too.
    codes = [each.departement for each in found if each.departement]
    others = [*named_within(listed.values()), *(departements()[code] for code in codes)]
    return listed | {each.id: said(each) for each in others if each.id not in listed}


def named(text: str) -> str | None:
    """The id of the territory that this means; among several of one name, the most populated."""
    return next((found.id for found in find(text)), None)
