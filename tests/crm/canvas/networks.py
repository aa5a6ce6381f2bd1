"""Small networks in which one knows what is near what."""

from datetime import date

from crm.canvas.building import scene
from crm.canvas.scene import Scene
from crm.canvas.state import CanvasState
from crm.measures import measuring as measures
from crm.network import Network
from crm.records import exchanges, links, organisations, people
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Kind

ON = date(2026, 11, 20)
BEFORE = date(2026, 3, 1)


def partner(network: Network, name: str, kind: Kind = Kind.COMPANY, heard: date | None = None) -> str:
    """Add an organisation in Lens, heard from on a day; returns its id."""
    id = organisations.create(network, {"name": name, "kind": kind, "commune": "62498"}).value
    if heard:
        exchanges.log(network, [id], on=heard, subject="Point de situation", direction=Direction.MUTUAL)
    return id


def contact(network: Network, organisation: str, name: str, **role: object) -> str:
    """Add someone who works there; returns their id."""
    return people.add(network, organisation, {"family_name": name, "civility": "mme"}, role or None).value


def node(network: Network, type: str, **values: object) -> str:
    """Add any other record; returns its id."""
    return network.commit("Ajout", lambda unit: unit.create(type, values)).value


def tie(network: Network, type: str, source: str, target: str, **values: object) -> str:
    """Tie two records; returns the link's id."""
    return links.connect(network, type, source, target, values).value


def shown(network: Network, state: CanvasState, on: date = ON) -> Scene:
    """The scene of a state."""
    return scene(network, measures.measures(network, on), state)


def captions(found: Scene) -> set[str]:
    """The names on a scene."""
    return {each.caption for each in found.nodes}
