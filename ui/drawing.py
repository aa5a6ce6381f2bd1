"""A scene as vis-network draws it, on the canvas and in the pages that leave it: nodes, edges and options, by pyvis."""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from crm.canvas.layout_boxes import lines, radius
from crm.canvas.scene import Positions, Scene, SceneLink, SceneNode
from crm.canvas.state import Colour
from graph_schema.vocabularies import Function
from graph_schema.wording import count
from ui.look import SHORT_FUNCTIONS, freshness_mark
from ui.shapes import LOOKS

if TYPE_CHECKING:
    from pyvis.network import Network

OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "multiselect": False,
        "tooltipDelay": 120, "keyboard": False, "zoomSpeed": 0.7, "hideEdgesOnDrag": False,
    },
    "edges": {
        "hoverWidth": 0.8, "selectionWidth": 1.2,
    },
}  # fmt: skip
"""What does not depend on the scene."""

ROLES: Mapping[str, str] = {
    "path": "Sur le chemin", "lost": "Perdu", "arrived": "Devenu actif ou relié", "warmed": "Réchauffé",
    "cooled": "Refroidi", "gone": "Devenu inactif ou délié",
}  # fmt: skip
"""Why a node stands out, in a word."""

TONES = 10
_CURVES = (0.0, 0.18, -0.18, 0.34, -0.34, 0.5, -0.5)
_THIN, _PROVEN = 1.0, 1.8


class Picture(NamedTuple):
    """What vis-network takes."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]


def picture(scene: Scene, positions: Positions, colour: Colour) -> Picture:
    """The scene with each node at its position; nothing in it moves by itself."""
    nodes, edges, *_, options = network(scene, positions, colour).get_network_data()
    return Picture(nodes, edges, json.loads(options))


def network(scene: Scene, positions: Positions, colour: Colour) -> "Network":
    """The same as pyvis has it."""
    drawn = _pyvis()(directed=True, cdn_resources="in_line")
    drawn.set_options(json.dumps(OPTIONS))
    for node in scene.nodes:
        x, y = positions[node.id]
        label = "\n".join(lines(node.caption))
        drawn.add_node(node.id, label=label, shape="custom", x=round(x, 1), y=round(y, 1), **_node(node, colour))
    curves = _curves(scene.links)
    for link in scene.links:
        drawn.add_edge(link.source, link.target, id=link.id, smooth=curves[link.id], **_edge(link))
    return drawn


@cache
def _pyvis() -> "type[Network]":
    """The class of pyvis, loaded for whoever draws, without IPython and all that comes with it.

    pyvis asks for one name of IPython's, to show a page in a notebook. Nothing here is one, so that an empty module
    stands in while pyvis is loaded.
    """
    absent = {name: ModuleType(name) for name in ("IPython", "IPython.display") if name not in sys.modules}
    if "IPython.display" in absent:
        absent["IPython.display"].__dict__["IFrame"] = None
    sys.modules.update(absent)
    try:
        from pyvis.network import Network
    finally:
        for name in absent:
            del sys.modules[name]
    found: type[Network] = Network
    return found


def tone(node: SceneNode, colour: Colour) -> str:
    """The tone of a node; a quiet one where the colour has nothing to say of it."""
    if colour is Colour.FRESHNESS and node.state:
        return freshness_mark(node.state).tone
    if colour is Colour.FUNCTION and node.function:
        return f"c{list(Function).index(Function(node.function)) % TONES}"
    if colour is Colour.COMMUNITY and node.community is not None:
        return f"c{node.community % TONES}"
    return LOOKS[node.family].tone if colour is Colour.FAMILY else "never"


def mark(node: SceneNode, colour: Colour) -> str:
    """What stands at the corner of a node so that its colour never speaks alone: a sign's name, or a few letters."""
    if colour is Colour.FRESHNESS and node.state:
        return freshness_mark(node.state).tone
    if colour is Colour.FUNCTION and node.function:
        return SHORT_FUNCTIONS[Function(node.function)][:2]
    return str(node.community + 1) if colour is Colour.COMMUNITY and node.community is not None else ""


@cache
def library() -> tuple[str, bytes]:
    """The vis-network file that pyvis ships: the name of its version, and its content."""
    installed = find_spec("pyvis")  # found, not loaded
    assert installed is not None
    (package,) = installed.submodule_search_locations or [""]
    found = max(
        (folder for folder in (Path(package) / "lib").iterdir() if re.fullmatch(r"vis-[\d.]+", folder.name)),
        key=lambda folder: [int(part) for part in folder.name.removeprefix("vis-").split(".")],
    )
    return found.name, (found / "vis-network.min.js").read_bytes()


def _node(node: SceneNode, colour: Colour) -> dict[str, Any]:
    look = LOOKS[node.family]
    return {
        "name": node.caption, "kind": node.kind, "detail": node.detail, "family": node.family,
        "state": freshness_mark(node.state).word if node.state else "", "stateId": str(node.state or ""),
        "function": node.function, "communityId": "" if node.community is None else str(node.community),
        "group": f"Groupe {node.community + 1}" if node.community is not None else "",
        "tally": count(node.degree, "lien"), "hidden": node.hidden, "role": node.role, "why": ROLES.get(node.role, ""),
        "size": radius(node), "weight": node.size + 4 * (node.role == "start"), "form": look.shape,
        "glyph": look.glyph, "tone": tone(node, colour), "mark": mark(node, colour),
    }  # fmt: skip


def _edge(link: SceneLink) -> dict[str, Any]:
    return {
        "words": link.label, "detail": link.detail, "proof": count(link.proofs, "preuve") if link.proofs else "",
        "role": link.role, "width": _PROVEN if link.proofs else _THIN, "dashes": not link.current,
    }  # fmt: skip


def _curves(links: Sequence[SceneLink]) -> dict[str, dict[str, Any]]:
    """How each link bends: links between the same two nodes go apart, a lone one is straight."""
    together: defaultdict[tuple[str, str], list[SceneLink]] = defaultdict(list)
    for link in links:
        together[min(link.source, link.target), max(link.source, link.target)].append(link)
    found: dict[str, dict[str, Any]] = {}
    for (first, _), several in together.items():
        for rank, link in enumerate(several):
            bend = _CURVES[min(rank + (len(several) % 2 == 0), len(_CURVES) - 1)]
            turned = (bend > 0) == (link.source == first)
            found[link.id] = (
                {"enabled": True, "type": "curvedCW" if turned else "curvedCCW", "roundness": abs(bend)}
                if bend
                else {"enabled": False}
            )
    return found
