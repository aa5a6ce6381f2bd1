"""A map of the départements: one coloured and patterned area each, a link to what is behind it. No tiles."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from graph_schema.territory import VIEW_BOX, departements, neighbours, outlines

_STATIC = Path(__file__).parent / "static"
_component = st.components.v2.component(
    "reseau28-map",
    html=(_STATIC / "map.html").read_text(encoding="utf-8"),
    css=(_STATIC / "map.css").read_text(encoding="utf-8"),
    js=(_STATIC / "map.js").read_text(encoding="utf-8"),
)

CLOSE_UP = 24
"""A zone of at most so many neighbouring départements is shown close up."""

_MARGIN = 0.06
_RATIO = 1.18
_TOKEN = re.compile(r"([Ml])(-?[\d.]+) (-?[\d.]+)|z")


class Area(NamedTuple):
    """A département as the map shows it: its tone (a class of ``map.css``), what is said of it, where it leads."""

    code: str
    tone: str
    title: str
    href: str
    chosen: bool = False


class Box(NamedTuple):
    """A rectangle of the map, by its left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def view(self) -> str:
        """As an SVG ``viewBox``."""
        return f"{self.left:.1f} {self.top:.1f} {self.right - self.left:.1f} {self.bottom - self.top:.1f}"


def draw(areas: Sequence[Area], *, key: str, label: str) -> None:
    """Draw the areas where they are, whatever is around them in grey; ``label`` says what the map shows.

    A small zone is drawn close up with names; a large or scattered one on the whole country, overseas in insets.
    """
    window = frame_of([area.code for area in areas])
    view = window.view if window else VIEW_BOX
    shown = set(outlines()) if window is None else {code for code in outlines() if _overlap(_box(code), window)}
    around = sorted(shown - {area.code for area in areas})
    _component(
        key=key,
        data={
            "viewBox": view,
            "unit": float(view.split()[2]) / 100,
            "label": label,
            "close": window is not None,
            "around": [outlines()[code] for code in around],
            "areas": [_area(area, named=window is not None) for area in areas],
        },
    )


def frame_of(codes: Collection[str]) -> Box | None:
    """The rectangle that shows these départements close up; None when the whole map is to be shown."""
    if not 0 < len(codes) <= CLOSE_UP or not _in_one_piece(codes):
        return None
    boxes = [_box(code) for code in codes]
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
    width, height = right - left, bottom - top
    wide = max(width, height * _RATIO) * (1 + 2 * _MARGIN)
    high = max(height, width / _RATIO) * (1 + 2 * _MARGIN)
    x, y = (left + right) / 2, (top + bottom) / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _in_one_piece(codes: Collection[str]) -> bool:
    reached, border = set[str](), {next(iter(codes))}
    while border:
        reached |= border
        border = {other for code in border for other in neighbours(code)} & set(codes) - reached
    return reached == set(codes)


def _area(area: Area, named: bool) -> dict[str, object]:
    x, y = centre(area.code)
    words = [departements()[area.code].name, area.code] if named else [area.code]
    return {**area._asdict(), "d": outlines()[area.code], "words": words, "x": x, "y": y}


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


@cache
def _box(code: str) -> Box:
    points = [point for ring in _rings(code) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def centre(code: str) -> tuple[float, float]:
    """Where to write a département's name: the centroid of its largest piece."""
    return max((_centroid(ring) for ring in _rings(code)), key=lambda found: found[0])[1]


def _centroid(ring: Sequence[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """Area and centroid of a polygon (shoelace formula)."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross / 2
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return (abs(area), (x / (6 * area), y / (6 * area))) if area else (0.0, ring[0])


@cache
def _rings(code: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    return tuple(_read(outlines()[code]))


def _read(path: str) -> Iterable[tuple[tuple[float, float], ...]]:
    ring: list[tuple[float, float]] = []
    for command, dx, dy in _TOKEN.findall(path):
        if not command:
            yield tuple(ring)
        elif command == "M":
            ring = [(float(dx), float(dy))]
        else:
            ring.append((ring[-1][0] + float(dx), ring[-1][1] + float(dy)))
