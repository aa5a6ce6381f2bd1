"""The tables of the canvas as files; people who opposed it, and their links, are left out of them."""

from functools import partial

import streamlit as st

from crm.canvas.scene import Scene
from crm.documents.pictures import draft, leaving
from crm.documents.scene_tables import links, nodes
from crm.documents.spreadsheets import csv_bytes, workbook_bytes
from crm.network.opposition import withheld
from ui import notices, session, taking


def _workbook(scene: Scene) -> bytes:
    return workbook_bytes([nodes(scene), links(scene)])


def _nodes(scene: Scene) -> bytes:
    return csv_bytes(*nodes(scene)[1:])


def _links(scene: Scene) -> bytes:
    return csv_bytes(*links(scene)[1:])


_OFFERED = (
    ("Tableur", ".xlsx", "twin-xlsx", ":material/table_view:", _workbook),
    ("Fiches en CSV", "-fiches.csv", "twin-nodes-csv", ":material/csv:", _nodes),
    ("Liens en CSV", "-liens.csv", "twin-links-csv", ":material/csv:", _links),
)


def show_table_files(scene: Scene) -> None:
    """Draw the doors to the files; each is made when it is asked for."""
    if not scene.nodes:
        return
    network, name = session.network(), f"reseau-{scene.on.isoformat()}"
    with st.container(horizontal=True, gap="small", key="network-twin-files", vertical_alignment="center"):
        for words, ending, key, glyph, write in _OFFERED:
            made = partial(draft, network, scene, write)
            taking.take(network, words, f"{name}{ending}", made, key=key, icon=glyph)
        if many := leaving(network, scene).withheld:
            notices.note(withheld(many))
