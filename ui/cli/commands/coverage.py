"""Where each function is covered, on the command line, and the white zones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from crm.analytics.coverage import Cell, Coverage
from crm.analytics.white_zones import WhiteZone, white_zones
from graph_schema.territory import Level
from graph_schema.vocabularies import Function
from graph_schema.wording import count
from ui.cli.command import Command, Session, pass_session
from ui.cli.measured import measures_on
from ui.cli.output import table
from ui.cli.values import Choice, on_option

_ZONES_SHOWN = 15


@click.command(cls=Command, rank=150)
@click.option(
    "--level",
    type=Choice(Level),
    default=Level.DEPARTEMENT,
    metavar="NIVEAU",
    help="commune, epci, departement (sinon) ou region.",
)
@click.option(
    "--function", type=Choice(Function), metavar="FONCTION", help="Cette fonction seulement, par exemple spe."
)
@on_option
@pass_session
def coverage(session: Session, level: Level, function: Function | None, on: date) -> None:
    """Dire où le réseau est couvert, fragile, atteignable ou blanc."""
    measured = measures_on(session.network(), on)
    cells = [cell for cell in measured.coverage(level) if function in (None, cell.function)]
    zones = white_zones(measured.relations, cells)
    session.give(
        {"on": on, "level": level, "cells": [_cell(cell) for cell in cells], "zones": [_zone(zone) for zone in zones]},
        lambda: _coverage_text(cells, zones),
    )


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "territory": cell.territory, "name": cell.name, "function": cell.function, "state": cell.state,
        "partners": list(cell.partners), "dormant": list(cell.dormant), "nearest": cell.nearest,
        "distance_km": cell.distance_km, "approximate": cell.approximate, "population": cell.population,
    }  # fmt: skip


def _zone(zone: WhiteZone) -> dict[str, Any]:
    return {
        "function": zone.function, "territories": zone.territories, "population": zone.population,
        "nearest": zone.nearest, "distance_km": zone.distance_km, "sentence": zone.sentence,
    }  # fmt: skip


def _coverage_text(cells: Sequence[Cell], zones: Sequence[WhiteZone]) -> Iterator[str]:
    states = Counter((cell.function, cell.state) for cell in cells)
    functions = dict.fromkeys(cell.function for cell in cells)
    yield from table(
        ("FONCTION", *(state.label.upper() for state in Coverage)),
        ((function.label, *(states[function, state] for state in Coverage)) for function in functions),
    )
    for zone in zones[:_ZONES_SHOWN]:
        yield zone.sentence
    if len(zones) > _ZONES_SHOWN:
        yield f"… et {count(len(zones) - _ZONES_SHOWN, 'autre zone blanche')}."
