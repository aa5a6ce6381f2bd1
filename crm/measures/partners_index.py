"""The partners of one state of the network, numbered; a set of them is an integer, one bit each.

A number stays with its partner from commit to commit, so that a commit costs what it touches: the bits of some numbers
and their places in the orders.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce, total_ordering
from itertools import chain
from operator import or_
from typing import Any, NamedTuple

from crm.analytics.activity import Activity
from crm.analytics.freshness import Freshness
from crm.analytics.graph import Relations
from crm.analytics.reach import around, commune_of, touched
from crm.measures.measuring import Measure, Measures
from crm.measures.renewal import Touched
from graph_schema.declaration import Vocabulary
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, Place, ancestors, place
from graph_schema.text import fold


class ListedPartner(NamedTuple):
    """An organisation of the list with its two measures."""

    row: OrganisationRow
    freshness: Freshness
    activity: Activity

    @property
    def town(self) -> str:
        """Name of its commune, empty where it is not known."""
        found = commune_of(self.row.commune) if self.row.commune else None
        return found.name if found else ""


class Order(Vocabulary):
    """By what the list is sorted; what has no value comes last either way."""

    NAME = "nom", "Nom"
    FUNCTION = "fonction", "Fonction"
    TOWN = "commune", "Commune"
    LATE = "retard", "Fraîcheur"
    RECENT = "recent", "Dernier échange"
    AGREEMENT = "convention", "Convention"
    OWNER = "responsable", "Suivi par"
    TIER = "rang", "Rang"


NOBODY = "aucun"
"""The term of those whom nobody follows."""

TERMS: Mapping[str, Callable[[ListedPartner], Collection[str]]] = {
    "family": lambda p: (p.row.family,),
    "kind": lambda p: (p.row.kind,),
    "function": lambda p: p.row.roles,
    "state": lambda p: () if p.row.closed else (p.freshness.state,),
    "standing": lambda p: (p.activity.standing,),
    "tier": lambda p: (p.row.tier,),
    "owner": lambda p: (p.row.owner or NOBODY,),
    "tag": lambda p: p.row.tags,
}
"""The terms of each filter that a partner meets; a closed one has no freshness any more."""

_SORT: Mapping[Order, Callable[[ListedPartner], Any]] = {
    Order.FUNCTION: lambda p: p.row.roles[0].label if p.row.roles else None,
    Order.TOWN: lambda p: fold(p.town) or None,
    Order.LATE: lambda p: (
        None
        if p.freshness.days is None or p.row.closed
        else (-p.freshness.state.rank, -p.freshness.days / p.freshness.maximum)
    ),
    Order.RECENT: lambda p: -p.freshness.last_exchange.toordinal() if p.freshness.last_exchange else None,
    Order.AGREEMENT: lambda p: (p.activity.until or date.max) if p.activity.agreement else None,
    Order.OWNER: lambda p: fold(p.row.owner or "") or None,
    Order.TIER: lambda p: p.row.tier,
}


class _Sorted(NamedTuple):
    """Numbers in an order: those that have a value for it, then the others."""

    known: list[int]
    others: list[int]

    def without(self, gone: Collection[int]) -> "_Sorted":
        """The others in the same order."""
        return _Sorted(*([number for number in part if number not in gone] for part in self))


@dataclass(eq=False)
class Index:
    """The partners by number; ``everyone`` are the numbers in use, ``terms`` the set of each term of each filter."""

    partners: list[ListedPartner]
    numbers: dict[str, int]
    everyone: int
    terms: dict[str, dict[str, int]]
    relations: Relations
    _orders: dict[tuple[Order, bool], _Sorted] = field(default_factory=dict)
    _reaches: dict[Level, dict[str, int]] = field(default_factory=dict)

    @cached_property
    def texts(self) -> list[str]:
        """What a text is looked for in, by number."""
        return [_text(partner) for partner in self.partners]

    @cached_property
    def seats(self) -> dict[Place, int]:
        """How many sit in each place, the most first."""
        by_commune: defaultdict[Place, int] = defaultdict(int)
        for number in self.numbers.values():
            commune = self.partners[number].row.commune
            if seat := commune_of(commune) if commune else None:
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
        return any_of(reached, around(territory.level, territory.code))

    def named(self, words: Sequence[str]) -> int:
        """Whose name and commune hold each of these folded words, whole or as a beginning."""
        starts = [f" {word}" for word in words]
        texts, found = self.texts, self.numbers.values()
        return self._set(number for number in found if all(start in texts[number] for start in starts))

    def among(self, ids: Iterable[str]) -> int:
        """Those of these ids that are partners."""
        return self._set(self.numbers[id] for id in ids if id in self.numbers)

    def page(self, kept: int, order: Order, backwards: bool, limit: int | None) -> list[ListedPartner]:
        """The first ``limit`` of a set, in order."""
        bits = kept.to_bytes(len(self.partners) // 8 + 1, "little")
        found: list[ListedPartner] = []
        for number in self._order(order, backwards):
            if bits[number >> 3] >> (number & 7) & 1:
                found.append(self.partners[number])
                if len(found) == limit:
                    break
        return found

    def renewed(self, measures: Measures, touched: Touched) -> "Index":
        """This index with the touched as they are now; it stays as it was itself."""
        gone = {self.numbers[id] for id in touched.ids if id in self.numbers}
        new = replace(
            self,
            partners=[*self.partners],
            numbers={**self.numbers},
            terms={name: {**sets} for name, sets in self.terms.items()},
            relations=measures.relations,
            _orders={how: old.without(gone) for how, old in list(self._orders.items())},
            _reaches=dict(self._reaches),
        )
        if "texts" in self.__dict__:
            new.texts = [*self.texts]
        for id in touched.ids:
            new._put(id, _partner(measures, id))
        if any(self._where(id) != new._where(id) for id in touched.ids):
            new._reaches.clear()
        elif "seats" in self.__dict__:
            new.seats = self.seats
        return new

    def _put(self, id: str, partner: ListedPartner | None) -> None:
        """Have a partner, or none, under this id."""
        number = self.numbers.pop(id, None)
        if number is not None:
            self._flip(number)
        if partner is None:
            return
        if number is None:
            number = len(self.partners)
            self.partners.append(partner)
            self.__dict__.get("texts", []).append(_text(partner))
        elif "texts" in self.__dict__:
            self.texts[number] = _text(partner)
        self.partners[number] = partner
        self.numbers[id] = number
        self._flip(number)
        for (order, backwards), found in self._orders.items():
            self._place(number, found, order, backwards)

    def _flip(self, number: int) -> None:
        """Take a partner out of its sets, or put it in."""
        self.everyone ^= 1 << number
        for name, of in TERMS.items():
            for term in set(of(self.partners[number])):
                self.terms[name][term] = self.terms[name].get(term, 0) ^ 1 << number

    def _place(self, number: int, found: _Sorted, order: Order, backwards: bool) -> None:
        def key(each: int) -> tuple[Any, str, str]:
            value = _SORT[order](self.partners[each])
            return _Falling(value) if backwards else value, *self._name(each)

        if order is Order.NAME:
            insort(found.known, number, key=self._name)
        elif _SORT[order](self.partners[number]) is None:
            insort(found.others, number, key=self._name)
        else:
            insort(found.known, number, key=key)

    def _order(self, order: Order, backwards: bool) -> Iterable[int]:
        if order is Order.NAME:
            known = self._sorted(order, False).known
            return reversed(known) if backwards else known
        return chain(*self._sorted(order, backwards))

    def _sorted(self, order: Order, backwards: bool) -> _Sorted:
        if (order, backwards) not in self._orders:
            if order is Order.NAME:
                found = _Sorted(sorted(self.numbers.values(), key=self._name), [])
            else:
                by_name = self._sorted(Order.NAME, False).known
                keys = [_SORT[order](partner) for partner in self.partners]
                known = [number for number in by_name if keys[number] is not None]
                known.sort(key=keys.__getitem__, reverse=backwards)
                found = _Sorted(known, [number for number in by_name if keys[number] is None])
            self._orders[order, backwards] = found
        return self._orders[order, backwards]

    def _reach(self, level: Level) -> dict[str, int]:
        if level not in self._reaches:
            members: defaultdict[str, list[int]] = defaultdict(list)
            for number in self.numbers.values():
                for territory in touched(self.relations, self.partners[number].row, level):
                    members[territory].append(number)
            self._reaches[level] = {id: self._set(numbers) for id, numbers in members.items()}
        return self._reaches[level]

    def _name(self, number: int) -> tuple[str, str]:
        row = self.partners[number].row
        return fold(row.name), row.id

    def _where(self, id: str) -> tuple[object, ...] | None:
        """All that says where a partner sits and what it serves."""
        number = self.numbers.get(id)
        return None if number is None else (self.partners[number].row.commune, *self.relations.serves.get(id, ()))

    def _set(self, numbers: Iterable[int]) -> int:
        return _set(numbers, len(self.partners))


@total_ordering
class _Falling:
    """A value that sorts the other way round."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Falling) and bool(self.value == other.value)

    def __lt__(self, other: "_Falling") -> bool:
        return bool(other.value < self.value)

    __hash__ = None  # type: ignore[assignment]


