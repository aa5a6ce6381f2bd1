"""A scene as tables for spreadsheets: its nodes, its links."""

from crm.canvas.scene import Scene
from crm.documents.spreadsheets import Table

_NODES = ("Nom", "Nature", "Précision", "Fraîcheur", "Liens", "Voisins non montrés", "Identifiant")
_LINKS = ("De", "Lien", "À", "Précision", "En cours", "Preuves", "Identifiant")


def nodes(scene: Scene) -> Table:
    """A row for each node."""
    rows = [
        (
            node.caption, node.kind, node.detail, node.state.label if node.state else None,
            node.degree, node.hidden, node.id,
        )
        for node in scene.nodes
    ]  # fmt: skip
    return "Fiches", _NODES, rows


def links(scene: Scene) -> Table:
    """A row for each link."""
    names = {node.id: node.caption for node in scene.nodes}
    rows = [
        (
            names.get(link.source), link.label, names.get(link.target), link.detail, link.current, link.proofs,
            link.id,
        )
        for link in scene.links
    ]  # fmt: skip
    return "Liens", _LINKS, rows
