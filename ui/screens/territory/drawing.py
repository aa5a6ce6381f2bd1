"""The map: départements by the state of a function, or dots for what is smaller; and the same as a picture to print."""

from collections.abc import Iterator, Sequence
from math import sqrt

from crm.analytics.coverage import Cell, explain
from crm.documents.gate import Outgoing
from graph_schema.territory import Level, ancestors, departements, place
from graph_schema.wording import long_date
from ui import map, map_picture, map_shapes, session, taking
from ui.look import coverage_mark
from ui.map import Area, Dot, Drawing
from ui.remembered import remembered
from ui.screens.territory import where
from ui.screens.territory.where import LevelNames, TerritoryView

_SMALLEST, _LARGEST = 0.45, 2.0
"""Radius of a dot, in hundredths of the map's width."""


def show_map(view: TerritoryView) -> None:
    """Draw the map, and the door to its picture."""
    drawing = remembered(view.everyone, ("territory-drawing", view.key), lambda: drawn(view))
    content = remembered(view.everyone, ("territory-map", view.key), lambda: map.written(drawing))
    map.draw_map(content, key="territory-map")
    taking.take(
        session.network(), "Image à imprimer", _file(view), lambda opposed: Outgoing(picture(view, drawing)),
        key="territory-picture", icon=":material/image:", plain=True,
        help="Un fichier SVG, avec titre, légende, date et sources. La page s'imprime aussi telle quelle.",
    )  # fmt: skip


def drawn(view: TerritoryView) -> Drawing:
    """What the map shows: dots only where an EPCI or commune level is asked for, and can be read."""
    dotted = view.asked in (Level.EPCI, Level.COMMUNE) and not view.too_many
    dots = _dots(view, where.cells(view)) if dotted else []
    level = LevelNames(view.level.value if dotted or view.level is Level.REGION else Level.DEPARTEMENT.value)
    return Drawing(f"{view.function.label}, {level.label.lower()}, {view.where}", list(_areas(view, bool(dots))), dots)


def picture(view: TerritoryView, drawing: Drawing) -> bytes:
    """The map as a file."""
    of = f" · partenaires de « {view.programme.title} »" if view.programme else ""
    day = f"Situation au {long_date(view.everyone.on)}"
    level = LevelNames(view.level.value).label.lower() if drawing.dots or view.asked is Level.REGION else "départements"
    return map_picture.svg(drawing, f"{view.function.label} · {view.where}", f"{day} · {level}{of}")


def _file(view: TerritoryView) -> str:
    return f"carte-{view.function.value}-{view.everyone.on.isoformat()}.svg"


def _areas(view: TerritoryView, dotted: bool) -> Iterator[Area]:
    """A département each, in the state of its région where régions are asked for."""
    inside = _codes(view.place.level, view.place.code) if view.place else set()
    if view.level is Level.REGION:
        cells = {each.code: each for each in view.measures.coverage(Level.REGION) if each.function is view.function}
        found = [(code, cells[d.region]) for code, d in departements().items() if d.region in cells]
    else:
        everything = view.measures.coverage(Level.DEPARTEMENT)
        found = [(each.code, each) for each in everything if each.function is view.function]
    close = dotted and view.level is Level.COMMUNE and inside
    for code, cell in found:
        if not close or code in inside:
            yield Area(
                code,
                coverage_mark(cell.state).tone,
                _said(view, cell),
                where.to_place(cell.territory),
                code in inside,
            )


def _dots(view: TerritoryView, cells: Sequence[Cell]) -> list[Dot]:
    shown = [each for each in cells if each.function is view.function]
    most = max((each.population for each in shown), default=1) or 1
    dots = []
    for each in sorted(shown, key=lambda cell: -cell.population):  # the small ones are drawn over the large ones
        here = place(each.level, each.code)
        spot = map_shapes.spot(here) if here else None
        if spot:
            size = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(each.population / most)
            tone, href = coverage_mark(each.state).tone, where.to_place(each.territory)
            dots.append(Dot(*spot, size, tone, _said(view, each), href))
    return dots


def _said(view: TerritoryView, cell: Cell) -> str:
    return f"{cell.name} : {coverage_mark(cell.state).word.lower()}. {explain(view.measures.relations, cell)}"


def _codes(level: Level, code: str) -> set[str]:
    """The départements around a territory, or in a région."""
    if level is Level.REGION:
        return {each.code for each in departements().values() if each.region == code}
    return {code for its_level, code in ancestors(level, code) if its_level is Level.DEPARTEMENT}
