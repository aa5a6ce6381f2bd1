"""« Exporter »: what the canvas shows, where it shows it, as files; who opposed it is in none of them."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from crm.canvas.leaving import leaving
from crm.canvas.scene import Scene
from crm.canvas.state import CanvasState
from crm.network.opposition import withheld
from ui import notices, session
from ui.exports.formats import FORMATS
from ui.screens.network.memory import memory, placed, view_name

PICTURE = "network-png"
"""The button of the picture: the canvas, which alone can draw it, hears that it is pressed."""

_OFFERED = (
    ("html", "Page à ouvrir partout", ":material/html:", "text/html"),
    ("svg", "Dessin SVG", ":material/shape_line:", "image/svg+xml"),
    ("gexf", "Gephi (GEXF)", ":material/graph_2:", "application/gexf+xml"),
    ("graphml", "yEd, Cytoscape… (GraphML)", ":material/account_tree:", "application/graphml+xml"),
)


def show(scene: Scene, state: CanvasState, title: Callable[[Scene], str]) -> Sequence[str]:
    """Draw the menu; each file is made when it is asked for. Returns the ids that no picture may show."""
    menu = st.popover("Exporter", icon=":material/download:", key="network-files", on_change="rerun")
    if not menu.open or not scene.nodes:
        return ()
    kept = leaving(session.network(), scene)
    name, view = f"reseau-{scene.on.isoformat()}", memory().view(view_name(state))
    with menu:
        for ending, words, glyph, mime in _OFFERED:
            positions = placed(view, scene)
            made = partial(FORMATS[ending], kept, positions, title(kept), state.colour)
            st.download_button(
                words, made, f"{name}.{ending}", mime, key=f"network-{ending}", icon=glyph, on_click="ignore",
                type="tertiary",
            )  # fmt: skip
        st.button("Image PNG de ce qui est à l'écran", key=PICTURE, icon=":material/photo_camera:", type="tertiary")
        st.caption("Le tableau, sous le réseau, s'exporte en tableur et en CSV.")
        if kept.withheld:
            notices.note(withheld(kept.withheld))
    shown = {node.id for node in kept.nodes}
    return [node.id for node in scene.nodes if node.id not in shown]
