"""In which ways two records may be tied, in words: the types that the registry allows, each way round once."""

from typing import NamedTuple

from graph_schema.registry import SCHEMA
from graph_schema.types import LinkType

_LIKELY = ("WorksFor", "Knows", "WorksWith", "MemberOf", "Prescribes", "Funds", "SitsOn", "PartOf")
"""Offered first, in this order; the others follow as they are declared."""


class Way(NamedTuple):
    """A type of link, and whether it runs from the first record to the second."""

    type: LinkType
    outwards: bool

    @property
    def name(self) -> str:
        """The same for the same way."""
        return f"{self.type.name}-{'vers' if self.outwards else 'depuis'}"

    def words(self, first: str, second: str) -> str:
        """The link as a sentence between the captions of the two."""
        return f"{first} {self.type.about.label if self.outwards else self.type.about.inverse} {second}"

    def ends(self, first: str, second: str) -> tuple[str, str]:
        """The ids of its source and its target."""
        return (first, second) if self.outwards else (second, first)


def ways(first: str, second: str) -> list[Way]:
    """The ways to tie a record of the type ``first`` to one of the type ``second``, the likeliest first."""
    out = [Way(type, True) for type in SCHEMA.links_between(first, second)]
    same = {way.type.name for way in out if way.type.about.label == way.type.about.inverse}
    back = [Way(type, False) for type in SCHEMA.links_between(second, first) if type.name not in same]
    return sorted([*out, *back], key=lambda way: (_rank(way), not way.outwards))


def _rank(way: Way) -> int:
    name = way.type.name
    return _LIKELY.index(name) if name in _LIKELY else len(_LIKELY) + list(SCHEMA.links).index(name)
