"""An order of nodes that depends on what they are and on whom they know, not on how they are listed or numbered."""

from collections.abc import Mapping, Sequence

from crm.canvas.scene import Scene, SceneNode

_ROUNDS = 4


def ordered(scene: Scene) -> list[SceneNode]:
    """The nodes of a scene by name and kind, then by what surrounds them, farther and farther; by id only at last."""
    around: dict[str, list[str]] = {node.id: [] for node in scene.nodes}
    for link in scene.links:
        if link.source in around and link.target in around:
            around[link.source].append(link.target)
            around[link.target].append(link.source)
    ranks = _ranked({node.id: (node.caption, node.type, node.kind) for node in scene.nodes})
    for _ in range(_ROUNDS):
        if len(set(ranks.values())) == len(ranks):
            break
        ranks = _ranked({id: (ranks[id], sorted(ranks[other] for other in near)) for id, near in around.items()})
    return sorted(scene.nodes, key=lambda node: (ranks[node.id], node.id))


def pairs(scene: Scene, nodes: Sequence[SceneNode]) -> list[tuple[int, int]]:
    """Who is linked to whom, once each, as ranks in ``nodes``; links to oneself or to what is not shown are not."""
    ranks = {node.id: rank for rank, node in enumerate(nodes)}
    found = {
        (min(ranks[link.source], ranks[link.target]), max(ranks[link.source], ranks[link.target]))
        for link in scene.links
        if link.source != link.target and link.source in ranks and link.target in ranks
    }
    return sorted(found)


def _ranked(keys: Mapping[str, tuple[object, ...]]) -> dict[str, int]:
    order = {key: rank for rank, key in enumerate(sorted({repr(key) for key in keys.values()}))}
    return {id: order[repr(key)] for id, key in keys.items()}
