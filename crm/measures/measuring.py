"""The measures of a network on a day, computed once per state of the store and kept while nothing changes.

A result is found again by the dataset, its newest commit and the day, never by hashing data. After a commit nothing is
computed anew: the journal says whom it touched, and each measure is renewed for them alone.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from crm.analytics.activity import Activity, activity, activity_of
from crm.analytics.coverage import Cell, coverage
from crm.analytics.freshness import Freshness, freshness, freshness_of
from crm.analytics.graph import Relations, build
from crm.analytics.strength import Strength
from crm.measures import snapshots
from crm.measures.renewal import Touched, renewed
from crm.network import Network
from crm.store.protocol import ReadTransaction
from graph_schema.records import GENESIS, Head
from graph_schema.territory import Level, Place
from graph_schema.vocabularies import Function

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Measure(Generic[T]):
    """Something measured: how it is made, and how it is renewed from what it was for those whom commits touched.

    ``renew`` gets the new measures, the old value, which it must leave as it is, and the touched.
    """

    make: Callable[["Measures"], T]
    renew: Callable[["Measures", T, Touched], T]


@dataclass(frozen=True, eq=False)
class Measures:
    """Everything that is measured on one state of the network; each measure is made on first use, then kept."""

    commit: int
    relations: Relations
    _made: dict[Measure[Any], Any] = field(default_factory=dict)
    _before: dict[Measure[Any], tuple[Any, Touched]] = field(default_factory=dict)

    def of(self, measure: Measure[T]) -> T:
        """A measure of this state: kept, else renewed from an earlier state, else made."""
        if measure not in self._made:
            before = self._before.get(measure)
            self._made[measure] = measure.renew(self, *before) if before else measure.make(self)
            self._before.pop(measure, None)
        found: T = self._made[measure]
        return found

    def after(self, commit: int, relations: Relations, touched: Touched) -> "Measures":
        """The measures of a later state, which differs from this one for those ``touched`` only."""
        before = {measure: (value, all.union(touched)) for measure, (value, all) in list(self._before.items())}
        before |= {measure: (value, touched) for measure, value in list(self._made.items())}
        return Measures(commit, relations, _before=before)

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


@dataclass(eq=False)
class _Kept:
    """The measures of one network on one day, as of the newest commit for which someone asked."""

    head: Head | None = None
    measures: Measures | None = None
    lock: Lock = field(default_factory=Lock)


_DAYS = 4
_kept: OrderedDict[tuple[str, date], _Kept] = OrderedDict()
_lock = Lock()


def measures(
    network: Network, on: date, *, waiting: Callable[[], AbstractContextManager[object]] = nullcontext
) -> Measures:
    """The measures of ``network`` on the day ``on``. Raises ``Forbidden`` for an actor who may not read it.

    ``waiting`` surrounds what takes long: measuring a day of which nothing is kept, be it as of an earlier commit.
    """
    dataset, head = network.read(lambda tx: (tx.dataset(), tx.head()))
    kept = _of_day(dataset, on)
    if kept.measures is not None and kept.head == head:
        return kept.measures
    with waiting() if kept.measures is None else nullcontext(), kept.lock:
        if kept.measures is None or kept.head != head:
            with _collector_resting():
                kept.head, kept.measures = network.read(lambda tx: (tx.head(), _measures(tx, kept, on)))
        return kept.measures


def _of_day(dataset: str, on: date) -> _Kept:
    with _lock:
        found = _kept.setdefault((dataset, on), _Kept())
        _kept.move_to_end((dataset, on))
        while len(_kept) > _DAYS:
            _kept.popitem(last=False)
        return found


def _measures(tx: ReadTransaction, kept: _Kept, on: date) -> Measures:
    head = tx.head()
    if kept.measures is not None and kept.head is not None and _continues(tx, kept.head):
        news = renewed(tx, kept.measures.relations, kept.head.number)
        if news is not None:
            return kept.measures.after(head.number, *news)
    return Measures(head.number, build(snapshots.whole(tx, on)))


def _continues(tx: ReadTransaction, head: Head) -> bool:
    """Whether the store's journal goes on from this head: a backup restored in between may have another past."""
    if head.number == 0:
        return head.digest == GENESIS
    found = tx.commits(after=head.number - 1, limit=1)
    return bool(found) and found[0].digest == head.digest
