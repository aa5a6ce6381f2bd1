"""In which ways two records may be tied on a canvas: those that the registry allows, the likeliest first."""

from crm.records import links
from crm.records.links import Way
from graph_schema.committees import SitsOn
from graph_schema.organisations import Funds, MemberOf, PartOf, Prescribes, WorksWith
from graph_schema.people import Knows, WorksFor
from graph_schema.registry import SCHEMA

_LIKELY = (
    WorksFor.TYPE,
    Knows.TYPE,
    WorksWith.TYPE,
    MemberOf.TYPE,
    Prescribes.TYPE,
    Funds.TYPE,
    SitsOn.TYPE,
    PartOf.TYPE,
)
"""Offered first, in this order; the others follow as they are declared."""


def ways(first: str, second: str) -> list[Way]:
    """The ways to tie a record of the type ``first`` to one of the type ``second``, the likeliest first."""
    return sorted(links.ways(first, second), key=lambda way: (_rank(way), not way.outwards))


def _rank(way: Way) -> int:
    name = way.type.name
    return _LIKELY.index(name) if name in _LIKELY else len(_LIKELY) + list(SCHEMA.links).index(name)
