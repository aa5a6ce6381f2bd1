"""The measures of a network on a day, computed once per state of the store and kept while nothing changes.

A result is found again by the dataset, the number of its newest commit and the day, never by hashing data.
"""

import gc
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from threading import Lock

from crm import snapshots
from crm.analytics.activity import Activity, activity
from crm.analytics.coverage import Cell, coverage
from crm.analytics.freshness import Freshness, freshness
from crm.analytics.graph import Relations, build
from crm.network import Network
from graph_schema.territory import Level, Place


@dataclass(frozen=True, eq=False)
class Measures:
    """Everything that is measured on one state of the network; each measure is made on first use, then kept."""

    commit: int
    relations: Relations

    @property
    def on(self) -> date:
        """The day on which the network is measured."""
        return self.relations.snapshot.on

    @cached_property
    def freshness(self) -> Mapping[str, Freshness]:
        """Freshness of every organisation, by id."""
        return freshness(self.relations, people=False)

    @cached_property
    def freshness_of_people(self) -> Mapping[str, Freshness]:
        """Freshness of every person, by id."""
        everyone = freshness(self.relations)
        return {id: everyone[id] for id in self.relations.snapshot.people}

    @cached_property
    def activity(self) -> Mapping[str, Activity]:
        """Standing of every organisation, by id."""
        return activity(self.relations)

    @cached_property
    def _coverage(self) -> dict[Level, tuple[Cell, ...]]:
        return {}

    @cached_property
    def _within(self) -> dict[tuple[str, Level], tuple[Cell, ...]]:
        return {}

    def coverage(self, level: Level) -> tuple[Cell, ...]:
        """The grid territory × function at one level."""
        if level not in self._coverage:
            with _collector_resting():
                self._coverage[level] = tuple(coverage(self.relations, level))
        return self._coverage[level]

    def coverage_within(self, area: Place, level: Level) -> tuple[Cell, ...]:
        """The grid at a lower level inside one territory, without measuring all the others of that level."""
        if (area.id, level) not in self._within:
            snapshot = replace(self.relations.snapshot, zone=(area.id,))
            self._within[area.id, level] = tuple(coverage(replace(self.relations, snapshot=snapshot), level))
        return self._within[area.id, level]


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


_KEPT = 4
_cache: OrderedDict[tuple[str, int, date], Measures] = OrderedDict()
_lock = Lock()


def measures(network: Network, on: date) -> Measures:
    """The measures of ``network`` on the day ``on``. Raises ``Forbidden`` for an actor who may not read it."""
    info = network.read(lambda tx: (tx.dataset(), tx.head().number))
    with _lock:
        key = (*info, on)
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
        with _collector_resting():
            number, snapshot = network.read(lambda tx: (tx.head().number, snapshots.whole(tx, on)))
            made = Measures(number, build(snapshot))
        _cache[(info[0], number, on)] = made
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
        return made
