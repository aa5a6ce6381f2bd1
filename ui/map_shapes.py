"""Where things are on the map of the départements: outlines as rectangles and centres, places as points."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from graph_schema.territory import Level, Place, ancestors, communes, neighbours, outlines

CLOSE_UP = 24
"""A zone of at most so many neighbouring départements is shown close up."""

_MARGIN = 0.06
_RATIO = 1.18
_EDGE = 0.03
"""How far, in shares of its size, the outermost communes' points stand inside a département's outline."""

_TOKEN = re.compile(r"([Ml])(-?[\d.]+) (-?[\d.]+)|z")

Point = tuple[float, float]


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

    def overlaps(self, other: "Box") -> bool:
        """Whether two rectangles have something in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def frame_of(codes: Collection[str]) -> Box | None:
    """The rectangle that shows these départements close up; None when the whole map is to be shown."""
    if not 0 < len(codes) <= CLOSE_UP or not _in_one_piece(codes):
        return None
    boxes = [box(code) for code in codes]
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
    width, height = right - left, bottom - top
    wide = max(width, height * _RATIO) * (1 + 2 * _MARGIN)
    high = max(height, width / _RATIO) * (1 + 2 * _MARGIN)
    x, y = (left + right) / 2, (top + bottom) / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


@cache
def box(code: str) -> Box:
    """The rectangle around a département."""
    points = [point for ring in _rings(code) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def centre(code: str) -> Point:
    """Where to write a département's name: the centroid of its largest piece."""
    return max((_centroid(ring) for ring in _rings(code)), key=lambda found: found[0])[1]


@cache
def spot(where: Place) -> Point | None:
    """About where a commune or an EPCI is, within the outline of its (first) département; None without a point.

    The outlines come in no projection that is told: within a département, points are placed by proportion between its
    outermost communes.
    """
    found = (code for level, code in ancestors(where.level, where.code) if level is Level.DEPARTEMENT)
    code = next(found, None)
    if code is None or code not in outlines() or where.lat is None or where.lon is None:
        return None
    frame, reached = box(code), _extents()[code]
    x = _between(where.lon, reached.left, reached.right)
    y = _between(-where.lat, reached.top, reached.bottom)
    return frame.left + x * (frame.right - frame.left), frame.top + y * (frame.bottom - frame.top)


def _between(value: float, first: float, last: float) -> float:
    """Where a value stands between two, as a share kept inside the edges."""
    share = (value - first) / (last - first) if last > first else 0.5
    return _EDGE + min(1.0, max(0.0, share)) * (1 - 2 * _EDGE)


@cache
def _extents() -> dict[str, Box]:
    """The longitudes and (negated) latitudes that the communes of each département reach."""
    found: dict[str, Box] = {}
    for each in communes().values():
        if each.departement is None or each.lat is None or each.lon is None:
            continue
        x, y = each.lon, -each.lat
        known = found.get(each.departement, Box(x, y, x, y))
        found[each.departement] = Box(min(known.left, x), min(known.top, y), max(known.right, x), max(known.bottom, y))
    return found


def _in_one_piece(codes: Collection[str]) -> bool:
    reached, border = set[str](), {next(iter(codes))}
    while border:
        reached |= border
        border = {other for code in border for other in neighbours(code)} & set(codes) - reached
    return reached == set(codes)


def _centroid(ring: Sequence[Point]) -> tuple[float, Point]:
    """Area and centroid of a polygon (shoelace formula)."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross / 2
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return (abs(area), (x / (6 * area), y / (6 * area))) if area else (0.0, ring[0])


@cache
def _rings(code: str) -> tuple[tuple[Point, ...], ...]:
    return tuple(_read(outlines()[code]))


def _read(path: str) -> Iterable[tuple[Point, ...]]:
    ring: list[Point] = []
    for command, dx, dy in _TOKEN.findall(path):
        if not command:
            yield tuple(ring)
        elif command == "M":
            ring = [(float(dx), float(dy))]
        else:
            ring.append((ring[-1][0] + float(dx), ring[-1][1] + float(dy)))
