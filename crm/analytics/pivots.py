"""Who ties the groups of the network together.

A pivot is tied to organisations or people of several groups. Its participation says how evenly: 0 when all its ties lie
in one group, near 1 when they are spread over many. One pass over the ties is enough, so it is exact at any size, where
betweenness would have to be sampled.

Source: the participation coefficient of R. Guimerà, L. Amaral, « Functional cartography of complex metabolic
networks », 2005.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from crm.analytics.graph import Relations
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.snapshot import PersonRow
from graph_schema.wording import NBSP, number

FEWEST = 3
"""A pivot ties at least so many groups together."""

_COMPARED = 100


class Pivot(NamedTuple):
    """An organisation or a person that ties groups together.

    ``groups`` are the numbers of those that it is tied to, the most tied first; ``participation`` is between 0 and 1;
    ``relay`` is the other pivot that already reaches most of them (an id), None when none does.
    """

    id: str
    name: str
    node_type: str
    groups: tuple[int, ...]
    participation: float
    relay: str | None
    sentence: str


def pivots(relations: Relations, numbers: Mapping[str, int], fewest: int = FEWEST) -> tuple[Pivot, ...]:
    """Return who is tied to at least ``fewest`` groups of ``numbers``, the most groups first, then the most evenly."""
    spread = {id: counted for id in relations.ties if len(counted := _spread(relations, numbers, id)) >= fewest}
    order = sorted(spread, key=lambda id: (-len(spread[id]), -_participation(spread[id]), relations.row(id).name, id))
    return tuple(_pivot(relations, id, spread[id], _relay(id, spread, order[:_COMPARED])) for id in order)


def _spread(relations: Relations, numbers: Mapping[str, int], id: str) -> Counter[int]:
    """How many neighbours it has in each group."""
    others = {link.target if link.source == id else link.source for link in relations.ties[id]}
    return Counter(numbers[other] for other in others)


def _participation(spread: Counter[int]) -> Fraction:
    """Exact, so that equals are equal in whatever order the groups were counted."""
    return 1 - Fraction(sum(each**2 for each in spread.values()), spread.total() ** 2)


def _relay(id: str, spread: Mapping[str, Counter[int]], others: Iterable[str]) -> str | None:
    """The other one that reaches most of its groups, at least two; the first of them in order."""
    shared = {other: len(spread[id].keys() & spread[other].keys()) for other in others if other != id}
    best = max(shared, key=lambda other: shared[other], default=None)
    return best if best is not None and shared[best] > 1 else None


def _pivot(relations: Relations, id: str, spread: Counter[int], relay: str | None) -> Pivot:
    row = relations.row(id)
    node_type: str = Person.TYPE if isinstance(row, PersonRow) else Organisation.TYPE
    numbers = tuple(sorted(spread, key=lambda each: (-spread[each], each)))
    words = f"{row.name} relie {number(len(numbers))} groupes de votre réseau."
    if relay is None:
        words += (
            " Personne d'autre ne les relie"
            + f"{NBSP}: réunissez-les une fois, pour qu'ils se connaissent sans ce pivot."
        )
    else:
        words += f" Pour ne pas en dépendre, entretenez aussi {relations.row(relay).name}, qui en relie une partie."
    return Pivot(id, row.name, node_type, numbers, float(_participation(spread)), relay, words)
