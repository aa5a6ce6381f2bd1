"""One connected part of the network, arranged by itself.

It has many ends: people known to one organisation only. They are taken off, the rest is stretched so that distances on
the canvas are those along links (``layout_stress``), untangled (``layout_crossings``) and given room
(``layout_boxes``), then the ends are fanned around what they hang on (``layout_places``).
"""

from typing import Final, TypeAlias

import networkx as nx
import numpy as np

from crm.canvas.layout_boxes import Array, Boxes, spread
from crm.canvas.layout_crossings import crossings, untangle
from crm.canvas.layout_places import Ground
from crm.canvas.layout_stress import Pairs, majorize, scaled, shortest

Block: TypeAlias = dict[int, Array]
"""Positions by rank."""

_LINK: Final = 95.0
"""How long a link wants to be, fans aside."""

_BETWEEN: Final = (1.0, 1.8)
"""How much longer a link between two communities may be; each is tried, the least tangled picture is kept."""

_LOOSE: Final = 1.5
"""How much more room than their boxes a node and the ends that hang on it are given."""

_FANS: Final = 0.6
"""How much of that room lengthens the links of the node."""

_ALIKE: Final = 4.0
"""So many differing neighbours do not lengthen a link."""

_AIRY: Final = 6.0
"""How much more surface than its boxes a picture has at most before they are spread."""

_ROUNDS: Final = 60
_UNTANGLED: Final = 2
_SMALL: Final = 200
"""Parts of so many nodes, ends aside, are started in several ways."""


def arrange(boxes: Boxes, part: "nx.Graph[int]") -> Block:
    """Positions of a connected part of at least two nodes."""
    core = _core(part)
    ranks = sorted(core)
    pairs = _pairs(core, ranks)
    ends: list[list[int]] = [[n for n in part[rank] if n not in core] for rank in ranks]
    fans = np.array(
        [np.sqrt(_LOOSE * boxes.areas[[rank, *each]].sum() / np.pi) for rank, each in zip(ranks, ends, strict=True)]
    )
    fans[[not each for each in ends]] = 0.0
    some = boxes.pick(np.array(ranks, dtype=np.intp))
    half_widths, half_heights = (np.maximum(half, fans) for half in (some.half_widths, some.half_heights))

    needed = _AIRY * 4 * float(half_widths @ half_heights)

    def give_room(positions: Array) -> Array:
        return some.nodes(spread(some.middles(_tight(_level(positions), needed)), half_widths, half_heights))

    pictures = _pictures(core, ranks, pairs, fans) if len(ranks) > 1 else [np.zeros((1, 2))]
    positions = min(map(give_room, pictures), key=lambda positions: _tangles(positions, pairs))
    return _fan(boxes, part, dict(zip(ranks, positions, strict=True)), ends)


def grid(boxes: Boxes, ranks: list[int]) -> Block:
    """Lone nodes in rows."""
    some = boxes.pick(np.array(ranks, dtype=np.intp))
    width, height = 2 * float(some.half_widths.max()), 2 * float(some.half_heights.max())
    columns = max(1, round(float(np.sqrt(1.6 * len(ranks) * height / width))))
    cells = np.arange(len(ranks))
    middles = np.column_stack([(cells % columns) * width, (cells // columns) * height])
    return dict(zip(ranks, some.nodes(middles), strict=True))


def _core(part: "nx.Graph[int]") -> "nx.Graph[int]":
    """What is left without those who have a single link; the first of the two when there are only two."""
    held = [rank for rank, degree in part.degree if degree > 1] or [min(part)]
    core: nx.Graph[int] = nx.Graph()
    core.add_nodes_from(sorted(held))
    core.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in part.subgraph(held).edges))
    return core


def _pairs(core: "nx.Graph[int]", ranks: list[int]) -> Pairs:
    places = {rank: place for place, rank in enumerate(ranks)}
    return np.array([(places[a], places[b]) for a, b in core.edges], dtype=np.intp).reshape(-1, 2)


def _pictures(core: "nx.Graph[int]", ranks: list[int], pairs: Pairs, fans: Array) -> list[Array]:
    """The least tangled of a few pictures, made even less so."""
    groups = nx.community.louvain_communities(core, seed=1)
    group = {rank: number for number, members in enumerate(groups) for rank in members}
    own = np.array([group[rank] for rank in ranks])
    apart = own[pairs[:, 0]] != own[pairs[:, 1]]
    room = _LINK * _strangeness(core, ranks, pairs) + _FANS * fans[pairs].sum(axis=1)
    pictures = []
    for factor in _BETWEEN if len(groups) > 1 else (1.0,):
        distances = shortest(len(ranks), pairs, room * np.where(apart, factor, 1.0))
        starts = scaled(distances, planes=3 if len(ranks) <= _SMALL else 1)
        stretched = majorize(starts, distances, _ROUNDS)
        pictures += [(_tangles(positions, pairs), positions, distances) for positions in stretched]
    best = sorted(pictures, key=lambda picture: picture[0])[:_UNTANGLED]
    return [untangle(positions, pairs, distances) for _, positions, distances in best]


def _strangeness(core: "nx.Graph[int]", ranks: list[int], pairs: Pairs) -> Array:
    """How long each link should be, 1 at least: the root of how many are linked to one of its ends and not the other.

    Those whom only a great hub ties together would else all stand on one another, at two links from everyone.
    Source: the « subset » model of Graphviz's neato; the root gives a hub the surface that its neighbours need.
    """
    around = [set(core[rank]) for rank in ranks]
    differing = np.array([len(around[a] ^ around[b]) for a, b in pairs], dtype=np.float64)
    return np.sqrt(np.maximum(1.0, differing / _ALIKE))


def _tangles(positions: Array, pairs: Pairs) -> int:
    return int(crossings(positions, pairs).sum())


def _level(positions: Array) -> Array:
    """Turned so that the picture is as wide as it can, as screens are."""
    centred: Array = positions - positions.mean(axis=0)
    if len(centred) < 2:
        return centred
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    facing: Array = turned * np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1, 1)
    return facing


def _tight(positions: Array, surface: float) -> Array:
    """The same picture, made smaller if it takes more than that surface."""
    width, height = np.ptp(positions, axis=0)
    smaller: Array = positions * min(1.0, float(np.sqrt(surface / max(width * height, 1e-9))))
    return smaller


def _fan(boxes: Boxes, part: "nx.Graph[int]", standing: Block, ends: list[list[int]]) -> Block:
    """The whole part, its ends put back around what they hang on."""
    ranks = sorted(part)
    places = {rank: place for place, rank in enumerate(ranks)}
    pairs = np.array([(places[a], places[b]) for a, b in sorted(map(sorted, part.edges))], dtype=np.intp)
    ground = Ground(boxes.pick(np.array(ranks, dtype=np.intp)), pairs)
    for rank, position in standing.items():
        ground.put(places[rank], position)
    for rank in sorted(rank for each in ends for rank in each):
        ground.settle(places[rank])
    for rank in sorted(rank for each in ends for rank in each):
        ground.resettle(places[rank])
    return dict(zip(ranks, ground.positions, strict=True))
