"""The table under the map: for one function, every territory of the level, its state, partners and the nearest one."""

from crm.analytics.coverage import Cell, Coverage
from graph_schema.wording import kilometres, number
from ui import address, paging
from ui.look import coverage_mark
from ui.markup import Markup, cell, door, element, heading, join, table
from ui.screens import territory_view
from ui.screens.territory_view import Named, View

PAGE = 100
_ORDER = {state: rank for rank, state in enumerate(reversed(Coverage))}


def html(view: View) -> Markup:
    """The table, the white ones first, then by population; nothing below a commune."""
    cells = [each for each in territory_view.cells(view) if each.function is view.function]
    title = f"{Named(view.level.value).label} : {view.where}"
    head = heading(title, element("span", view.function.label, class_="muted small"))
    if view.too_many:
        words = "Trop de communes pour une seule page : choisissez d'abord un département sur la carte."
        return join(head, element("p", words, class_="empty"))
    if not cells:
        return Markup("")
    ranked = sorted(cells, key=lambda each: (_ORDER[each.state], -each.population))
    heads = ("Territoire", "État", "Partenaires actifs", "Le plus proche", "Distance", "Habitants")
    rows = (_row(view, each) for each in ranked[: paging.shown(PAGE)])
    return join(head, table(heads, rows), paging.more(len(ranked), PAGE))


def _row(view: View, one: Cell) -> list[Markup]:
    organisations = view.measures.relations.snapshot.organisations
    shown = [door(organisations[id].name, address.record(id)) for id in one.partners[:3]]
    listed = [part for each in shown for part in (each, ", ")][:-1]
    more = f" et {len(one.partners) - 3} autres" if len(one.partners) > 3 else ""
    nearest = door(organisations[one.nearest].name, address.record(one.nearest)) if one.nearest else Markup("")
    far = kilometres(one.distance_km, one.approximate) if one.distance_km is not None else ""
    return [
        cell(door(one.name, territory_view.to_place(one.territory))),
        cell(coverage_mark(one.state).html()),
        cell(*listed, more) if listed else cell("aucun", class_="muted"),
        cell(nearest),
        cell(far, class_="number"),
        cell(number(one.population), class_="number"),
    ]
