"""The room that a node and its label take on the canvas."""

import textwrap
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from crm.canvas.scene import SceneNode

Array: TypeAlias = NDArray[np.float64]

LINE: Final = 14.0
"""Height of a line of a label."""

LETTER: Final = 6.4
"""Width of a letter of a label, on average."""

WIDEST: Final = 20
"""Letters in a line of a label."""

_MARGIN: Final = 5.0
_TOUCH: Final = 1e-6
_LEAP: Final = 60.0
_PUSHES: Final = 30
_GENTLY: Final = 20
_LARGER: Final = 1.06


def lines(caption: str) -> tuple[str, ...]:
    """A caption as it stands below its node: at most two lines, cut with an ellipsis.

    >>> lines("Communauté d'agglomération de Lens-Liévin Exemple")
    ('Communauté', "d'agglomération de…")
    """
    return tuple(textwrap.wrap(caption, WIDEST, max_lines=2, placeholder="…")) or ("",)


def radius(node: SceneNode) -> float:
    """Half the height of a node's shape."""
    return 9.0 + 5.0 * min(max(node.size, 0.2), 4.0)


class Boxes:
    """The boxes of nodes, label included: arrays of half widths and half heights; they reach farther down than up.

    ``middles`` and ``nodes`` go from positions of nodes to those of the middles of their boxes, and back (n × 2).
    """

    def __init__(self, nodes: list[SceneNode]) -> None:
        said = [lines(node.caption) for node in nodes]
        radii = np.array([radius(node) for node in nodes])
        texts = np.array([LETTER * max(map(len, each)) for each in said])
        below = np.array([LINE * len(each) for each in said])
        self.half_widths: Array = np.maximum(texts / 2, radii) + _MARGIN
        self.half_heights: Array = radii + below / 2 + _MARGIN
        self._shift = np.column_stack([np.zeros(len(nodes)), below / 2])

    @property
    def areas(self) -> Array:
        """The area of each box."""
        areas: Array = 4 * self.half_widths * self.half_heights
        return areas

    def middles(self, positions: Array) -> Array:
        return positions + self._shift

    def nodes(self, middles: Array) -> Array:
        return middles - self._shift

    def pick(self, which: NDArray[np.intp]) -> "Boxes":
        """The boxes of some of the nodes, in that order."""
        some = Boxes.__new__(Boxes)
        some.half_widths, some.half_heights = self.half_widths[which], self.half_heights[which]
        some._shift = self._shift[which]
        return some


def overlaps(middles: Array, half_widths: Array, half_heights: Array) -> tuple[Array, Array]:
    """By how much boxes overlap in x and in y, pair by pair (n × n); at most 0 where they do not."""
    x, y = middles.T
    in_x = half_widths[:, None] + half_widths - np.abs(x[:, None] - x)
    in_y = half_heights[:, None] + half_heights - np.abs(y[:, None] - y)
    np.fill_diagonal(in_x, 0)
    return in_x, in_y


def spread(middles: Array, half_widths: Array, half_heights: Array) -> Array:
    """Move boxes as little as it takes so that none overlaps another.

    Pairs go apart along the line between them, which keeps what lies on which side of what, and in the end along the
    axis where they overlap least; whenever that comes to nothing the whole is enlarged a little, so it ends.
    """
    found = middles.copy()
    reach = np.stack([np.add.outer(half, half) for half in (half_widths, half_heights)])
    while True:
        for turn in range(_PUSHES):
            first, second, overlap = _touching(found, reach)
            if not len(first):
                return found
            away = found[first] - found[second]
            moves = _apart(away, overlap) if turn < _GENTLY else _aside(away, overlap)
            for axis, move in enumerate(moves.T):
                pushed = np.bincount(first, move, len(found)) - np.bincount(second, move, len(found))
                found[:, axis] += np.clip(pushed, -_LEAP, _LEAP)
        found *= _LARGER


def _touching(middles: Array, reach: Array) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """The pairs of boxes that overlap, and by how much in x and y (n × 2)."""
    in_x, in_y = (room - np.abs(np.subtract.outer(at, at)) for room, at in zip(reach, middles.T, strict=True))
    first, second = np.divmod(np.flatnonzero((in_x > _TOUCH) & (in_y > _TOUCH)), len(middles))
    first, second = first[first < second], second[first < second]
    return first, second, np.column_stack([in_x[first, second], in_y[first, second]])


def _apart(away: Array, overlap: Array) -> Array:
    """The moves of the first of each pair along the line from the second; the second's are the opposite."""
    share: Array = (overlap / np.maximum(np.abs(away), 1e-3)).min(axis=1) / 2
    return share[:, None] * away


def _aside(away: Array, overlap: Array) -> Array:
    """The same along the axis where they overlap least; those who stand together go each their way, by rank."""
    least = np.column_stack([overlap[:, 0] <= overlap[:, 1], overlap[:, 0] > overlap[:, 1]])
    moves: Array = np.where(least, np.where(away > 0, 1, -1) * (overlap / 2 + _TOUCH), 0.0)
    return moves
