"""The grid of all functions: one row for each territory of the zone, the function of the map marked."""

import streamlit as st

from crm.analytics.coverage import Cell
from crm.measures import Measures
from graph_schema.vocabularies import Function
from ui import address
from ui.look import SHORT_FUNCTIONS
from ui.markup import Markup, cell, door, element, heading, join
from ui.screens import home_coverage

_MOST = 150


def show(measures: Measures, function: Function) -> None:
    """Draw the grid, the most populous territories first."""
    rows: dict[str, list[Cell]] = {}
    for each in measures.coverage(home_coverage.level(measures)):
        rows.setdefault(each.territory, []).append(each)
    ranked = sorted(rows.values(), key=lambda row: -row[0].population)[:_MOST]
    heads = [element("th", "Territoire", scope="col"), *(_head(each, each is function) for each in Function)]
    body = [element("tr", *_row(measures, row, function)) for row in ranked]
    grid = element(
        "table", element("thead", element("tr", *heads)), element("tbody", *body), class_="rows grid upright"
    )
    title = heading("Toutes les fonctions", element("span", f"{len(rows)} territoires", class_="muted small"))
    st.html(join(title, element("div", grid, class_="tall", tabindex="0", role="region", aria_label="Grille")))


def _head(function: Function, on: bool) -> Markup:
    name = door(SHORT_FUNCTIONS[function], address.here(fonction=function), title=function.label)
    return element("th", element("span", name), scope="col", class_="on" if on else None)


def _row(measures: Measures, row: list[Cell], function: Function) -> list[Markup]:
    first = row[0]
    name = cell(door(first.name, address.here(territoire=first.territory)))
    marks = (
        cell(home_coverage.mark_door(measures, each), class_="on" if each.function is function else None)
        for each in row
    )
    return [name, *marks]
