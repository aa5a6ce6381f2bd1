"""Whether two addresses of one town can be the same place, however they are written."""

import re
from functools import lru_cache

from graph_schema.text import fold

_LEFT_OUT = re.compile(r"\b(?:(?:bp|cs|tsa)\s*\d+|cedex(?:\s*\d+)?|\d{5}|bis|ter|quater)\b")
_HOUSE = re.compile(r"\d{1,4}")
_OF_MANY = (
    "rue r avenue av ave boulevard bd bld bvd blvd place pl route rte chemin ch che impasse imp allee allees all "
    "quai square sq cours passage pass residence res zone zi za zac parc centre commercial batiment bat immeuble "
    "imm esplanade voie faubourg fg fbg lotissement lot hameau ham lieu dit etage porte appt apt "
    "de du des d la le les l et a au aux en sur sous st saint ste sainte"
)
_WAYS = frozenset(_OF_MANY.split())
"""Words of many addresses: alone they tell no place from another."""


@lru_cache(maxsize=16_384)
def _parts(address: str, town: str) -> tuple[frozenset[str], frozenset[str]]:
    """The house numbers of an address, and the words that name its way or its place."""
    words = _LEFT_OUT.sub(" ", fold(address)).split()
    numbers = frozenset(word for word in words if _HOUSE.fullmatch(word))
    named = frozenset(word for word in words if not _HOUSE.fullmatch(word) and word not in _WAYS)
    return numbers, named - frozenset(fold(town).split()) or named


def elsewhere(one: str, other: str, town: str = "") -> bool:
    """Whether two addresses contradict each other; one that is empty contradicts nothing.

    >>> elsewhere("12 rue du Gal de Gaulle", "12, Rue du Général de Gaulle", "Lens")
    False
    >>> elsewhere("12 rue Fictive", "14 rue Fictive", "Lens")
    True
    """
    if not one.strip() or not other.strip() or fold(one) == fold(other):
        return False
    (numbers, words), (others, other_words) = _parts(one, town), _parts(other, town)
    if numbers and others and not numbers & others:
        return True
    return bool(words and other_words) and not words & other_words
