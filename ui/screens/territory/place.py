"""One territory: how the function is held there and by whom, and the other functions at a glance."""

from collections.abc import Sequence

from crm.analytics.activity import Mobilisation
from crm.analytics.coverage import Cell, explain
from crm.measures.measuring import Measures
from graph_schema.territory import Level, Place, ancestors, place
from graph_schema.vocabularies import Function
from graph_schema.wording import count, number, plural
from ui import address
from ui.look import coverage_mark, freshness_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens.territory import where
from ui.screens.territory.where import TerritoryView

_SHOWN = 8


def html(view: TerritoryView) -> Markup:
    """The territory that the view is about."""
    chosen, measures = view.place, view.measures
    if chosen is None:
        return Markup("")
    cells = measures.coverage_within(chosen, chosen.level)
    here = next(each for each in cells if each.function is view.function)
    mark = coverage_mark(here.state)
    return join(
        _crumbs(chosen),
        heading(chosen.name, element("span", count(chosen.population, "habitant"), class_="muted small")),
        element("p", mark.html(), f" · {view.function.label}. {explain(measures.relations, here)}"),
        _partners(measures, here),
        heading("Les autres fonctions"),
        _functions(measures, cells, view.function),
    )


def _crumbs(chosen: Place) -> Markup:
    above = [place(*each) for each in reversed(ancestors(chosen.level, chosen.code)[1:])]
    doors = [door(each.name, where.to_place(each.id)) for each in above if each]
    first = door("Notre zone", where.to_place(None))
    trail = [part for each in (first, *doors) for part in (each, " › ")]
    return element("nav", *trail, chosen.name, class_="crumbs", aria_label="Territoires")


def _partners(measures: Measures, here: Cell) -> Markup:
    ids = here.partners or here.dormant
    if not ids:
        return Markup("")
    rows = []
    for id in sorted(ids, key=lambda each: (measures.freshness[each].state.rank, measures.freshness[each].name))[
        :_SHOWN
    ]:
        row, fresh = measures.relations.snapshot.organisations[id], measures.freshness[id]
        seat = place(Level.COMMUNE, row.commune) if row.commune else None
        rows.append(
            (
                cell(freshness_mark(fresh.state).shape(), " ", door(row.name, address.record(id))),
                cell(seat.name if seat else "", class_="muted"),
                cell(fresh.reason, class_="muted small"),
            )
        )
    what = plural(len(ids), "partenaire actif") if here.partners else "à réveiller"
    standing = Mobilisation.ACTIVE if here.partners else Mobilisation.DORMANT
    href = address.link(address.PARTNERS, fonction=here.function, territoire=here.territory, activite=standing)
    more = door(f"voir les {number(len(ids))} dans Partenaires", href, "small") if len(ids) > _SHOWN else Markup("")
    return join(table((f"{number(len(ids))} {what}", "Commune", "Relation"), rows), more)


def _functions(measures: Measures, cells: Sequence[Cell], function: Function) -> Markup:
    rows = []
    for each in cells:
        if each.function is function:
            continue
        said = count(len(each.partners), "partenaire actif") if each.partners else explain(measures.relations, each)
        name = door(each.function.label, where.to_function(each.function))
        rows.append((cell(coverage_mark(each.state).shape(), " ", name), cell(said, class_="muted small")))
    return element("div", table((), rows, "rows facts"))
