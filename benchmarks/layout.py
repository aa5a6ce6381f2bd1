"""Our layout against those of NetworkX and igraph, on the same pictures, in one run.

Compared are the links that cross, how unevenly long links are (standard deviation over mean), and how many pairs of
nodes or labels overlap when every picture is as large as ours. What needs SciPy is left out, for the product does not
need it: NetworkX's Kamada & Kawai (igraph has it too), and its spring layout from 500 nodes on.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import igraph  # type: ignore[import-untyped]
import networkx as nx
import numpy as np

from benchmarks.places import Filled, filled
from benchmarks.results import Result
from benchmarks.timing import Time, apart, timed
from crm.canvas.layout import layout
from crm.canvas.layout_boxes import Array, Boxes, overlaps
from crm.canvas.layout_crossings import crossings
from crm.canvas.layout_order import ordered, pairs
from crm.canvas.layout_stress import Pairs
from crm.canvas.scene import LIMIT, Scene
from crm.demo import HUB, Size
from crm.documents.whole import around, whole
from crm.measures.measuring import measures
from crm.network import Network
from crm.store.protocol import Query

_SEED = 28
_SPARSE = 500

Method: TypeAlias = Callable[[Scene, Pairs], Array]
"""Positions (n × 2) of the nodes of a scene in the order of ``ordered``, whose pairs are given."""


Scenes: TypeAlias = Callable[[Network, Filled], Mapping[str, Scene]]


class Picture(NamedTuple):
    """How good one picture is."""

    crossed: int
    unevenness: float
    overlaps: int
    time: Time

    def __str__(self) -> str:
        uneven = f"{self.unevenness:.2f}".replace(".", ",")
        return f"inégalité des longueurs {uneven}, {self.overlaps} recouvrements, {self.time}"


def measure(kind: str, size: Size, folder: Path) -> Iterator[Result]:
    """Every picture by every method; where all can be shown, ours should cross no more links than the best other."""
    for measured, scenes in ((size, _around_the_hub), (Size.S, _of_the_small)):
        with filled(kind, measured, folder) as where:
            found, _ = apart(_pictures, where, scenes)
        for name, (count, pictures) in found.items():
            best = min(picture.crossed for method, picture in pictures.items() if method != OURS)
            for method, picture in pictures.items():
                yield Result(f"{name} : {method}", kind, picture.crossed, "croisements",
                             best if method == OURS and count <= LIMIT else None, str(picture))  # fmt: skip


def _pictures(where: Filled, scenes: Scenes) -> dict[str, tuple[int, dict[str, Picture]]]:
    """By scene: how many nodes it has, and its pictures."""
    with where.place.network() as network:
        found = scenes(network, where)
    return {
        f"{name} ({len(scene.nodes)} fiches, {len(scene.links)} liens)": (len(scene.nodes), compare(scene))
        for name, scene in found.items()
    }


def _around_the_hub(network: Network, where: Filled) -> dict[str, Scene]:
    return {"pivot": around(network, measures(network, where.on), HUB, 1)}


def _of_the_small(network: Network, where: Filled) -> dict[str, Scene]:
    measured = measures(network, where.on)
    committee = network.read(lambda tx: tx.find(Query("Committee", limit=1))).items[0]
    return {
        "comité": around(network, measured, committee.id, 2),
        "département": around(network, measured, "departement:62", 1),
        "le réseau, au plus 300": whole(network, measured),
        "le réseau S entier": whole(network, measured, limit=10 * LIMIT),
    }


def compare(scene: Scene) -> dict[str, Picture]:
    """The picture that each method makes of a scene, all of the surface of ours."""
    ends = _ends(scene)
    drawn = {name: timed(partial(method, scene, ends)) for name, method in _methods(len(scene.nodes))}
    surface = _surface(drawn[OURS][1])
    return {
        name: Picture(*measured_as(scene, positions * np.sqrt(surface / _surface(positions))), time)
        for name, (time, positions) in drawn.items()
    }


def measured_as(scene: Scene, positions: Array) -> tuple[int, float, int]:
    """Links that cross, unevenness of their lengths, pairs of nodes or labels that overlap."""
    ends, boxes = _ends(scene), Boxes(ordered(scene))
    lengths = np.hypot(*(positions[ends[:, 0]] - positions[ends[:, 1]]).T)
    in_x, in_y = overlaps(boxes.middles(positions), boxes.half_widths, boxes.half_heights)
    overlapping = int(((in_x > 1e-3) & (in_y > 1e-3)).sum()) // 2
    return int(crossings(positions, ends).sum()) // 2, float(lengths.std() / lengths.mean()), overlapping


def _ends(scene: Scene) -> Pairs:
    return np.array(pairs(scene, ordered(scene)), dtype=np.intp).reshape(-1, 2)


def _surface(positions: Array) -> float:
    return float(np.ptp(positions, axis=0).prod())


def _methods(count: int) -> list[tuple[str, Method]]:
    return [(name, method) for name, method in METHODS.items() if name != SPRING or count < _SPARSE]


def _ours(scene: Scene, _: Pairs) -> Array:
    positions = layout(scene)
    return np.array([positions[node.id] for node in ordered(scene)])


def _networkx(arrange: Callable[..., Mapping[int, Any]]) -> Method:
    def method(scene: Scene, ends: Pairs) -> Array:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(scene.nodes)))
        graph.add_edges_from(ends.tolist())
        positions = arrange(graph, seed=_SEED)
        return np.array([positions[rank] for rank in graph])

    return method


def _igraph(name: str) -> Method:
    def method(scene: Scene, ends: Pairs) -> Array:
        random.seed(_SEED)  # igraph draws from Python's own
        return np.array(igraph.Graph(len(scene.nodes), ends.tolist()).layout(name).coords)

    return method


OURS, SPRING = "Réseau 28", "NetworkX spring"
METHODS: Mapping[str, Method] = {
    OURS: _ours,
    SPRING: _networkx(nx.spring_layout),
    "NetworkX ForceAtlas2": _networkx(nx.forceatlas2_layout),
    "igraph Fruchterman-Reingold": _igraph("fruchterman_reingold"),
    "igraph Kamada-Kawai": _igraph("kamada_kawai"),
    "igraph DrL": _igraph("drl"),
}
