"""The growth of the network over a series of days, from one pass over dates rather than one network per day.

Days are numbered; the days on which a dated fact counts are then one run of bits of an integer, and an organisation's
state over all days a few ANDs and ORs of such integers. The result is what ``activity`` and ``freshness`` say on each
of these days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from crm.analytics.graph import Relations
from graph_schema.snapshot import Engagement, Nature


class CountedDay(NamedTuple):
    """A day on which the network is counted, and the first day of the audit window that ends on it."""

    on: date
    since: date


class Point(NamedTuple):
    """The network on a day: active partners, fresh ones, lasting links, and exchanges since the point before.

    A closed partner is neither active nor fresh.
    """

    on: date
    active: int
    fresh: int
    links: int
    exchanges: int


class Dated(NamedTuple):
    """An exchange with an organisation; ``received`` when it came from them or was mutual."""

    organisation: str
    on: date
    received: bool


class Calendar:
    """Days in order, and which of them lie in a period, as bits (the first day is the lowest bit)."""

    def __init__(self, moments: Sequence[CountedDay]) -> None:
        self.days = [moment.on for moment in moments]
        self._since = [moment.since for moment in moments]
        self.seen_from = cache(self._seen_from)

    def between(self, first: date, last: date | None) -> int:
        """The days from ``first`` to ``last``, both included."""
        return _run(bisect_left(self.days, first), len(self.days) if last is None else bisect_right(self.days, last))

    def _seen_from(self, first: date, last: date | None) -> int:
        """The days whose audit window holds one day at least of this period."""
        start = bisect_left(self.days, first)
        return _run(start, len(self.days) if last is None else bisect_right(self._since, last))


def growth(
    relations: Relations, moments: Sequence[CountedDay], exchanges: Iterable[Dated],
    links: Iterable[tuple[date | None, date | None]], made: Iterable[date],
) -> tuple[Point, ...]:  # fmt: skip
    """Return the network on each of ``moments``, whose days and windows both go forward.

    ``relations`` is the network on the last of them or later; ``exchanges`` those with organisations, ``links`` the
    periods of lasting links, ``made`` the day of each exchange, counted once whoever it involves.
    """
    calendar = Calendar(moments)
    traced, fresh = _contacts(relations, calendar, exchanges)
    active = []
    for id, row in relations.snapshot.organisations.items():
        engagements = relations.engagements.get(id)
        if engagements and not row.closed:
            active.append(_active(calendar, engagements, traced.get(id, 0)))
            fresh[id] = fresh.get(id, 0) | _met(relations, calendar, id, engagements)
    size = len(moments)
    counted = zip(
        moments, _totals(active, size), _totals(fresh.values(), size), _links(calendar, links, size),
        _made(calendar, made, size), strict=True,
    )  # fmt: skip
    return tuple(Point(moment.on, *numbers) for moment, *numbers in counted)


def _contacts(
    relations: Relations, calendar: Calendar, exchanges: Iterable[Dated]
) -> tuple[dict[str, int], dict[str, int]]:
    """On which days each organisation has a trace in the window, and is fresh, by its exchanges alone."""
    rows, thresholds = relations.snapshot.organisations, relations.snapshot.thresholds
    ideals = {id: thresholds[row.tier].ideal for id, row in rows.items() if not row.closed}
    lasting = cache(lambda day, ideal: calendar.between(day, _later(day, ideal)))
    traced: dict[str, int] = {}
    fresh: dict[str, int] = {}
    for id, on, received in exchanges:
        if id not in ideals:
            continue
        traced[id] = traced.get(id, 0) | calendar.seen_from(on, on)
        if received:
            fresh[id] = fresh.get(id, 0) | lasting(on, ideals[id])
    return traced, fresh


def _met(relations: Relations, calendar: Calendar, id: str, engagements: Iterable[Engagement]) -> int:
    """On which days it is fresh by a meeting that it attended."""
    ideal = relations.snapshot.thresholds[relations.snapshot.organisations[id].tier].ideal
    found = 0
    for each in engagements:
        if each.nature is Nature.MEETING:
            found |= calendar.between(each.starts, _later(each.starts, ideal))
    return found


def _active(calendar: Calendar, engagements: Iterable[Engagement], traced: int) -> int:
    engaged = in_force = 0
    for each in engagements:
        if each.nature is Nature.AGREEMENT:
            in_force |= calendar.between(each.starts, each.ends)
            traced |= calendar.seen_from(each.starts, each.starts)
        else:
            engaged |= calendar.seen_from(each.starts, each.ends)
    return engaged | (in_force & traced)


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _run(first: int, stop: int) -> int:
    return (1 << stop) - (1 << first) if stop > first else 0


def _totals(states: Iterable[int], size: int) -> list[int]:
    """How many states hold each bit."""
    steps = [0] * (size + 1)
    for state in states:
        at = 0
        while state:  # one run of ones after another
            zeros = (state & -state).bit_length() - 1
            state >>= zeros
            ones = (state ^ (state + 1)).bit_length() - 1
            state >>= ones
            steps[at + zeros] += 1
            at += zeros + ones
            steps[at] -= 1
    return list(accumulate(steps))[:size]


def _links(calendar: Calendar, links: Iterable[tuple[date | None, date | None]], size: int) -> list[int]:
    held = cache(lambda first, last: calendar.between(first or date.min, last))
    return _totals((held(first, last) for first, last in links), size)


def _made(calendar: Calendar, made: Iterable[date], size: int) -> list[int]:
    """How many days of ``made`` come after each point before, up to it; for the first, since its month began."""
    first = calendar.days[0].replace(day=1) if size else date.max
    counted = [0] * size
    for day in made:
        if day >= first and (at := bisect_left(calendar.days, day)) < size:
            counted[at] += 1
    return counted
