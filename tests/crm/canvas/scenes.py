"""Small pictures to lay out and to write."""

from collections.abc import Iterable
from datetime import date

from crm.analytics.freshness import State
from crm.canvas.scene import Scene, SceneLink, SceneNode

ON = date(2026, 11, 20)


def node(id: str, caption: str | None = None, state: State | None = None) -> SceneNode:
    """An organisation."""
    return SceneNode(id, "Organisation", caption or f"Atelier {id}", "Entreprise", "entreprise", state=state)


def link(source: str, target: str, id: str | None = None) -> SceneLink:
    """Two organisations that work together."""
    return SceneLink(id or f"{source}-{target}", "WorksWith", source, target, "travaille avec", "travaille avec")


def scene(nodes: Iterable[str], links: Iterable[tuple[str, str]] = ()) -> Scene:
    """A picture of organisations named after their ids."""
    return Scene(ON, tuple(map(node, nodes)), tuple(link(*ends) for ends in links))


def star(leaves: int) -> Scene:
    """One in the middle of all."""
    names = [f"{rank:03}" for rank in range(leaves)]
    return scene(["moyeu", *names], [(name, "moyeu") for name in names])
