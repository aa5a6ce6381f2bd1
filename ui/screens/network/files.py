"""« Exporter »: what the canvas shows, where it shows it, as files; who opposed it is in none of them."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from crm.canvas.scene import Positions, Scene
from crm.canvas.state import CanvasState, Colour
from crm.documents.gate import leave
from crm.documents.pictures import draft, leaving, written
from crm.network.opposition import withheld
from ui import notices, session, taking
from ui.exports.formats import FORMATS
from ui.screens.network.memory import memory, placed, view_name

PICTURE = "network-png"
"""The button of the picture: the canvas, which alone can draw it, hears that it is pressed."""

_OFFERED = (
    ("html", "Page à ouvrir partout", ":material/html:"),
    ("svg", "Dessin SVG", ":material/shape_line:"),
    ("gexf", "Gephi (GEXF)", ":material/graph_2:"),
    ("graphml", "yEd, Cytoscape… (GraphML)", ":material/account_tree:"),
)


def show_picture_files(scene: Scene, state: CanvasState, title: Callable[[Scene], str]) -> Sequence[str]:
    """Draw the menu; each file is made when it is asked for. Returns the ids that no picture may show."""
    menu = st.popover("Exporter", icon=":material/download:", key="network-files", on_change="rerun")
    if not menu.open or not scene.nodes:
        return ()
    network = session.network()
    kept = leaving(network, scene)
    name, view = f"reseau-{scene.on.isoformat()}", memory().view(view_name(state))
    with menu:
        for ending, words, glyph in _OFFERED:
            write = partial(_write, ending, placed(view, scene), title(kept), state.colour)
            made = partial(draft, network, scene, write)
            taking.take(network, words, f"{name}.{ending}", made, key=f"network-{ending}", icon=glyph, plain=True)
        words = "Image PNG de ce qui est à l'écran"
        if st.button(words, key=PICTURE, icon=":material/photo_camera:", type="tertiary"):
            leave(network, f"{name}.png", lambda opposed: written(kept, lambda drawn: b""))  # the browser draws it
        st.caption("Le tableau, sous le réseau, s'exporte en tableur et en CSV.")
        if kept.withheld:
            notices.note(withheld(kept.withheld))
    shown = {node.id for node in kept.nodes}
    return [node.id for node in scene.nodes if node.id not in shown]


def _write(ending: str, positions: Positions, title: str, colour: Colour, scene: Scene) -> bytes:
    return FORMATS[ending](scene, positions, title, colour)
