"""A scene as data for other graph software: GEXF (Gephi) and GraphML (yEd, Cytoscape, igraph, NetworkX…)."""

import re
from collections.abc import Mapping
from io import BytesIO

import networkx as nx

from crm.canvas.scene import Positions, Scene, SceneLink, SceneNode

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def gexf(scene: Scene, positions: Positions) -> bytes:
    """The scene as GEXF 1.2; nodes that ``positions`` leaves out have none there. Always well-formed XML, in UTF-8."""
    graph = _graph(scene)
    for id, (x, y) in _placed(graph, positions):
        graph.nodes[id]["viz"] = {"position": {"x": x, "y": -y, "z": 0.0}}  # Gephi counts upwards
    written = BytesIO()
    nx.write_gexf(graph, written, version="1.2draft")
    return written.getvalue()


def graphml(scene: Scene, positions: Positions) -> bytes:
    """The scene as GraphML, positions in attributes ``x`` and ``y``. Always well-formed XML, in UTF-8."""
    graph = _graph(scene)
    for id, (x, y) in _placed(graph, positions):
        graph.nodes[id].update(x=x, y=y)
    written = BytesIO()
    nx.write_graphml_xml(graph, written, named_key_ids=True)
    return written.getvalue()


def xml_text(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _graph(scene: Scene) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(on=scene.on.isoformat(), left_out=scene.left_out)
    for node in scene.nodes:
        graph.add_node(xml_text(node.id), **_clean(_of_node(node)))
    for link in scene.links:
        source, target = xml_text(link.source), xml_text(link.target)
        if source in graph and target in graph:
            graph.add_edge(source, target, key=xml_text(link.id), id=xml_text(link.id), **_clean(_of_link(link)))
    return graph


def _placed(graph: "nx.MultiDiGraph[str]", positions: Positions) -> list[tuple[str, tuple[float, float]]]:
    return [(xml_text(id), position) for id, position in positions.items() if xml_text(id) in graph]


def _of_node(node: SceneNode) -> dict[str, str | int | float]:
    """Attributes of a node; ``label`` is the name that such software shows."""
    known: dict[str, str | int | float] = {
        "label": node.caption, "type": node.type, "kind": node.kind, "family": node.family, "detail": node.detail,
        "state": str(node.state or ""), "function": node.function, "degree": node.degree, "size": float(node.size),
    }  # fmt: skip
    return known if node.community is None else {**known, "community": node.community}


def _of_link(link: SceneLink) -> dict[str, str | int | bool]:
    return {
        "label": link.label, "link": link.type, "detail": link.detail, "current": link.current, "proofs": link.proofs,
    }  # fmt: skip


def _clean(attributes: Mapping[str, str | int | float | bool]) -> dict[str, str | int | float | bool]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in attributes.items()}
