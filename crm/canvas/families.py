"""What may stand on a canvas: the node types, the families that the legend shows, the link types between them."""

from collections.abc import Mapping

from graph_schema.declaration import Trait
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from graph_schema.territories import Within
from graph_schema.text import fold
from graph_schema.vocabularies import Family

TYPES = SCHEMA.drawn
"""Node types that are drawn, those that matter most first. Exchanges are not: they are folded into freshness."""

_OF_ORGANISATION = {Family.COMPANY: "entreprise", Family.BRANCH: "branche", Family.INSTITUTION: "institution"}
_OF_TYPE = {name: fold(SCHEMA.nodes[name].about.label) for name in TYPES if name != Organisation.TYPE}

FAMILIES: Mapping[str, str] = {
    "entreprise": "Entreprises",
    "institution": "Institutions",
    "branche": "Branches professionnelles",
    **{family: SCHEMA.nodes[name].about.plural for name, family in _OF_TYPE.items()},
}
"""The families, each with its French plural, in the order of the legend."""

SET_ASIDE = frozenset(_OF_TYPE[name] for name in SCHEMA.having(Trait.ASIDE))
"""Families that a canvas leaves out until asked: numerous, and each tied to few."""

LINKS = tuple(
    name
    for name, link in SCHEMA.links.items()
    if name != Within.TYPE and set(link.about.sources) & set(TYPES) and set(link.about.targets) & set(TYPES)
)
"""Link types that are drawn: all between these node types, but for the territories' own hierarchy."""


def family_of(type: str, family: Family | None = None) -> str:
    """The family of a node of that type; for an organisation, that of its own ``family``."""
    return _OF_ORGANISATION[family or Family.COMPANY] if type == Organisation.TYPE else _OF_TYPE[type]
