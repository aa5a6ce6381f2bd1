"""What a file is made from: the surroundings of one record, or the whole network."""

from dataclasses import replace
from functools import partial

from crm.canvas.building import scene
from crm.canvas.families import SET_ASIDE
from crm.canvas.reach import Walk
from crm.canvas.scene import LIMIT, Scene
from crm.canvas.starts import starts, territory
from crm.canvas.state import CanvasState
from crm.canvas.web import Web, web
from crm.documents.pictures import leaving
from crm.errors import InputError, NotFound
from crm.measures.measuring import Measures
from crm.network import Network
from crm.network.opposition import everyone_opposed, opposed, withheld
from crm.network.redirects import followed


def around(network: Network, measures: Measures, id: str, depth: int, limit: int = LIMIT) -> Scene:
    """What is at most ``depth`` links from a record, or from the partners of a territory, and may leave.

    Raises ``NotFound`` when nothing bears that id on the day, ``InputError`` for someone who opposed it.
    """
    if web(network, measures).type(id) is None and territory(id) is None:
        id = network.read(partial(followed, id=id))
    if web(network, measures).type(id) is None and territory(id) is None:
        raise NotFound(f"Rien, dans le réseau de ce jour-là, ne porte l'identifiant {id}.", field="around")
    if opposed(network, [id]):
        raise InputError(f"La personne {id} s'oppose à l'export de ses données : partez d'ailleurs.", field="around")
    return _without_opposed(network, measures, CanvasState(starts=(id,), depth=depth), limit)


def whole(network: Network, measures: Measures, limit: int = LIMIT) -> Scene:
    """The whole network but for what a canvas sets aside and people who opposed it; a limit keeps the best tied."""
    there = web(network, measures)
    state = CanvasState(starts=tuple(sorted(_ids(there), key=lambda id: (-there.degree(id), id))), depth=0)
    found = _without_opposed(network, measures, state, limit)
    return replace(found, nodes=tuple(node._replace(role="") for node in found.nodes))


def _without_opposed(network: Network, measures: Measures, state: CanvasState, limit: int) -> Scene:
    """The scene as if people who opposed it were not there: they take nobody's place and are counted apart."""
    out = everyone_opposed(network)
    there = web(network, measures)
    begun = starts(network, measures, there, state)
    reached = Walk((there,), state).walk(begun.ids, limit=len(there.types) + _everyone(there)).ids
    found = leaving(network, scene(network, measures, replace(state, hidden=out), limit))
    many = len(out.intersection(reached))
    return replace(found, sentence=f"{found.sentence} {withheld(many)}", withheld=many) if many else found


def _everyone(there: Web) -> int:
    snapshot = there.relations.snapshot
    return len(snapshot.organisations) + len(snapshot.people)


def _ids(there: Web) -> list[str]:
    snapshot = there.relations.snapshot
    others = (id for id in there.types if there.family(id) not in SET_ASIDE)
    return [*snapshot.organisations, *snapshot.people, *others]
