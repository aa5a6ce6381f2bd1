"""Links that cross: counted, and made fewer by moving one node at a time."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from crm.canvas.layout_boxes import Array
from crm.canvas.layout_stress import Pairs, between

_SPOTS: Final = 16
_FEW: Final = 8
"""Nodes with more links than that stay in the middle of them."""

_GOLDEN: Final = np.pi * (3 - np.sqrt(5))
_RANKS: Final = np.arange(_SPOTS + 1)
_DISC: Final = (np.sqrt(_RANKS / _SPOTS) * np.array([np.cos(_RANKS * _GOLDEN), np.sin(_RANKS * _GOLDEN)])).T
_QUARTER: Final = np.array([[0.0, 1.0], [-1.0, 0.0]])
_STRETCH: Final = 1.5
"""How many crossings a doubling of a node's own stress is worth."""

_WORTH: Final = 0.5
"""What a move must gain, in crossings."""


def crossings(positions: Array, pairs: Pairs) -> NDArray[np.intp]:
    """How many other links each link crosses; links that share an end do not cross."""
    return _crossings(positions, pairs, sharing(pairs, pairs))


def crossed(spots: Array, friends: Array, positions: Array, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether links from spots to friends would cross those drawn, ends shared or not (spots × friends × pairs)."""
    count = len(spots)
    points = np.concatenate([spots, friends])
    products, sides = _cross(points, positions), _sides(points, positions, pairs)
    left = products[count:] > products[:count, None] - _cross(spots, friends)[:, :, None]
    met = left.take(pairs[:, 0], axis=2)
    met ^= left.take(pairs[:, 1], axis=2)
    met &= sides[:count, None] ^ sides[count:]
    return met


def sharing(pairs: Pairs, others: Pairs) -> NDArray[np.bool_]:
    """Which of these links have an end in common with which of the others."""
    (a, b), (c, d) = pairs.T[:, :, None], others.T
    shared: NDArray[np.bool_] = (a == c) | (a == d) | (b == c) | (b == d)
    return shared


def _cross(points: Array, others: Array) -> Array:
    """The cross products of vectors."""
    found: Array = points @ _QUARTER @ others.T
    return found


def _sides(points: Array, positions: Array, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether points lie to the left of the lines through links (points × pairs)."""
    starts, ends = positions[pairs[:, 0]], positions[pairs[:, 1]]
    left: NDArray[np.bool_] = _cross(points, ends - starts) < (starts[:, 0] * ends[:, 1] - starts[:, 1] * ends[:, 0])
    return left


def _crossings(positions: Array, pairs: Pairs, shared: NDArray[np.bool_]) -> NDArray[np.intp]:
    left = _sides(positions, positions, pairs)
    apart = left[pairs[:, 0]] != left[pairs[:, 1]]
    found: NDArray[np.intp] = np.count_nonzero(apart & apart.T & ~shared, axis=1)
    return found


def untangle(positions: Array, pairs: Pairs, distances: Array, tries: int = 150) -> Array:
    """Move nodes, the most tangled first, where fewer links cross and distances are still about right."""
    picture = _Picture(positions, pairs, distances)
    while tries > 0:
        worst = picture.tangled()[:tries]
        tries -= len(worst)
        if not sum([picture.move(node) for node in worst]):
            break
    return picture.positions


class _Picture:
    """Positions that get better, node by node."""

    def __init__(self, positions: Array, pairs: Pairs, distances: Array) -> None:
        self.positions = positions.copy()
        self._pairs, self._distances = pairs, distances
        self._weights = np.maximum(distances, 1e-9) ** -2.0
        np.fill_diagonal(self._weights, 0.0)
        self._reach = 2.5 * np.partition(distances, 1, axis=1)[:, 1]
        self._shared = sharing(pairs, pairs)
        self._links: list[list[int]] = [[] for _ in positions]
        for rank, (a, b) in enumerate(pairs.tolist()):
            self._links[a].append(rank)
            self._links[b].append(rank)

    def tangled(self) -> list[int]:
        """Nodes whose links cross others, the most tangled first; those with many links left out."""
        met = _crossings(self.positions, self._pairs, self._shared)
        tangles = np.bincount(self._pairs.ravel(), weights=met.repeat(2), minlength=len(self.positions))
        worst = np.argsort(-tangles, kind="stable").tolist()
        return [node for node in worst if tangles[node] and len(self._links[node]) <= _FEW]

    def move(self, node: int) -> bool:
        """Move a node to where that is worth it, if anywhere."""
        mine, here, reach = self._links[node], self.positions[node, None], self._reach[node] * _DISC
        friends = self.positions[self._pairs[mine].sum(axis=1) - node]
        spots = np.concatenate([here, friends.mean(axis=0) + reach, here + reach])
        cost = self._stress(node, spots)
        cost *= _STRETCH / max(float(cost[0]), 1e-9)
        others = ~self._shared[mine]
        cost[0] += self._crossed(spots[:1], friends, others)[0]
        hopeful = cost <= cost[0] - _WORTH
        if not hopeful.any():
            return False
        spots, most = spots[hopeful], cost[0] - _WORTH
        cost = cost[hopeful] + self._crossed(spots, friends, others)
        best = int(cost.argmin())
        if cost[best] > most:
            return False
        self.positions[node] = spots[best]
        return True

    def _crossed(self, spots: Array, friends: Array, others: NDArray[np.bool_]) -> NDArray[np.intp]:
        met = crossed(spots, friends, self.positions, self._pairs)
        found: NDArray[np.intp] = np.count_nonzero(met & others, axis=(1, 2))
        return found

    def _stress(self, node: int, spots: Array) -> Array:
        apart = between(spots, self.positions)
        stress: Array = (apart - self._distances[node]) ** 2 @ self._weights[node]
        return stress
