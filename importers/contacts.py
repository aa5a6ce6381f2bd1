"""What the name of a column of dates says of the contacts that it dates: who spoke to whom, and how."""

from functools import cache

from graph_schema.exchanges import Channel, Direction
from graph_schema.text import fold

_DIRECTIONS = (
    (Direction.FROM_THEM, ("reponse", "recu", "recue")),
    (Direction.FROM_US, ("relance", "relances", "envoi", "envoye", "envoyee")),
    (Direction.MUTUAL, ("echange", "rencontre", "visite", "rendez", "rdv", "entretien", "reunion")),
)
_CHANNELS = (
    (Channel.VISIT, ("visite",)), (Channel.MEETING, ("rendez", "rdv", "reunion", "entretien")),
    (Channel.CALL, ("appel", "telephone", "tel")), (Channel.MAIL, ("mail", "email", "courriel")),
)  # fmt: skip


@cache
def meant_by(header: str) -> tuple[Direction, Channel | None]:
    """The direction and the channel of what a column dates, as far as its name tells.

    « Dernier contact » tells neither: a message left unanswered is one. It refreshes nothing until someone says more.
    """
    words = set(fold(header).split())
    direction = next((each for each, said in _DIRECTIONS if words.intersection(said)), Direction.UNKNOWN)
    return direction, next((each for each, said in _CHANNELS if words.intersection(said)), None)
