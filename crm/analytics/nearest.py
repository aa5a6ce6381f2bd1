"""The nearest of many points on Earth, found through a grid of half degrees rather than by trying them all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, floor, radians
from typing import NamedTuple

from graph_schema.territory import Point, distance_km

_SIZE = 0.5
"""Side of a square of the grid, in degrees."""

_RINGS = 12
"""Beyond so many squares around, trying every point is quicker."""

_KM_PER_DEGREE = 111.0
"""A little less than a degree of latitude measures, so that a bound stays a bound."""


class Spot(NamedTuple):
    """Something at a place; ``approximate`` when the point is not its own."""

    id: str
    point: Point
    approximate: bool


class Nearest:
    """Spots among which to look for the nearest; the first given wins a tie."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._squares: defaultdict[tuple[int, int], list[Spot]] = defaultdict(list)
        for spot in spots:
            self._squares[_square(spot.point)].append(spot)

    def to(self, point: Point) -> tuple[Spot, float] | None:
        """Return the spot nearest to a point and its distance in kilometres; None if there is no spot."""
        best: tuple[Spot, float] | None = None
        for ring in range(_RINGS):
            best = _better(best, self._ring(point, ring), point)
            # Every spot outside the rings seen so far is at least this far.
            bound = ring * _SIZE * _KM_PER_DEGREE * cos(radians(min(89.0, abs(point[0]) + (ring + 1) * _SIZE)))
            if best is not None and best[1] <= bound:
                return best
        return _better(best, (spot for square in self._squares.values() for spot in square), point)

    def _ring(self, point: Point, ring: int) -> Iterator[Spot]:
        row, column = _square(point)
        for r in range(row - ring, row + ring + 1):
            edge = abs(r - row) == ring
            for c in range(column - ring, column + ring + 1, 1 if edge or ring == 0 else 2 * ring):
                yield from self._squares.get((r, c), ())


def _square(point: Point) -> tuple[int, int]:
    return floor(point[0] / _SIZE), floor(point[1] / _SIZE)


def _better(best: tuple[Spot, float] | None, spots: Iterable[Spot], point: Point) -> tuple[Spot, float] | None:
    for spot in spots:
        distance = distance_km(spot.point, point)
        if distance is not None and (best is None or distance < best[1]):
            best = spot, distance
    return best
