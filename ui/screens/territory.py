"""« Territoire »: where a function is covered, thin, reachable or white; what is behind; how to fill it."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from crm.analytics.coverage import Cell, Coverage, explain
from crm.measures import Measures
from graph_schema.territory import Level, Place, ancestors, parse_territory_id, place
from graph_schema.vocabularies import Function
from graph_schema.wording import kilometres, number
from ui import address, map, session
from ui.look import coverage_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens import home_coverage, territory_grid, territory_place, territory_zones

FUNCTION = "fonction"
PLACE = "territoire"
BELOW = {Level.REGION: Level.DEPARTEMENT, Level.DEPARTEMENT: Level.EPCI, Level.EPCI: Level.COMMUNE}
_PLURALS = {Level.EPCI: "Intercommunalités", Level.COMMUNE: "Communes", Level.DEPARTEMENT: "Départements"}


def show() -> None:
    """Draw the page."""
    measures = session.measures()
    function = address.choice(FUNCTION, Function) or Function.EMPLOYER
    chosen = chosen_place()
    cells = measures.coverage(Level.DEPARTEMENT)
    if not measures.relations.snapshot.organisations:
        _invite("Votre réseau est vide : tout est blanc, pour l'instant.", address.HOME, "Ajouter des partenaires")
    elif not measures.relations.snapshot.zone:
        _invite("Toute la France est montrée : dites où vous travaillez.", address.SETTINGS, "Déclarer notre zone")
    counted = cells if measures.relations.snapshot.zone else ()
    st.html(join(_chips(function, counted), home_coverage.legend()))
    picture, side = st.columns([1.05, 1], gap="large")
    with picture:
        _map([each for each in cells if each.function is function], function, chosen, measures)
        territory_zones.show(measures, function, chosen)
    with side:
        if chosen:
            territory_place.show(measures, chosen, function)
        else:
            territory_grid.show(measures, function)
    rows = below(measures, chosen)
    if rows:
        st.html(_table(measures, [each for each in rows if each.function is function], function, chosen))


def chosen_place() -> Place | None:
    """The territory that the address names, if it exists."""
    try:
        return place(*parse_territory_id(address.text(PLACE)))
    except ValueError:
        return None


def below(measures: Measures, chosen: Place | None) -> Sequence[Cell]:
    """The cells of the territories just below the chosen one: the zone's départements when none is chosen."""
    if chosen is None:
        return measures.coverage(Level.DEPARTEMENT)
    level = BELOW.get(chosen.level)
    if level is None:
        return ()
    if level is Level.COMMUNE or not measures.relations.snapshot.zone:
        return measures.coverage_within(chosen, level)
    return [each for each in measures.coverage(level) if (chosen.level, chosen.code) in ancestors(level, each.code)]


def _invite(words: str, path: str, label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words, width="content")
        st.page_link(address.page(path), label=label, icon=":material/arrow_forward:", query_params=address.kept())


def _chips(function: Function, cells: Iterable[Cell]) -> Markup:
    white = dict.fromkeys(Function, 0)
    for one in cells:
        white[one.function] += one.state is Coverage.WHITE
    chips = []
    for each in Function:
        href = address.here(**{FUNCTION: each, territory_zones.PATH: None})
        blank = [" ", coverage_mark(Coverage.WHITE).shape(f"{white[each]} départements blancs")] if white[each] else []
        current = "true" if each is function else None
        chips.append(element("a", each.label, *blank, class_="door", href=href, aria_current=current))
    return element("nav", *chips, class_="chips", aria_label="Fonction")


def _map(cells: Sequence[Cell], function: Function, chosen: Place | None, measures: Measures) -> None:
    inside = (
        {code for level, code in ancestors(chosen.level, chosen.code) if level is Level.DEPARTEMENT}
        if chosen
        else set()
    )
    areas = []
    for one in cells:
        mark = coverage_mark(one.state)
        title = f"{one.name} : {mark.word.lower()}. {explain(measures.relations, one)}"
        href = address.here(**{PLACE: one.territory, territory_zones.PATH: None})
        areas.append(map.Area(one.code, mark.tone, title, href, one.code in inside))
    map.draw(areas, key="territory-map", label=f"{function.label}, par département")


def _table(measures: Measures, cells: Sequence[Cell], function: Function, chosen: Place | None) -> Markup:
    order = list(Coverage)
    ranked = sorted(cells, key=lambda each: (-order.index(each.state), -each.population))
    where = f" : {chosen.name}" if chosen else ""
    level = _PLURALS[cells[0].level] if cells else ""
    return join(
        heading(f"{level}{where}", element("span", function.label, class_="muted small")),
        table(
            ("Territoire", "État", "Partenaires actifs", "Le plus proche", "Distance", "Habitants"),
            (_row(measures, each) for each in ranked),
        ),
    )


def _row(measures: Measures, one: Cell) -> list[Markup]:
    names: Mapping[str, str] = {
        id: measures.relations.snapshot.organisations[id].name for id in (*one.partners[:3], one.nearest) if id
    }
    partners = [door(names[id], address.record(id)) for id in one.partners[:3]]
    listed = [part for each in partners for part in (each, ", ")][:-1]
    more = f" et {len(one.partners) - 3} autres" if len(one.partners) > 3 else ""
    nearest = door(names[one.nearest], address.record(one.nearest)) if one.nearest else Markup("")
    far = kilometres(one.distance_km, one.approximate) if one.distance_km is not None else ""
    return [
        cell(door(one.name, address.here(**{PLACE: one.territory, territory_zones.PATH: None}))),
        cell(coverage_mark(one.state).html()),
        cell(*listed, more) if listed else cell("aucun", class_="muted"),
        cell(nearest),
        cell(far, class_="number"),
        cell(number(one.population), class_="number"),
    ]
