"""The map of the départements from @gouvfr/dsfr-chart: outlines in one frame, and which départements touch."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.territory import svg
from tools.territory.svg import Point, Ring

_SHAPE = re.compile(r'class: "FR-(\d[0-9AB]\d?)"[^"]*(?:"FR-\w+"[^"]*)?\bd: "([^"]+)"')
_INSET_SIZE = 72.0
_INSETS = {"971": (40, 570), "972": (40, 657), "973": (40, 744), "974": (40, 831), "976": (40, 918)}
"""Where each overseas département goes: the corner of a square that the sea leaves free on the map."""

_STEP = 0.5
_NEAR = 1.2
"""Units of the map, about a kilometre each: outlines are sampled every half, and rounded to one, in the source."""

NOT_NEIGHBOURS = (("68", "70"),)
"""Pairs that the simplified outlines join wrongly. At the Ballon d'Alsace, Vosges and Territoire de Belfort share a
short border (Saint-Maurice-sur-Moselle, Lepuix), which keeps Haut-Rhin and Haute-Saône apart."""


def shapes(package: Path) -> dict[str, list[Ring]]:
    """Return the rings of the 101 départements, the overseas ones moved into their insets."""
    script = (package / "dist" / "MapChart" / "MapChart.js").read_text("utf-8")
    found: dict[str, list[Ring]] = {}
    for code, path in _SHAPE.findall(script):
        assert code not in found, f"two outlines for {code}"
        shape = svg.rings(path)
        found[code] = svg.moved(shape, _inset(shape, *_INSETS[code])) if code in _INSETS else shape
    assert len(found) == 101, sorted(found)
    return dict(sorted(found.items()))


class _inset:
    """Moves and scales a shape into the middle of a square whose corner is given."""

    def __init__(self, shape: list[Ring], left: float, top: float) -> None:
        self.bounds = svg.bounds(shape)
        width, height = self.bounds[2] - self.bounds[0], self.bounds[3] - self.bounds[1]
        self.scale = _INSET_SIZE / max(width, height)
        self.corner = (
            left + (_INSET_SIZE - width * self.scale) / 2,
            top + (_INSET_SIZE - height * self.scale) / 2,
        )

    def __call__(self, point: Point) -> Point:
        return (
            self.corner[0] + (point[0] - self.bounds[0]) * self.scale,
            self.corner[1] + (point[1] - self.bounds[1]) * self.scale,
        )


def adjacency(found: dict[str, list[Ring]]) -> dict[str, list[str]]:
    """Return which départements touch: somewhere their outlines run within `_NEAR` of each other; none overseas.

    The outlines come from one simplified drawing rounded to its unit, so true neighbours run together over at least
    that length and others stay apart (no pair changes between tolerances of 1 and 2 units); `NOT_NEIGHBOURS` corrects
    the one place where simplification crossed two borders.
    """
    samples = {code: list(_samples(shape)) for code, shape in found.items() if code not in _INSETS}
    cells: defaultdict[tuple[int, int], list[tuple[str, Point]]] = defaultdict(list)
    for code, points in samples.items():
        for point in points:
            cells[_cell(point)].append((code, point))
    touching: dict[str, set[str]] = {code: set() for code in found}
    for code, points in samples.items():
        for point in points:
            for other, its_point in _around(point, cells):
                if other != code and math.dist(point, its_point) <= _NEAR:
                    touching[code].add(other)
    for one, other in NOT_NEIGHBOURS:
        touching[one].remove(other)
        touching[other].remove(one)
    return {code: sorted(others) for code, others in touching.items()}


def _samples(shape: list[Ring]) -> Iterator[Point]:
    for ring in shape:
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            steps = max(1, math.ceil(math.dist(a, b) / _STEP))
            for step in range(steps):
                yield a[0] + (b[0] - a[0]) * step / steps, a[1] + (b[1] - a[1]) * step / steps


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / 2), math.floor(point[1] / 2)


def _around(point: Point, cells: dict[tuple[int, int], list[tuple[str, Point]]]) -> Iterator[tuple[str, Point]]:
    column, row = _cell(point)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            yield from cells.get((x, y), ())
