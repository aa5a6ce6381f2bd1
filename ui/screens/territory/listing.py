"""The table under the map: for one function, every territory of the level, its state, partners and the nearest one."""

from collections import Counter

from crm.analytics.coverage import Cell, Coverage
from graph_schema.wording import count, kilometres, number
from ui import address, filters, paging
from ui.look import coverage_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens.territory import where
from ui.screens.territory.where import STATE, LevelNames, TerritoryView

PAGE = 100
_ORDER = {state: rank for rank, state in enumerate(reversed(Coverage))}


def html(view: TerritoryView) -> Markup:
    """The table of the states asked for, the white ones first, then by population; nothing below a commune."""
    cells = [each for each in where.cells(view) if each.function is view.function]
    title = f"{LevelNames(view.level.value).label} : {view.where}"
    head = heading(title, element("span", view.function.label, class_="muted small"))
    if view.too_many:
        words = "Trop de communes pour une seule page : choisissez d'abord un département sur la carte."
        return join(head, element("p", words, class_="empty"))
    if not cells:
        return Markup("")
    tally = Counter(each.state for each in cells)
    chips = filters.chips(STATE, [(str(s), _marked(s), tally[s]) for s in Coverage if tally[s] or s in view.states])
    kept = [each for each in cells if not view.states or each.state in view.states]
    ranked = sorted(kept, key=lambda each: (_ORDER[each.state], -each.population))
    heads = ("Territoire", "État", "Partenaires actifs", "Le plus proche", "Distance", "Habitants")
    rows = (_row(view, each) for each in ranked[: paging.shown(PAGE)])
    nothing = element("p", "Aucun territoire n'est dans cet état.", class_="empty")
    return join(head, chips, table(heads, rows) if ranked else nothing, paging.more(len(ranked), PAGE))


def _marked(state: Coverage) -> Markup:
    return join(coverage_mark(state).shape(), " ", coverage_mark(state).word)


def _row(view: TerritoryView, one: Cell) -> list[Markup]:
    organisations = view.measures.relations.snapshot.organisations
    shown = [door(organisations[id].name, address.record(id)) for id in one.partners[:3]]
    listed = [part for each in shown for part in (each, ", ")][:-1]
    more = f" et {count(len(one.partners) - 3, 'autre')}" if len(one.partners) > 3 else ""
    nearest = door(organisations[one.nearest].name, address.record(one.nearest)) if one.nearest else Markup("")
    far = kilometres(one.distance_km, one.approximate) if one.distance_km is not None else ""
    return [
        cell(door(one.name, where.to_place(one.territory))),
        cell(coverage_mark(one.state).html()),
        cell(*listed, more) if listed else cell("aucun", class_="muted"),
        cell(nearest),
        cell(far, class_="number"),
        cell(number(one.population), class_="number"),
    ]
