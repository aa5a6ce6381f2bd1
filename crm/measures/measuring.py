"""The measures of a network on a day, computed once per state of the store and kept while nothing changes.

After a commit nothing is computed anew: the journal says whom it touched, and each measure is renewed for them alone.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from crm.analytics.activity import Activity, activity, activity_of
from crm.analytics.coverage import Cell, coverage
from crm.analytics.freshness import Freshness, freshness, freshness_of
from crm.analytics.graph import Relations, build
from crm.analytics.strength import Strength
from crm.measures import snapshots
from crm.measures.renewal import Touched, renewed
from crm.network import Anyone, Network
from crm.network.kept import Kept, KeptKind, States
from crm.store.protocol import ReadTransaction
from graph_schema.territory import Level, Place
from graph_schema.vocabularies import Function

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Measure(KeptKind[T]):
    """Something measured: how it is made, and how it is renewed from what it was for those whom commits touched.

    ``renew`` gets the new measures, the old value, which it must leave as it is, and the touched.
    """

    make: Callable[["Measures"], T]
    renew: Callable[["Measures", T, Touched], T]


@dataclass(frozen=True, eq=False)
class RenewedKind(KeptKind[T]):
    """Something read of the store that is brought up to date with the commits above a number, not read whole again.

    ``renew`` gets the old value, which it must leave as it is, and that number.
    """

    whole: Callable[[ReadTransaction, "Measures"], T]
    renew: Callable[[ReadTransaction, "Measures", T, int], T]


class _Earlier(NamedTuple):
    """What something was as of the commit of that number, and whom later ones touched."""

    value: Any
    commit: int
    touched: Touched


@dataclass(frozen=True, eq=False)
class Measures:
    """Everything that is measured on one state of the network; each measure is made on first use, then ``kept``."""

    commit: int
    relations: Relations
    kept: Kept = field(default_factory=Kept)
    _before: dict[KeptKind[Any], _Earlier] = field(default_factory=dict)

    def of(self, measure: Measure[T]) -> T:
        """A measure of this state: kept, else renewed from an earlier state, else made."""
        return self.kept.of(measure, lambda: self._made(measure))

    def read(self, reading: RenewedKind[T], anyone: Anyone) -> T:
        """What is read of the network whose measures these are: kept, else brought up to date, else read whole."""
        return self.kept.read(reading, anyone, lambda tx: self._reading(tx, reading))

    def after(self, commit: int, relations: Relations, touched: Touched) -> "Measures":
        """The measures of a later state, which differs from this one for those ``touched`` only."""
        before = {kind: old._replace(touched=old.touched.union(touched)) for kind, old in list(self._before.items())}
        lasting = ((kind, value) for kind, value in self.kept if isinstance(kind, Measure | RenewedKind))
        before |= {kind: _Earlier(value, self.commit, touched) for kind, value in lasting}
        return Measures(commit, relations, _before=before)

    def _made(self, measure: Measure[T]) -> T:
        old = self._before.get(measure)
        made = measure.renew(self, old.value, old.touched) if old else measure.make(self)
        self._before.pop(measure, None)
        return made

    def _reading(self, tx: ReadTransaction, reading: RenewedKind[T]) -> T:
        old = self._before.get(reading)
        made = reading.renew(tx, self, old.value, old.commit) if old else reading.whole(tx, self)
        self._before.pop(reading, None)
        return made

    @property
    def on(self) -> date:
        """The day on which the network is measured."""
        return self.relations.snapshot.on

    @property
    def freshness(self) -> Mapping[str, Freshness]:
        """Freshness of every organisation, by id."""
        return self.of(_FRESHNESS)

    @property
    def freshness_of_people(self) -> Mapping[str, Freshness]:
        """Freshness of every person, by id."""
        return self.of(_FRESHNESS_OF_PEOPLE)

    @property
    def activity(self) -> Mapping[str, Activity]:
        """Standing of every organisation, by id."""
        return self.of(_ACTIVITY)

    @property
    def strength(self) -> Strength:
        """On whom the network hangs, its groups, who stands apart."""
        return self.of(_STRENGTH)

    def coverage(self, level: Level) -> tuple[Cell, ...]:
        """The grid territory × function at one level."""
        return self._grid(None, level)

    def coverage_within(self, area: Place, level: Level) -> tuple[Cell, ...]:
        """The grid at a lower level inside one territory, without measuring all the others of that level."""
        return self._grid(area.id, level)

    def _grid(self, area: str | None, level: Level) -> tuple[Cell, ...]:
        kept = self.of(_COVERAGE)
        cells, outdated = kept.get((area, level), ((), _ALL))
        if outdated:
            wanted = [function for function in Function if function in outdated]
            with _collector_resting():
                again = coverage(self.relations, level, wanted, standings=self.activity, area=area)
            found = {(each.territory, each.function): each for each in again}
            cells = tuple(found[each.territory, each.function] if each.function in outdated else each for each in cells)
            kept[area, level] = cells or again, frozenset()
        return kept[area, level][0]


def _freshness_of_people(measures: Measures) -> Mapping[str, Freshness]:
    everyone = freshness(measures.relations)
    return {id: everyone[id] for id in measures.relations.snapshot.people}


def _by_id(
    of: Callable[[Relations, str], T], known: Callable[[Measures], Mapping[str, object]]
) -> Callable[[Measures, Mapping[str, T], Touched], Mapping[str, T]]:
    """Renewal of a measure by id: that of the touched who are ``known``, all the others as they were."""

    def renew(measures: Measures, old: Mapping[str, T], touched: Touched) -> Mapping[str, T]:
        new, there = dict(old), known(measures)
        for id in touched.ids:
            if id in there:
                new[id] = of(measures.relations, id)
            else:
                new.pop(id, None)
        return new

    return renew


def _organisations(measures: Measures) -> Mapping[str, object]:
    return measures.relations.snapshot.organisations


_FRESHNESS = Measure[Mapping[str, Freshness]](
    lambda measures: freshness(measures.relations, people=False), _by_id(freshness_of, _organisations)
)
_FRESHNESS_OF_PEOPLE = Measure(
    _freshness_of_people, _by_id(freshness_of, lambda measures: measures.relations.snapshot.people)
)
_ACTIVITY = Measure[Mapping[str, Activity]](
    lambda measures: activity(measures.relations), _by_id(activity_of, _organisations)
)
_STRENGTH = Measure[Strength](
    lambda measures: Strength(measures.relations, measures.activity),
    lambda measures, old, touched: old.after(measures.relations, measures.activity, touched.ids),
)
_ALL = frozenset(Function)
_COVERAGE = Measure[dict[tuple[str | None, Level], tuple[tuple[Cell, ...], frozenset[Function]]]](
    lambda measures: {},
    lambda measures, old, touched: {
        key: (cells, outdated | touched.functions) for key, (cells, outdated) in list(old.items())
    },
)
"""Grids by area and level, each with the functions for which it is to be made again when someone asks for it."""


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep Python's collector of reference cycles still.

    A snapshot is a million small objects that all stay and make no cycle; the collector would walk through them again
    and again while they are made, a third of the whole time.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def _state(tx: ReadTransaction, on: date, old: Measures | None) -> Measures:
    head = tx.head().number
    with _collector_resting():
        news = renewed(tx, old.relations, old.commit) if old else None
        return old.after(head, *news) if old and news else Measures(head, build(snapshots.whole(tx, on)))


STATES = States(_state, days=4)
"""All that is kept of networks, on the days last asked for."""


def measures(
    network: Network, on: date, *, waiting: Callable[[], AbstractContextManager[object]] = nullcontext
) -> Measures:
    """The measures of ``network`` on the day ``on``. Raises ``Forbidden`` for an actor who may not read it.

    ``waiting`` surrounds what takes long: measuring a day of which nothing is kept, be it as of an earlier commit.
    """
    found, head = STATES.on(network.anyone(), on, waiting)
    found.kept.seen = head
    return found
