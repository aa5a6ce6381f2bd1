"""Saved views of the network: what is shown, how, and where each node stands."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graph_schema.declaration import About, Node, NodeAbout
from graph_schema.limits import Limit

_VIEW = "Vue"


LARGEST = Limit(
    200_000, "Lettres d'une vue enregistrée", "refusée : masquez ou repliez une partie du réseau, puis recommencez"
)


class View(Node):
    """A named state of the canvas. ``content`` is its JSON: start, expansions, filters, style and positions."""

    about: ClassVar = NodeAbout("Vue", "Vues", "État nommé du réseau à l'écran.", ("name",), True, traits=())

    name: Annotated[str, Field(min_length=1, max_length=120), About("Nom", section=_VIEW, column=True)]
    author: Annotated[str, About("Auteur", section=_VIEW, index=True, column=True)]
    shared: Annotated[bool | None, About("Partagée", "Visible de toute l'équipe", _VIEW, column=True)] = None
    shown_on: Annotated[date | None, About("À la date du", "Sans date : toujours le jour même", _VIEW)] = None
    content: Annotated[str, Field(max_length=LARGEST), About("Contenu", section=_VIEW, hidden=True)]
