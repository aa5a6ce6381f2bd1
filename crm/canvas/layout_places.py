"""Nodes put in one by one where there is room, near those to whom they are linked."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from crm.canvas.layout_boxes import Array, Boxes
from crm.canvas.layout_crossings import crossed, sharing
from crm.canvas.layout_stress import Pairs

_FIRST, _STEP = 62.0, 24.0
_RINGS = 5
_TRIED = 40
_CROSSED = 90.0
"""How much farther a node may go to be in the way of one link less."""

_SEVERAL = -1
_OUTWARDS = 0.3
_CLEAR = 16.0
"""Links should pass that far from the middle of a node."""


class Ground:
    """Where nodes stand so far. What is placed never moves; ranks are those of ``boxes`` and ``pairs``."""

    def __init__(self, boxes: Boxes, pairs: Pairs) -> None:
        count = len(boxes.half_widths)
        self.positions: Array = np.zeros((count, 2))
        self.placed = np.zeros(count, dtype=np.bool_)
        self.boxes, self._pairs = boxes, pairs
        self._outers: dict[int, Array] = {}
        self._full: dict[int, int] = {}  # how many rings around a node have no more room
        self._friends: list[list[int]] = [[] for _ in range(count)]
        for a, b in pairs.tolist():
            self._friends[a].append(b)
            self._friends[b].append(a)

    def put(self, node: int, position: Array) -> None:
        """Place a node there."""
        self.positions[node] = position
        self.placed[node] = True

    def friends(self, node: int) -> list[int]:
        """Those linked to a node that are placed."""
        return [friend for friend in self._friends[node] if self.placed[friend]]

    def join(self, ranks: Iterable[int]) -> None:
        """Settle those of these nodes that are not placed yet, the best tied to what is first."""
        waiting = {rank for rank in ranks if not self.placed[rank]}
        while waiting:
            node = max(waiting, key=lambda rank: (len(self.friends(rank)), -rank))
            self.settle(node)
            waiting.discard(node)

    def settle(self, node: int) -> None:
        """Place a node in free room: close to its neighbours, on their outer side, in the way of few links."""
        friends = self.friends(node)
        middle, anchor = self.positions[friends].mean(axis=0), _anchor(friends)
        ring = self._full.get(anchor, 0)
        while not len(free := self._free(node, self._spots(middle, ring, anchor))):
            ring += _RINGS
        if anchor >= 0:
            self._full[anchor] = ring
        self.put(node, self._best(free, middle, friends))

    def resettle(self, node: int) -> None:
        """Settle a node again, now that all the others are placed, if it is in the way of a link and has room to go."""
        friends, here = self.friends(node), self.positions[node].copy()
        if self._full.get(_anchor(friends), 0):
            return
        self.placed[node] = False
        if self._in_the_way(here[None], friends)[0]:
            self.settle(node)
            spots = np.array([here, self.positions[node]])
            self.positions[node] = self._best(spots, self.positions[friends].mean(axis=0), friends)
        self.placed[node] = True

    def _best(self, spots: Array, middle: Array, friends: list[int]) -> Array:
        """Where to be linked to these friends, whose middle is given."""
        away = spots - middle
        cost = np.hypot(*away.T) - _OUTWARDS * (away @ self._outer(_anchor(friends), middle))
        near = np.argsort(cost, kind="stable")[:_TRIED]
        found: Array = spots[near[int((cost[near] + _CROSSED * self._in_the_way(spots[near], friends)).argmin())]]
        return found

    def _spots(self, middle: Array, ring: int, anchor: int) -> Array:
        """Points on rings around ``middle``, evenly spaced; the middle itself too when it is no node."""
        found = [middle[None]] if anchor < 0 and ring == 0 else []
        for rank in range(ring, ring + _RINGS):
            radius = _FIRST + rank * _STEP
            angles = np.linspace(0, 2 * np.pi, max(12, int(radius / 7)), endpoint=False) + 0.4 * rank
            found.append(middle + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
        return np.concatenate(found)

    def _free(self, node: int, spots: Array) -> Array:
        """Those of the spots where a node would overlap none."""
        boxes, others = self.boxes, np.flatnonzero(self.placed)
        middles, theirs = boxes.pick(np.array([node])).middles(spots), boxes.middles(self.positions)[others]
        apart_x, apart_y = (np.abs(np.subtract.outer(*columns)) for columns in zip(middles.T, theirs.T, strict=True))
        met = apart_x < boxes.half_widths[node] + boxes.half_widths[others]
        met &= apart_y < boxes.half_heights[node] + boxes.half_heights[others]
        free: Array = spots[~met.any(axis=1)]
        return free

    def _outer(self, anchor: int, middle: Array) -> Array:
        """The direction away from what the anchor was linked to when it first took someone in, at most of length 1."""
        if anchor not in self._outers:
            linked = self.friends(anchor) if anchor >= 0 else []
            towards = self.positions[linked] - middle
            units = towards / np.maximum(np.hypot(*towards.T), 1e-9)[:, None]
            self._outers[anchor] = -units.mean(axis=0) if linked and anchor >= 0 else np.zeros(2)
        return self._outers[anchor]

    def _in_the_way(self, spots: Array, friends: list[int]) -> Array:
        """For each spot, how many links would be crossed from there, or run over a node."""
        pairs = self._pairs[self.placed[self._pairs].all(axis=1)]
        ends, starts, stops = self.positions[friends], self.positions[pairs[:, 0]], self.positions[pairs[:, 1]]
        met = crossed(spots, ends, self.positions, pairs)
        met &= ~sharing(np.column_stack([friends, friends]), pairs)
        others = self.placed.copy()
        others[friends] = False
        under = _beside(spots[:, None], starts, stops)
        over = _beside(self.positions[others], spots[:, None, None], ends[:, None])
        found: Array = met.sum(axis=(1, 2)) + 0.7 * under.sum(axis=1) + 0.7 * over.sum(axis=(1, 2))
        return found


def _anchor(friends: list[int]) -> int:
    """The only friend; none when there are several, or nobody."""
    return friends[0] if len(friends) == 1 else _SEVERAL


def _beside(points: Array, starts: Array, ends: Array) -> NDArray[np.bool_]:
    """Whether points are close to segments (shapes that broadcast, but for the last axis, which holds x and y)."""
    along_x, along_y = np.moveaxis(ends - starts, -1, 0)
    away_x, away_y = points[..., 0] - starts[..., 0], points[..., 1] - starts[..., 1]
    lengths = np.maximum(along_x * along_x + along_y * along_y, 1e-9)
    part = np.clip((away_x * along_x + away_y * along_y) / lengths, 0.0, 1.0)
    gap_x, gap_y = away_x - part * along_x, away_y - part * along_y
    near: NDArray[np.bool_] = gap_x * gap_x + gap_y * gap_y < _CLEAR * _CLEAR
    return near
