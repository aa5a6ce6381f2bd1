"""What of a picture may leave as a file: all of it but the people who opposed it, and their links.

They are not counted in it either: not among the links of a partner, nor among those for whom there was no room.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from crm.canvas.building import summary
from crm.canvas.families import LINKS
from crm.canvas.scene import Scene
from crm.documents.gate import Outgoing
from crm.network import Network
from crm.network.opposition import everyone_opposed, withheld
from graph_schema.people import Person


def draft(network: Network, scene: Scene, write: Callable[[Scene], bytes], opposed: frozenset[str]) -> Outgoing:
    """What ``write`` writes of a scene, as it is on screen, without those who opposed it."""
    return written(leaving(network, scene, opposed), write)


def written(scene: Scene, write: Callable[[Scene], bytes]) -> Outgoing:
    """What ``write`` writes of a scene that may leave; it tells of the people in it."""
    return Outgoing(write(scene), frozenset(node.id for node in scene.nodes if node.type == Person.TYPE))


def leaving(network: Network, scene: Scene, opposed: frozenset[str] | None = None) -> Scene:
    """``scene`` without them; ``withheld`` counts them and the sentence says it, in place of any that may name them."""
    everyone = everyone_opposed(network) if opposed is None else opposed
    if not everyone:
        return scene
    fewer = _ties(network, everyone, scene.on)
    kept = (node._replace(degree=max(0, node.degree - fewer[node.id])) for node in scene.nodes)
    nodes = tuple(node for node in kept if node.id not in everyone)
    out = len(scene.nodes) - len(nodes)
    if not out:
        return replace(scene, nodes=nodes)
    links = tuple(link for link in scene.links if not {link.source, link.target} & everyone)
    words = f"{summary(nodes, links, scene.left_out)} {withheld(out)}"
    return replace(scene, nodes=nodes, links=links, sentence=words, withheld=out)


def _ties(network: Network, people: frozenset[str], on: date) -> Counter[str]:
    """How many links each one has to these people."""
    links = network.read(lambda tx: tx.links_of(people, LINKS, on))
    return Counter(link.target if link.source in people else link.source for link in links)
