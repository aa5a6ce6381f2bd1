"""Short ways to read the demonstration network in tests."""

from typing import Any

from crm.network import Network
from graph_schema.records import LinkRecord, Values
from graph_schema.registry import SCHEMA


def all_of(network: Network, type: str) -> dict[str, Values]:
    """Every record of a node type, by id."""
    return network.read(lambda tx: {r.id: r.values for r in tx.records() if r.type == type})


def values_of(network: Network, id: str) -> Values:
    """The values of one record."""
    return network.read(lambda tx: tx.get([id])[id].values)


def links_of(network: Network, id: str, *types: str) -> list[LinkRecord]:
    """The links of one record, of the given types or of all."""
    return network.read(lambda tx: tx.links_of([id], types or None))


def content(network: Network, type: str, id: str) -> Any:
    """One record as its declared type."""
    return SCHEMA.nodes[type].load(values_of(network, id))
