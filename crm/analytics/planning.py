"""The call list as people work through it: by owner, by territory, and day by day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple, TypeVar

from crm.analytics.calls import Due
from crm.analytics.graph import Relations
from crm.analytics.reach import commune_of
from graph_schema.snapshot import Engagement, Nature
from graph_schema.territory import Level, Place, ancestors, place
from graph_schema.text import fold

T = TypeVar("T")

PER_DAY = 5
"""Calls that a day of work leaves room for; an action due that day takes one of them."""

WEEKS = 2
"""A plan covers this week and the next: beyond, freshness will have changed the order."""

_SATURDAY = 5


class Day(NamedTuple):
    """What a working day holds: calls to make, the ids of the actions due, the agreements that end."""

    on: date
    calls: tuple[Due, ...] = ()
    actions: tuple[str, ...] = ()
    endings: tuple[Engagement, ...] = ()


def by_owner(due: Iterable[Due]) -> dict[str | None, tuple[Due, ...]]:
    """Return the calls of each owner, by name, in the order given; those that nobody follows come last, under None."""
    found: dict[str | None, list[Due]] = {}
    for each in due:
        found.setdefault(each.freshness.owner or None, []).append(each)
    return {owner: tuple(found[owner]) for owner in sorted(found, key=lambda name: (name is None, fold(name or "")))}


def by_territory(relations: Relations, due: Iterable[Due], level: Level) -> dict[Place | None, tuple[Due, ...]]:
    """Return the calls of each territory of ``level`` where organisations sit, those with the most calls first.

    Calls keep the order given; those to organisations whose commune is not known come last, under None.
    """
    found: dict[Place | None, list[Due]] = {}
    for each in due:
        found.setdefault(_seat(relations.snapshot.organisations[each.id].commune, level), []).append(each)
    ranked = sorted(found, key=lambda where: (where is None, -len(found[where]), where.name if where else ""))
    return {where: tuple(found[where]) for where in ranked}


def ending(engagements: Iterable[Engagement], on: date, until: date) -> tuple[Engagement, ...]:
    """Return the agreements in force on the day that end by ``until``, the first to end first, once for each party."""
    found = (each for each in engagements if each.nature is Nature.AGREEMENT and each.term.in_force(on))
    ends = [(each.ends, each) for each in found if each.ends and each.ends <= until]
    return tuple(each for _, each in sorted(ends, key=lambda pair: (pair[0], pair[1].organisation, pair[1].subject)))


def plan(
    on: date,
    due: Iterable[Due],
    back: Iterable[tuple[date, Due]] = (),
    actions: Iterable[tuple[date, str]] = (),
    endings: Iterable[Engagement] = (),
    per_day: int = PER_DAY,
) -> tuple[Day, ...]:
    """Spread the work over the working days of ``WEEKS`` weeks, from Monday of the week of ``on`` (the next at a
    week-end); days already gone get nothing.

    An action, given with the day it is due, stands on that day, or on the first one left when it is late; a call that
    was put off, on the day it comes back; an agreement, on the day it ends (Friday for a week-end). Calls then fill the
    room that is left, the most urgent first, up to ``per_day``.
    """
    days = working_days(on)
    open_days = [day for day in days if day >= on]
    acted = _sorted_out(((_up_to(day, open_days), id) for day, id in actions), open_days)
    returned = _sorted_out(((_from(day, open_days), each) for day, each in back), open_days)
    ended = _sorted_out(((_up_to(each.ends or on, open_days), each) for each in endings), open_days)
    waiting = iter(due)
    found = [Day(day) for day in days if day < on]
    for day in open_days:
        room = max(0, per_day - len(acted[day]) - len(returned[day]))
        calls = (*returned[day], *islice(waiting, room))
        found.append(Day(day, calls, tuple(acted[day]), tuple(ended[day])))
    return tuple(found)


def working_days(on: date) -> tuple[date, ...]:
    """Return Monday to Friday of the week of a day and of those that follow; of the next ones at a week-end."""
    monday = on - timedelta(days=on.weekday())
    if on.weekday() >= _SATURDAY:
        monday += timedelta(days=7)
    return tuple(monday + timedelta(days=7 * week + day) for week in range(WEEKS) for day in range(_SATURDAY))


def _up_to(day: date, days: Sequence[date]) -> date | None:
    """The last of the days that is not after ``day``, else the first; None when ``day`` is beyond their last week."""
    if day > days[-1] + timedelta(days=2):
        return None
    return max((each for each in days if each <= day), default=days[0])


def _from(day: date, days: Sequence[date]) -> date | None:
    """The first of the days that is not before ``day``, if there is one."""
    return next((each for each in days if each >= day), None)


def _sorted_out(given: Iterable[tuple[date | None, T]], days: Iterable[date]) -> Mapping[date, list[T]]:
    found: dict[date, list[T]] = {day: [] for day in days}
    for day, each in given:
        if day is not None:
            found[day].append(each)
    return found


def _seat(commune: str | None, level: Level) -> Place | None:
    seat = commune_of(commune) if commune else None
    return next(_places(seat, level), None) if seat else None


def _places(seat: Place, level: Level) -> Iterator[Place]:
    for its_level, code in ancestors(seat.level, seat.code):
        if its_level is level and (found := place(its_level, code)):
            yield found
