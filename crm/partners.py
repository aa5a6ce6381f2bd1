"""The list of partners on a day: filtered, sorted, and counted by each filter's terms.

A network's partners are numbered once, in the order of their names; each term of a filter then holds its partners as
one integer used as a set of bits. Narrowing a list of 100,000 is a few ANDs, counting a term a bit count.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from crm.analytics.activity import Activity, Standing
from crm.analytics.freshness import Freshness, State
from crm.analytics.graph import Relations
from crm.analytics.reach import around, commune_of, touched
from crm.measures import Measures
from graph_schema.declaration import Vocabulary
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, Place, ancestors, place
from graph_schema.text import fold
from graph_schema.vocabularies import Family, Function, Kind, Tier


class Partner(NamedTuple):
    """An organisation of the list with its two measures."""

    row: OrganisationRow
    freshness: Freshness
    activity: Activity

    @property
    def town(self) -> str:
        """Name of its commune, empty where it is not known."""
        found = commune_of(self.row.commune) if self.row.commune else None
        return found.name if found else ""


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
    standing: frozenset[Standing] = frozenset()
    tier: frozenset[Tier] = frozenset()
    owner: frozenset[str] = frozenset()
    tag: frozenset[str] = frozenset()
    territory: Place | None = None
    text: str = ""
    found: frozenset[str] = frozenset()


EVERYONE = Filters()


class Order(Vocabulary):
    """By what the list is sorted; what has no value comes last either way."""

    NAME = "nom", "Nom"
    FUNCTION = "fonction", "Fonction"
    TOWN = "commune", "Commune"
    LATE = "retard", "Fraîcheur"
    RECENT = "recent", "Dernier échange"
    AGREEMENT = "convention", "Convention"
    OWNER = "responsable", "Responsable"
    TIER = "rang", "Rang"


_TERMS: Mapping[str, Callable[[Partner], Collection[str]]] = {
    "family": lambda p: (p.row.family,),
    "kind": lambda p: (p.row.kind,),
    "function": lambda p: p.row.roles,
    "state": lambda p: (p.freshness.state,),
    "standing": lambda p: (p.activity.standing,),
    "tier": lambda p: (p.row.tier,),
    "owner": lambda p: (p.row.owner,) if p.row.owner else (),
    "tag": lambda p: p.row.tags,
}
_SORT: Mapping[Order, Callable[[Partner], Any]] = {
    Order.FUNCTION: lambda p: p.row.roles[0].label if p.row.roles else None,
    Order.TOWN: lambda p: fold(p.town) or None,
    Order.LATE: lambda p: (
        (-p.freshness.state.rank, -p.freshness.days / p.freshness.maximum) if p.freshness.days is not None else None
    ),
    Order.RECENT: lambda p: -p.freshness.last_exchange.toordinal() if p.freshness.last_exchange else None,
    Order.AGREEMENT: lambda p: (p.activity.until or date.max) if p.activity.agreement else None,
    Order.OWNER: lambda p: fold(p.row.owner or "") or None,
    Order.TIER: lambda p: p.row.tier,
}


class Listing(NamedTuple):
    """A page of the list: its first partners, how many there are in all, how many each term of a filter would keep."""

    partners: list[Partner]
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
    index = _index(measures)
    sets = {name: _any(index.terms[name], wanted) for name in _TERMS if (wanted := getattr(filters, name))}
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
    return _index(measures).seats


@dataclass(eq=False)
class _Index:
    """The partners of one state of the network, numbered by name; sets of them are integers, one bit each."""

    partners: list[Partner]
    relations: Relations
    _orders: dict[tuple[Order, bool], Sequence[int]] = field(default_factory=dict)
    _reaches: dict[Level, dict[str, int]] = field(default_factory=dict)

    @cached_property
    def everyone(self) -> int:
        return (1 << len(self.partners)) - 1

    @cached_property
    def terms(self) -> dict[str, dict[str, int]]:
        found = {}
        for name, of in _TERMS.items():
            members: defaultdict[str, list[int]] = defaultdict(list)
            for number, partner in enumerate(self.partners):
                for term in of(partner):
                    members[term].append(number)
            found[name] = {term: self._set(numbers) for term, numbers in members.items()}
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {partner.row.id: number for number, partner in enumerate(self.partners)}

    @cached_property
    def texts(self) -> list[str]:
        return [f" {fold(partner.row.name)} {fold(partner.town)}" for partner in self.partners]

    @cached_property
    def seats(self) -> dict[Place, int]:
        by_commune: defaultdict[Place, int] = defaultdict(int)
        for partner in self.partners:
            seat = commune_of(partner.row.commune) if partner.row.commune else None
            if seat:
                by_commune[seat] += 1
        found: defaultdict[Place, int] = defaultdict(int)
        for seat, number in by_commune.items():
            for each in ancestors(seat.level, seat.code):
                if area := place(*each):
                    found[area] += number
        return dict(sorted(found.items(), key=lambda item: (-item[1], -item[0].level.rank, item[0].name)))

    def around(self, territory: Place) -> int:
        """Who sits in a territory, or serves it, a part of it, or a larger one."""
        reached = self._reach(territory.level)
        return _any(reached, around(territory.level, territory.code))

    def named(self, words: Sequence[str]) -> int:
        """Whose name and commune hold each of these folded words, whole or as a beginning."""
        starts = [f" {word}" for word in words]
        return self._set(number for number, text in enumerate(self.texts) if all(start in text for start in starts))

    def among(self, ids: Iterable[str]) -> int:
        """Those of these ids that are partners."""
        return self._set(self.numbers[id] for id in ids if id in self.numbers)

    def page(self, kept: int, order: Order, backwards: bool, limit: int | None) -> list[Partner]:
        """The first ``limit`` of a set, in order."""
        bits = kept.to_bytes(len(self.partners) // 8 + 1, "little")
        found: list[Partner] = []
        for number in self._order(order, backwards):
            if bits[number >> 3] >> (number & 7) & 1:
                found.append(self.partners[number])
                if len(found) == limit:
                    break
        return found

    def _order(self, order: Order, backwards: bool) -> Sequence[int]:
        if order not in _SORT:
            return range(len(self.partners))[:: -1 if backwards else 1]
        if (order, backwards) not in self._orders:
            key = _SORT[order]
            keys = [key(partner) for partner in self.partners]
            known = [number for number, value in enumerate(keys) if value is not None]
            known.sort(key=keys.__getitem__, reverse=backwards)
            self._orders[order, backwards] = known + [number for number, value in enumerate(keys) if value is None]
        return self._orders[order, backwards]

    def _reach(self, level: Level) -> dict[str, int]:
        if level not in self._reaches:
            members: defaultdict[str, list[int]] = defaultdict(list)
            for number, partner in enumerate(self.partners):
                for territory in touched(self.relations, partner.row, level):
                    members[territory].append(number)
            self._reaches[level] = {id: self._set(numbers) for id, numbers in members.items()}
        return self._reaches[level]

    def _set(self, numbers: Iterable[int]) -> int:
        bits = bytearray(len(self.partners) // 8 + 1)
        for number in numbers:
            bits[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(bits, "little")


def _any(sets: Mapping[str, int], terms: Iterable[str]) -> int:
    return reduce(or_, (sets.get(term, 0) for term in terms), 0)


# An index must not hold its measures, or neither would ever go.
_indexes: WeakKeyDictionary[Measures, _Index] = WeakKeyDictionary()


def _index(measures: Measures) -> _Index:
    found = _indexes.get(measures)
    if found is None:
        freshness, activity = measures.freshness, measures.activity
        rows = measures.relations.snapshot.organisations.values()
        everyone = [Partner(row, freshness[row.id], activity[row.id]) for row in rows]
        everyone.sort(key=lambda p: (fold(p.row.name), p.row.id))
        found = _indexes[measures] = _Index(everyone, measures.relations)
    return found
