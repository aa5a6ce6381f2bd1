"""What a canvas shows at one moment: nodes and links with all that their drawing, table and exports need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crm.analytics.freshness import State
from graph_schema.limits import Limit

LIMIT = Limit(300, "Fiches dans un réseau dessiné", "les plus proches sont montrées, les autres comptées sous l'image")
"""More nodes at once can no longer be read."""

Positions = Mapping[str, tuple[float, float]]
"""Where nodes stand, by id, in canvas units: about 100 between neighbours, y downwards."""

Camera = tuple[float, float, float]
"""What one looks at: the point in the middle (x, y) and the scale."""


class SceneNode(NamedTuple):
    """A node as it is shown.

    ``kind`` is what it is in French (« Entreprise », « Personne », « Comité »…), ``family`` one of ``entreprise``,
    ``branche``, ``institution`` for organisations and the folded type name otherwise (``personne``, ``comite``…).
    ``state`` is None where freshness means nothing. ``degree`` counts its links in the whole network on the day,
    ``hidden`` its neighbours that are not shown. ``role`` says why it stands out: ``""``, ``"start"``, ``"path"``,
    ``"lost"``, ``"arrived"``, ``"gone"``, ``"cooled"`` or ``"warmed"``.
    """

    id: str
    type: str
    caption: str
    kind: str
    family: str
    detail: str = ""
    state: State | None = None
    function: str = ""
    community: int | None = None
    degree: int = 0
    size: float = 1.0
    hidden: int = 0
    role: str = ""


class SceneLink(NamedTuple):
    """A link as it is shown; ``label`` reads from source to target, ``detail`` is its role, dates and certainty."""

    id: str
    type: str
    source: str
    target: str
    label: str
    inverse: str
    detail: str = ""
    current: bool = True
    proofs: int = 0
    role: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture on the day ``on``. ``left_out`` counts nodes within reach that the limit kept away, ``near`` the
    neighbours of those shown that are not, each once.

    ``withheld`` counts the people whom a file leaves out because they opposed it; nobody is withheld on screen.
    """

    on: date
    nodes: tuple[SceneNode, ...]
    links: tuple[SceneLink, ...]
    left_out: int = 0
    sentence: str = ""
    withheld: int = 0
    near: int = 0
