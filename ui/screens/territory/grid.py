"""The grid of all functions: one row for each territory of the level, the function of the map marked."""

from crm.analytics.coverage import Cell
from graph_schema.vocabularies import Function
from graph_schema.wording import count
from ui import paging
from ui.look import SHORT_FUNCTIONS
from ui.markup import Markup, cell, door, element, heading, join
from ui.screens.home import coverage
from ui.screens.territory import where
from ui.screens.territory.where import TerritoryView

PAGE = 40


def html(view: TerritoryView) -> Markup:
    """The grid, the most populous territories first; a page at a time."""
    rows: dict[str, list[Cell]] = {}
    for each in where.cells(view):
        rows.setdefault(each.territory, []).append(each)
    ranked = sorted(rows.values(), key=lambda row: -row[0].population)[: paging.shown(PAGE)]
    heads = [element("th", "Territoire", scope="col"), *(_head(each, each is view.function) for each in Function)]
    body = [element("tr", *_row(view, row)) for row in ranked]
    grid = element(
        "table", element("thead", element("tr", *heads)), element("tbody", *body), class_="rows grid upright"
    )
    said = count(len(rows), where.NOUNS[view.level])
    title = heading("Toutes les fonctions", element("span", said, class_="muted small"))
    scroll = element("div", grid, class_="tall", tabindex="0", role="region", aria_label="Grille")
    return join(title, scroll, paging.more(len(rows), PAGE))


def _head(function: Function, on: bool) -> Markup:
    name = door(SHORT_FUNCTIONS[function], where.to_function(function), title=function.label)
    return element("th", element("span", name), scope="col", class_="on" if on else None)


def _row(view: TerritoryView, row: list[Cell]) -> list[Markup]:
    first = row[0]
    name = cell(door(first.name, where.to_place(first.territory)))
    marks = []
    for each in row:
        mark = coverage.mark_door(view.measures, each, where.to_cell(each))
        marks.append(cell(mark, class_="on" if each.function is view.function else None))
    return [name, *marks]
