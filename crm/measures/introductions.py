"""Who can introduce us to an organisation or a person: looked for near them first, since a warm way is a short one."""

from datetime import date
from typing import NamedTuple

from crm.analytics.graph import build
from crm.analytics.introductions import Introduction, introduce
from crm.errors import NotFound
from crm.measures.measuring import measures
from crm.measures.snapshots import near
from crm.network import Network
from crm.network.redirects import followed
from crm.store.protocol import ReadTransaction

DEPTHS = (2, 4)
"""How many ties away to look, one after the other, before the whole network is read."""


class Introductions(NamedTuple):
    """The ways to an organisation or a person, the warmest first; ``name`` is what people call the one to reach."""

    name: str
    ways: tuple[Introduction, ...]


def introductions(network: Network, id: str, on: date, limit: int = 3) -> Introductions:
    """Return the warmest ways to an organisation or a person, at most ``limit``, as ``introduce`` finds them.

    They are the first of those that the whole network gives. It is read, and measured, only where none is near.

    Raises NotFound when no organisation or person bears this id, Forbidden for an actor who may not read.
    """
    try:
        name, ways = network.read(lambda tx: _near(tx, id, on, limit))
    except NotFound:
        if (end := network.read(lambda tx: followed(tx, id))) == id:
            raise
        return introductions(network, end, on, limit)
    if ways is None:
        ways = introduce(measures(network, on).relations, id, limit=limit)
    return Introductions(name, ways)


def _near(tx: ReadTransaction, id: str, on: date, limit: int) -> tuple[str, tuple[Introduction, ...] | None]:
    """The name and the ways near; None in their place where only the whole network can tell."""
    for depth in DEPTHS:
        snapshot, edge = near(tx, [id], on, depth)
        relations = build(snapshot)
        try:
            name = relations.row(id).name
        except KeyError:
            raise NotFound(f"Aucune organisation ni personne ne porte l'identifiant {id}.", field="id") from None
        ways = introduce(relations, id, limit=limit, edge=edge)
        if len(ways) == limit or not edge:
            return name, ways
    return name, ways or None
