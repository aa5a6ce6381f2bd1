"""Parts of a picture that nothing ties together, set side by side."""

import numpy as np

from crm.canvas.layout_boxes import Array

_WIDE = 1.6
"""Screens are wider than high."""


def pack(sizes: Array, gap: float) -> Array:
    """Where rectangles (widths and heights, n × 2) go, as their middles: the first in the middle, the next around it.

    None touches another; each takes the free place nearest to the middle, seen on a screen wider than high.
    """
    half = sizes / 2 + gap / 2
    found = np.zeros_like(half)
    for rank in range(1, len(half)):
        spots = _corners(found[:rank], half[:rank], half[rank])
        apart = np.abs(spots[:, None] - found[:rank])
        free = spots[~(apart < half[:rank] + half[rank] - 1e-6).all(axis=2).any(axis=1)]
        found[rank] = free[int(np.hypot(free[:, 0] / _WIDE, free[:, 1]).argmin())]
    return found


def _corners(middles: Array, half: Array, mine: Array) -> Array:
    """Places along the sides of those that stand, at their ends and in the middle of each."""
    reach = half + mine
    sides = [
        middles + reach * np.array(corner)
        for corner in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
    ]
    inner = half - mine
    for x, y in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        sides.append(middles + np.column_stack([x * reach[:, 0], y * inner[:, 1]]))
        sides.append(middles + np.column_stack([x * inner[:, 0], y * reach[:, 1]]))
    return np.concatenate(sides)
