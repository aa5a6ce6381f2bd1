"""What of a picture may leave as a file: all of it but the people who opposed it, and their links."""

from dataclasses import replace

from crm.canvas.building import summary
from crm.canvas.scene import Scene
from crm.network import Network
from crm.opposition import opposed
from graph_schema.wording import count, plural


def leaving(network: Network, scene: Scene) -> Scene:
    """``scene`` without them; ``withheld`` counts them and the sentence says it, in place of any that may name them."""
    out = opposed(network, (node.id for node in scene.nodes if node.type == "Person"))
    if not out:
        return scene
    nodes = tuple(node for node in scene.nodes if node.id not in out)
    links = tuple(link for link in scene.links if not {link.source, link.target} & out)
    words = f"{summary(nodes, links, scene.left_out)} {withheld(len(out))}"
    return replace(scene, nodes=nodes, links=links, sentence=words, withheld=len(out))


def withheld(many: int) -> str:
    """A sentence about so many people who are not in a file."""
    return f"Hors du fichier : {count(many, 'personne')} qui s'y {plural(many, 'oppose', 'opposent')}."
