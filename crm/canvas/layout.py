"""Where nodes stand on the canvas.

Parts that nothing ties together are arranged one by one (``layout_parts``) and set side by side (``layout_packing``);
what is new in a picture already laid out goes where there is room (``layout_places``).
"""

from typing import Final

import networkx as nx
import numpy as np

from crm.canvas.layout_boxes import Array, Boxes
from crm.canvas.layout_order import ordered, pairs
from crm.canvas.layout_packing import pack
from crm.canvas.layout_parts import arrange, grid
from crm.canvas.layout_places import Ground
from crm.canvas.scene import Positions, Scene

_GAP: Final = 50.0
"""Between two parts of the picture."""


def layout(scene: Scene, before: Positions | None = None) -> dict[str, tuple[float, float]]:
    """A position for every node of ``scene``, in canvas units, y downwards, the middle of the picture near (0, 0).

    No two nodes nor their labels overlap, unless ``before`` puts them so. The same picture is always laid out the same
    way, however its nodes are listed. Nodes that ``before`` holds stay exactly where they are; the others are put in
    free room near their neighbours. Takes about a quarter of a second for 300 nodes: keep the answer.
    """
    nodes, before = ordered(scene), before or {}
    ties = pairs(scene, nodes)
    ground = Ground(Boxes(nodes), np.array(ties, dtype=np.intp).reshape(-1, 2))
    graph: nx.Graph[int] = nx.Graph(ties)
    graph.add_nodes_from(range(len(nodes)))
    for rank, node in enumerate(nodes):
        if node.id in before:
            ground.put(rank, np.array(before[node.id], dtype=np.float64))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    kept = [rank for part in parts if ground.placed[part].any() for rank in part]
    ground.join(kept)
    new = [part for part in parts if not ground.placed[part[0]]]
    _set_beside(ground, graph.subgraph(kept), [graph.subgraph(part) for part in new])
    at = zip(nodes, ground.positions.tolist(), strict=True)
    return {node.id: before.get(node.id, (x, y)) for node, (x, y) in at}


def _set_beside(ground: Ground, kept: "nx.Graph[int]", parts: "list[nx.Graph[int]]") -> None:
    """Arrange parts that nothing ties to what is placed, and pack them around it; lone nodes make one block."""
    arranged = [arrange(ground.boxes, part) for part in parts if len(part) > 1]
    if lone := [rank for part in parts if len(part) == 1 for rank in part]:
        arranged.append(grid(ground.boxes, lone))
    standing = [{rank: ground.positions[rank] for rank in kept}] if len(kept) else []
    blocks = [*standing, *arranged]
    if not blocks:
        return
    bounds = [_bounds(ground.boxes, block) for block in blocks]
    middles = np.array([(low + high) / 2 for low, high in bounds])
    spots = pack(np.array([high - low for low, high in bounds]), _GAP)
    origin = middles[0] if standing else np.zeros(2)
    for block, middle, spot in list(zip(blocks, middles, spots, strict=True))[len(standing) :]:
        for rank, position in block.items():
            ground.put(rank, position - middle + spot + origin)


def _bounds(boxes: Boxes, block: dict[int, Array]) -> tuple[Array, Array]:
    """The corners of what a block covers, labels included."""
    which = np.array(list(block), dtype=np.intp)
    some = boxes.pick(which)
    middles = some.middles(np.array([*block.values()]))
    half = np.column_stack([some.half_widths, some.half_heights])
    return (middles - half).min(axis=0), (middles + half).max(axis=0)
