"""Positions whose distances are those of the network: stress majorization.

Source: Gansner, Koren & North, « Graph drawing by stress majorization » (2004), started from classical scaling
(Torgerson, 1952), so that no drawing of lots is needed: the same network always gives the same picture.
"""

from collections.abc import Iterable
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from crm.canvas.layout_boxes import Array

Pairs: TypeAlias = NDArray[np.intp]
"""Links as pairs of ranks of nodes (m × 2)."""

Short: TypeAlias = NDArray[np.float32]
Number = TypeVar("Number", np.float32, np.float64)

_STILL: Final = 0.5
"""Positions that move by less have settled."""

_NUDGE: Final = 2.0
_ANGLE: Final = 2.4
_SPARSE: Final = 1 / 3
"""Below that share of the nodes, picking them out is faster than comparing all."""

_PLANES: Final = ([0, 1], [0, 2], [1, 2])


def shortest(count: int, pairs: Pairs, lengths: Array) -> Array:
    """The length of the shortest way between any two nodes (Floyd & Warshall), to seven digits.

    Ways through those with few links come first: as long as little is known to be tied, little is compared.
    """
    found = np.full((count, count), np.inf, dtype=np.float32)
    np.fill_diagonal(found, 0.0)
    found[pairs[:, 0], pairs[:, 1]] = found[pairs[:, 1], pairs[:, 0]] = lengths
    sums = np.empty_like(found)
    for via in np.argsort(np.bincount(pairs.ravel(), minlength=count), kind="stable"):
        tied = np.flatnonzero(found[via] < np.inf)
        if len(tied) < _SPARSE * count:
            block = np.ix_(tied, tied)
            found[block] = np.minimum(found[block], found[tied, via, None] + found[via, tied])
        else:
            np.add(found[:, via, None], found[via], out=sums)
            np.minimum(found, sums, out=found)
    return found.astype(np.float64)


def scaled(distances: Array, planes: int) -> list[Array]:
    """Classical scaling: the plane that keeps most of these distances, and the next ones; signs are fixed by ranks."""
    squares = distances**2
    means = squares.mean(axis=0)
    inner = -0.5 * (squares - means - means[:, None] + means.mean())
    values, vectors = np.linalg.eigh(inner)
    axes = (vectors * np.sqrt(np.maximum(values, 1e-6)))[:, ::-1][:, :3]
    heavy = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    axes = axes * np.where(heavy < 0, -1, 1)
    chosen = [plane for plane in _PLANES[:planes] if max(plane) < axes.shape[1]]
    return [axes[:, plane] + _nudges(len(axes)) for plane in chosen]


def _nudges(count: int) -> Array:
    """Small steps in all directions: they part those who are at the same distances from all others."""
    angles = np.arange(count) * _ANGLE
    return _NUDGE * np.column_stack([np.cos(angles), np.sin(angles)])


def majorize(starts: Iterable[Array], distances: Array, rounds: int) -> list[Array]:
    """Lower the stress ∑ (‖x − y‖ − d)² / d² of each of these sets of positions.

    Seven digits are enough for a picture, and twice as fast.
    """
    count = len(distances)
    if count < 3:
        return list(starts)
    weights = (distances + np.eye(count)) ** -2.0
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = (np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count).astype(np.float32)
    pull = (weights * distances).astype(np.float32)
    return [_majorized(start.astype(np.float32), inverse, pull, rounds).astype(np.float64) for start in starts]


def _majorized(positions: Short, inverse: Short, pull: Short, rounds: int) -> Short:
    ones = np.ones((len(positions), 1), dtype=np.float32)
    for _ in range(rounds):
        pulled = (pull / between(positions, positions)) @ np.hstack([positions, ones])
        moved = inverse @ (positions * pulled[:, 2:] - pulled[:, :2])
        still = float(np.abs(moved - positions).max()) < _STILL
        positions = moved
        if still:
            break
    return positions


def between(points: NDArray[Number], others: NDArray[Number]) -> NDArray[Number]:
    """How far points are from others (n × m), never quite 0."""
    in_x, in_y = np.subtract.outer(points[:, 0], others[:, 0]), np.subtract.outer(points[:, 1], others[:, 1])
    in_x *= in_x
    in_y *= in_y
    in_x += in_y
    in_x += points.dtype.type(1e-9)
    return np.sqrt(in_x, out=in_x)