def any_of(sets: Mapping[str, int], terms: Iterable[str]) -> int:
    """Whoever is in one of these sets."""
    return reduce(or_, (sets.get(term, 0) for term in terms), 0)


def index(measures: Measures) -> Index:
    """The index of these measures, made once."""
    return measures.of(_INDEX)


def _make(measures: Measures) -> Index:
    freshness, activity = measures.freshness, measures.activity
    rows = measures.relations.snapshot.organisations
    partners = [ListedPartner(row, freshness[id], activity[id]) for id, row in rows.items()]
    terms = {}
    for name, of in TERMS.items():
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number, partner in enumerate(partners):
            for term in of(partner):
                members[term].append(number)
        terms[name] = {term: _set(numbers, len(partners)) for term, numbers in members.items()}
    numbers = {partner.row.id: number for number, partner in enumerate(partners)}
    return Index(partners, numbers, (1 << len(partners)) - 1, terms, measures.relations)


def _partner(measures: Measures, id: str) -> ListedPartner | None:
    row = measures.relations.snapshot.organisations.get(id)
    return ListedPartner(row, measures.freshness[id], measures.activity[id]) if row else None


def _text(partner: ListedPartner) -> str:
    return f" {fold(partner.row.name)} {fold(partner.town)}"


def _set(numbers: Iterable[int], many: int) -> int:
    bits = bytearray(many // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


_INDEX = Measure[Index](_make, lambda measures, old, touched: old.renewed(measures, touched))
