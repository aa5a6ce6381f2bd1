"""Search: one box for everything that bears a name, the best match first."""

from collections.abc import Collection
from typing import NamedTuple

from crm.network import Network
from crm.network.rights import readable
from graph_schema.organisations import Organisation
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

EVERYTHING = 1_000_000
"""More records of a type than a sheet of a spreadsheet has rows for."""


class Hit(NamedTuple):
    """A record found, and what people call it."""

    record: NodeRecord
    caption: str


def search(
    network: Network, text: str, types: Collection[str] | None = None, limit: int = 20, each: bool = False
) -> list[Hit]:
    """The records whose searched fields hold every word of ``text`` or begin with it, the best match first.

    Stores find and rank them alike, see ``ReadTransaction.search``; with ``each``, ``limit`` counts for each type.
    """
    if not fold(text):
        return []
    found = network.read(lambda tx: tx.search(text, types, limit, each))
    mine = (record for record in found if readable(record, network.actor))
    return [Hit(record, SCHEMA.nodes[record.type].caption(record.values)) for record in mine]


def partners_found(network: Network, text: str, most: int = EVERYTHING) -> frozenset[str]:
    """The ids of the partners that hold the words of ``text``, the ``most`` best matches, all of them if not told."""
    return frozenset(hit.record.id for hit in search(network, text, (Organisation.TYPE,), most))
