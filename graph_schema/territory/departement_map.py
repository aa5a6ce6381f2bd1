"""The map of the départements: which touch which, and the outline of each."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from graph_schema.territory.data_files import document

VIEW_BOX = "0 0 1010 1010"
"""The SVG frame of every outline: metropolitan France at about 1 km per unit, overseas départements set below left."""


@cache
def outlines() -> Mapping[str, str]:
    """Return the outline of each of the 101 départements, by code: the `d` attribute of one SVG path in `VIEW_BOX`.

    An overseas outline is enlarged or reduced to fit its inset: compare no sizes or distances with it.
    """
    return MappingProxyType(dict(document("outlines")))


def outline(departement: str) -> str:
    """Return the outline of a département. Raises KeyError on an unknown code."""
    return outlines()[departement]


@cache
def adjacency() -> Mapping[str, frozenset[str]]:
    """Return the départements that share a border with each, by code; symmetric; overseas ones have none."""
    found: Mapping[str, list[str]] = document("adjacency")
    return MappingProxyType({code: frozenset(codes) for code, codes in found.items()})


def neighbours(departement: str) -> frozenset[str]:
    """Return the départements that share a border with this one. Raises KeyError on an unknown code.

    Calvados and Seine-Maritime count as neighbours: between them the estuary has a bridge.
    """
    return adjacency()[departement]
