"""Views that a colleague kept of the network, for the whole team."""

import json

from crm.canvas.state import CanvasState, Colour
from crm.demo.committees import BODIES
from crm.demo.scene import SmallNetwork
from crm.demo.size import HUB
from graph_schema.views import View


def add(scene: SmallNetwork) -> None:
    """Keep two shared views: around the hub, and around the committees."""
    kept = {
        "Le club et ses entreprises": CanvasState((HUB,)),
        "Nos comités": CanvasState(tuple(body.id for body in BODIES), colour=Colour.FAMILY),
    }
    for number, (name, state) in enumerate(kept.items(), start=1):
        content = json.dumps({"state": state.to_json(), "positions": {}}, ensure_ascii=False)
        values = {"name": name, "author": "C. Exemple", "shared": True, "content": content}
        stamp = scene.stamp(scene.ago(20), "C. Exemple", "Vue partagée enregistrée")
        scene.book.node(stamp, View.TYPE, f"view-{number:02}", values)
