"""The tables of the canvas as files; people who opposed it, and their links, are left out of them."""

import streamlit as st

from crm.canvas.leaving import leaving
from crm.canvas.scene import Scene
from crm.network.opposition import withheld
from ui import notices, session, spreadsheets
from ui.look import freshness_mark

_NODES = ("Nom", "Nature", "Précision", "Fraîcheur", "Liens", "Voisins non montrés", "Identifiant")
_LINKS = ("De", "Lien", "À", "Précision", "En cours", "Preuves", "Identifiant")


def show(scene: Scene) -> None:
    """Draw the doors to the files; each is made when it is asked for."""
    if not scene.nodes:
        return
    kept = leaving(session.network(), scene)
    name = f"reseau-{scene.on.isoformat()}"
    with st.container(horizontal=True, gap="small", key="network-twin-files", vertical_alignment="center"):
        st.download_button(
            "Tableur", lambda: spreadsheets.workbook_bytes([_nodes(kept), _links(kept)]), f"{name}.xlsx",
            spreadsheets.XLSX_MIME, key="twin-xlsx", icon=":material/table_view:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Fiches en CSV", lambda: spreadsheets.csv_bytes(*_nodes(kept)[1:]), f"{name}-fiches.csv",
            spreadsheets.CSV_MIME, key="twin-nodes-csv", icon=":material/csv:", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            "Liens en CSV", lambda: spreadsheets.csv_bytes(*_links(kept)[1:]), f"{name}-liens.csv",
            spreadsheets.CSV_MIME, key="twin-links-csv", icon=":material/csv:", on_click="ignore",
        )  # fmt: skip
        if kept.withheld:
            notices.note(withheld(kept.withheld))


def _nodes(scene: Scene) -> spreadsheets.Table:
    rows = [
        (
            node.caption, node.kind, node.detail, freshness_mark(node.state).word if node.state else None,
            node.degree, node.hidden, node.id,
        )
        for node in scene.nodes
    ]  # fmt: skip
    return "Fiches", _NODES, rows


def _links(scene: Scene) -> spreadsheets.Table:
    names = {node.id: node.caption for node in scene.nodes}
    rows = [
        (
            names.get(link.source), link.label, names.get(link.target), link.detail, link.current, link.proofs,
            link.id,
        )
        for link in scene.links
    ]  # fmt: skip
    return "Liens", _LINKS, rows
