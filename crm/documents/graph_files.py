"""A scene as data for other graph software: GEXF (Gephi) and GraphML (yEd, Cytoscape, igraph, JGraphT, NetworkX…).

Written here rather than by a library because readers are stricter than writers: keys of one id for nodes and for links,
``True`` for a truth or the word ``None`` for an open end make them refuse a file, or lose what it says in silence.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from crm.canvas.layout_boxes import radius
from crm.canvas.scene import Positions, Scene, SceneLink, SceneNode

Attribute: TypeAlias = str | int | float | bool
Attributes: TypeAlias = Mapping[str, Attribute]

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF, _VIZ, _GRAPHML = "http://gexf.net/1.3", "http://gexf.net/1.3/viz", "http://graphml.graphdrawing.org/xmlns"
_IN_GEXF = {bool: "boolean", int: "integer", float: "double", str: "string"}
_IN_GRAPHML = {bool: "boolean", int: "int", float: "double", str: "string"}

register_namespace("viz", _VIZ)


def gexf(scene: Scene, positions: Positions, colours: Mapping[str, str]) -> bytes:
    """The scene as GEXF 1.3; nodes that ``positions`` leaves out have none there. Always well-formed XML, in UTF-8.

    ``colours`` are those of nodes by id, such as ``#12ab9f``. Links last as long as they hold, so that Gephi's timeline
    plays them; an open end is left out.
    """
    nodes, links = _kept(scene)
    root = Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    about = SubElement(root, "meta", lastmodifieddate=scene.on.isoformat())
    SubElement(about, "creator").text = "Réseau 28"
    graph = SubElement(root, "graph", defaultedgetype="directed", mode="dynamic", timeformat="date")
    _declare(graph, "node", map(_of_node, nodes.values()))
    _declare(graph, "edge", map(_of_link, links))
    drawn = SubElement(graph, "nodes")
    for id, node in nodes.items():
        one = SubElement(drawn, "node", id=id, label=xml_text(node.caption))
        _gexf_values(one, _of_node(node))
        _look(one, node, positions.get(node.id), colours.get(node.id))
    between = SubElement(graph, "edges")
    for link in links:
        ends = {"source": xml_text(link.source), "target": xml_text(link.target), "kind": link.type}
        one = SubElement(between, "edge", {"id": xml_text(link.id), **ends, "label": link.label, **_spell(link)})
        _gexf_values(one, _of_link(link))
    return _written(root)


def graphml(scene: Scene, positions: Positions) -> bytes:
    """The scene as GraphML, positions in attributes ``x`` and ``y``. Always well-formed XML, in UTF-8."""
    nodes, links = _kept(scene)
    about: Attributes = {"on": scene.on.isoformat(), "left_out": scene.left_out}
    of_nodes = {id: {**_of_node(node), **_drawn(node, positions)} for id, node in nodes.items()}
    # igraph keeps the ids of links only where they are an attribute as well.
    of_links = [{"id": link.id, "label": link.label, **_of_link(link), **_spell(link, "valid_")} for link in links]
    root = Element("graphml", xmlns=_GRAPHML)
    keys: dict[tuple[str, str], str] = {}
    for of, some in (("graph", [about]), ("node", of_nodes.values()), ("edge", of_links)):
        for name, type in _types(some).items():
            keys[of, name] = f"d{len(keys)}"
            SubElement(root, "key", {
                "id": keys[of, name], "for": of, "attr.name": name, "attr.type": _IN_GRAPHML[type],
            })  # fmt: skip
    graph = SubElement(root, "graph", edgedefault="directed")
    _data(graph, keys, "graph", about)
    for id, values in of_nodes.items():
        _data(SubElement(graph, "node", id=id), keys, "node", values)
    for link, values in zip(links, of_links, strict=True):
        ends = {"source": xml_text(link.source), "target": xml_text(link.target)}
        _data(SubElement(graph, "edge", {"id": xml_text(link.id), **ends}), keys, "edge", values)
    return _written(root)


def xml_text(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _kept(scene: Scene) -> tuple[dict[str, SceneNode], list[SceneLink]]:
    """The nodes by the id that they have in the file, and the links between them."""
    nodes = {xml_text(node.id): node for node in scene.nodes}
    return nodes, [each for each in scene.links if {xml_text(each.source), xml_text(each.target)} <= nodes.keys()]


def _of_node(node: SceneNode) -> Attributes:
    known: dict[str, Attribute] = {
        "type": node.type, "kind": node.kind, "family": node.family, "detail": node.detail,
        "state": str(node.state or ""), "function": node.function, "degree": node.degree,
    }  # fmt: skip
    return known if node.community is None else {**known, "community": node.community}


def _of_link(link: SceneLink) -> Attributes:
    return {"link": link.type, "detail": link.detail, "current": link.current, "proofs": link.proofs}


def _spell(link: SceneLink, prefix: str = "") -> dict[str, str]:
    """The days from and to which a link holds; an open end is not there."""
    names = ("from", "to") if prefix else ("start", "end")
    days = zip(names, (link.valid_from, link.valid_to), strict=True)
    return {f"{prefix}{name}": day.isoformat() for name, day in days if day}


def _drawn(node: SceneNode, positions: Positions) -> Attributes:
    """What GEXF has its own words for."""
    place = zip("xy", map(float, positions[node.id]), strict=True) if node.id in positions else ()
    return {"label": node.caption, "size": float(node.size), **dict(place)}


def _look(one: Element, node: SceneNode, position: tuple[float, float] | None, colour: str | None) -> None:
    if colour:
        red, green, blue = (str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        SubElement(one, f"{{{_VIZ}}}color", r=red, g=green, b=blue)
    if position:
        x, y = position
        SubElement(one, f"{{{_VIZ}}}position", x=f"{x:.2f}", y=f"{-y:.2f}", z="0")  # Gephi counts upwards
    SubElement(one, f"{{{_VIZ}}}size", value=f"{radius(node):.2f}")


def _types(some: Iterable[Attributes]) -> dict[str, type]:
    """Every name that some of them have, with its one type."""
    return {name: type(value) for each in some for name, value in each.items()}


def _declare(graph: Element, of: str, some: Iterable[Attributes]) -> None:
    declared = SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for name, type in _types(some).items():
        SubElement(declared, "attribute", id=name, title=name, type=_IN_GEXF[type])  # graphology knows ids only


def _gexf_values(one: Element, values: Attributes) -> None:
    holder = SubElement(one, "attvalues")
    for name, value in values.items():
        SubElement(holder, "attvalue", {"for": name, "value": _text(value)})


def _data(one: Element, keys: Mapping[tuple[str, str], str], of: str, values: Attributes) -> None:
    for name, value in values.items():
        SubElement(one, "data", key=keys[of, name]).text = _text(value)


def _text(value: Attribute) -> str:
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))


def _written(root: Element) -> bytes:
    indent(root)
    found: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return found
