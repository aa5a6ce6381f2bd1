"""The list of partners on a day: filtered, sorted, and counted by each filter's terms.

A network's partners are numbered once; each term of a filter then holds its partners as one integer used as a set of
bits (``crm.measures.partners_index``). Narrowing a list of 100,000 is a few ANDs, counting a term a bit count.
"""

from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import State
from crm.measures.measuring import Measures
from crm.measures.partners_index import TERMS, any_of
from crm.measures.partners_index import ListedPartner as ListedPartner
from crm.measures.partners_index import Order as Order
from crm.measures.partners_index import index as index_of
from graph_schema.territory import Place
from graph_schema.text import fold
from graph_schema.vocabularies import Family, Function, Kind, Tier


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep: within a filter any of its terms, all filters together; an empty one keeps everything.

    ``text`` keeps those whose name and commune hold its words or begin with them, and those of ``found``, which a
    search may have found by anything else; ``territory`` keeps who sits there or serves it, a part of it, or a larger
    one.
    """

    family: frozenset[Family] = frozenset()
    kind: frozenset[Kind] = frozenset()
    function: frozenset[Function] = frozenset()
    state: frozenset[State] = frozenset()
    standing: frozenset[Mobilisation] = frozenset()
    tier: frozenset[Tier] = frozenset()
    owner: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    territory: Place | None = None
    text: str = ""
    found: frozenset[str] = frozenset()


EVERYONE = Filters()


class Listing(NamedTuple):
    """A page of the list: its first partners, how many there are in all, how many each term of a filter would keep."""

    partners: list[ListedPartner]
    total: int
    counts: dict[str, dict[str, int]]


def listing(
    measures: Measures,
    filters: Filters = EVERYONE,
    order: Order = Order.NAME,
    backwards: bool = False,
    limit: int | None = None,
) -> Listing:
    """The organisations that ``filters`` keep, in ``order`` (or ``backwards``), then by name; at most ``limit``.

    ``counts`` are by filter and term, the other filters as they are; terms that would keep nobody are not in it.
    """
    index = index_of(measures)
    sets = {name: any_of(index.terms[name], wanted) for name in TERMS if (wanted := getattr(filters, name))}
    narrowed = index.everyone
    if filters.territory is not None:
        narrowed &= index.around(filters.territory)
    if words := fold(filters.text).split():
        narrowed &= index.named(words) | index.among(filters.found)
    kept = reduce(lambda one, other: one & other, sets.values(), narrowed)
    counts = {}
    for name, terms in index.terms.items():
        others = reduce(lambda one, other: one & other, (s for n, s in sets.items() if n != name), narrowed)
        counts[name] = {term: number for term, members in terms.items() if (number := (members & others).bit_count())}
    return Listing(index.page(kept, order, backwards, limit), kept.bit_count(), counts)


def territories(measures: Measures) -> dict[Place, int]:
    """Where partners sit: each commune, EPCI, département and région with how many are in it, the most first."""
    return index_of(measures).seats
