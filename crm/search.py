"""Search: one box for everything that bears a name, the best match first."""

from collections.abc import Collection
from typing import NamedTuple

from crm.network import Network
from crm.rights import readable
from crm.store.protocol import ReadTransaction
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold

_CANDIDATES = 5


class Hit(NamedTuple):
    """A record found, and what people call it."""

    record: NodeRecord
    caption: str


def search(network: Network, text: str, types: Collection[str] | None = None, limit: int = 20) -> list[Hit]:
    """The records whose searched fields hold every word of ``text`` or begin with it, exact captions first.

    The store finds candidates and orders them by its own relevance; among them a caption equal to the text comes first,
    then one that starts with it, so that both stores agree where it matters.
    """
    if not fold(text):
        return []

    def work(tx: ReadTransaction) -> list[NodeRecord]:
        return tx.search(text, types, limit * _CANDIDATES)

    wanted = fold(text)
    found = (record for record in network.read(work) if readable(record, network.actor))
    hits = [Hit(record, SCHEMA.nodes[record.type].caption(record.values)) for record in found]
    hits.sort(key=lambda hit: _rank(fold(hit.caption), wanted))
    return hits[:limit]


def _rank(caption: str, wanted: str) -> tuple[bool, bool, bool]:
    words = caption.split()
    return (caption != wanted, not caption.startswith(wanted), not set(wanted.split()) <= set(words))
