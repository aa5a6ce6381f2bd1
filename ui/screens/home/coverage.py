"""Coverage at a glance: the main territories × the main functions, each cell a door to the map."""

from crm.analytics.coverage import WITHOUT, Cell, Coverage, explain
from crm.analytics.reach import zone_codes
from crm.measures.measuring import Measures
from graph_schema.territory import Level
from graph_schema.vocabularies import Function
from graph_schema.wording import count
from ui import address
from ui.look import SHORT_FUNCTIONS, coverage_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.remembered import remembered

FUNCTIONS = (Function.EMPLOYER, Function.EMPLOYMENT, Function.DISABILITY, Function.BRANCH, Function.FUNDER)
_SHOWN = 8
_MOST = 80


def level(measures: Measures) -> Level:
    """The finest level at which the provider's zone still fits a glance."""
    for each in (Level.EPCI, Level.DEPARTEMENT):
        if measures.relations.snapshot.zone and len(zone_codes(measures.relations, each)) <= _MOST:
            return each
    return Level.DEPARTEMENT if measures.relations.snapshot.zone else Level.REGION


def without(measures: Measures, function: Function) -> str:
    """A link to the territories where nobody of a function is active."""
    states = [state for state in Coverage if state in WITHOUT]
    return address.link(address.TERRITORY, fonction=function, echelon=level(measures), etat=states)


def html(measures: Measures) -> Markup:
    """The grid of the territories that need it most: those with the most people and the fewest partners."""
    return remembered(measures, ("home-coverage", address.day()), lambda: _grid(measures))


def _grid(measures: Measures) -> Markup:
    by_territory: dict[str, dict[Function, Cell]] = {}
    for each in measures.coverage(level(measures)):
        by_territory.setdefault(each.territory, {})[each.function] = each
    everyone = sorted(by_territory.values(), key=lambda row: -row[FUNCTIONS[0]].population)
    grid = table(
        ("Territoire", *(_head(measures, function) for function in FUNCTIONS)),
        (_row(measures, row) for row in everyone[:_SHOWN]),
        "rows grid upright",
    )
    words = f"voir les {count(len(everyone), 'territoire')}" if len(everyone) > _SHOWN else "voir la carte"
    return join(
        heading("Couverture", door(words, address.link(address.TERRITORY, echelon=level(measures)), "small")),
        grid,
        legend(measures),
    )


def legend(measures: Measures) -> Markup:
    """The states, each with its shape: those of a zone, or of a network that declared none."""
    never = Coverage.OUTSIDE if measures.relations.snapshot.zone else Coverage.WHITE
    return element("div", *(coverage_mark(state).html() for state in Coverage if state is not never), class_="legend")


def _head(measures: Measures, function: Function) -> Markup:
    href = address.link(address.TERRITORY, fonction=function, echelon=level(measures))
    return element("span", door(SHORT_FUNCTIONS[function], href, title=function.label))


def _row(measures: Measures, row: dict[Function, Cell]) -> list[Markup]:
    first = row[FUNCTIONS[0]]
    name = door(first.name, address.link(address.TERRITORY, territoire=first.territory))
    return [cell(name), *(cell(mark_door(measures, row[function])) for function in FUNCTIONS)]


def mark_door(measures: Measures, one: Cell, href: str | None = None) -> Markup:
    """The mark of a cell, which says why on hover and leads to the partners behind it, or where it is told to."""
    mark = coverage_mark(one.state)
    said = f"{one.function.label}, {one.name} : {mark.word.lower()}. {explain(measures.relations, one)}"
    href = href or address.link(address.TERRITORY, fonction=one.function, territoire=one.territory)
    return door(mark.shape(said), href)
