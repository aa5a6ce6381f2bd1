"""The growth of a network month by month, read once from its dates and kept with its measures."""

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from crm.analytics.growth import CountedDay, Dated, Point, growth
from crm.measures.beginning import first_facts
from crm.measures.measuring import Measures
from crm.measures.snapshots import LASTING
from crm.network import Network
from crm.network import provider as ourselves
from crm.network.kept import KeptKind
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import REFRESHING, Exchange, Involves

MOST_MONTHS = 36
"""The curve goes back so many months at most."""

_MONTHLY = KeptKind[tuple[Point, ...]]()
_BEGUN = KeptKind[Sequence[date]]()


def monthly(network: Network, measures: Measures) -> tuple[Point, ...]:
    """The network at the end of each month since its first dated fact, and on the day of ``measures``; kept with these.

    Raises ``Forbidden`` for an actor who may not read it.
    """
    return measures.kept.read(_MONTHLY, network.anyone(), lambda tx: _monthly(tx, measures))


def kept(measures: Measures) -> bool:
    """Whether the growth up to these measures was already read."""
    return measures.kept.has(_MONTHLY)


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from that of ``first`` on, and ``last`` at the end, whatever day it is.

    >>> [str(day) for day in month_ends(date(2026, 1, 15), date(2026, 3, 10))]
    ['2026-01-31', '2026-02-28', '2026-03-10']
    """
    ends = []
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1):
        year, month = divmod(index, 12)
        ends.append(date(year, month + 1, calendar.monthrange(year, month + 1)[1]))
    return [*ends, last]


def begins(network: Network, measures: Measures, last: date) -> date:
    """The day of the network's first dated fact, at most ``MOST_MONTHS`` before ``last``; ``last`` when it has none.

    Kept with the measures. Raises ``Forbidden`` for an actor who may not read the network.
    """
    return _begins(measures.kept.read(_BEGUN, network.anyone(), first_facts), last)


def _begins(earliest: Sequence[date], last: date) -> date:
    year, month = divmod(last.year * 12 + last.month - MOST_MONTHS, 12)
    return max(date(year, month + 1, 1), min((day for day in earliest if day <= last), default=last))


def _monthly(tx: ReadTransaction, measures: Measures) -> tuple[Point, ...]:
    exchanges = {str(id): (str(on), direction in REFRESHING) for id, on, direction in _exchanges(tx, measures.on)}
    days = {text: date.fromisoformat(text) for text in {on for on, _ in exchanges.values()}}
    provider = ourselves.load(tx)
    ends = month_ends(_begins(first_facts(tx), measures.on), measures.on)
    moments = [CountedDay(day, ourselves.window_start(provider, day)) for day in ends]
    return growth(
        measures.relations,
        moments,
        (Dated(str(who), days[on], received) for who, (on, received) in _involved(tx, exchanges)),
        _periods(tx) if measures.relations.snapshot.begun else (),
        (days[on] for on, _ in exchanges.values()),
    )


def _exchanges(tx: ReadTransaction, until: date) -> Iterator[tuple[Any, ...]]:
    last = until.isoformat()
    return (row for row in tx.rows(Exchange.TYPE, ("on", "direction")) if row[1] and str(row[1]) <= last)


def _involved(tx: ReadTransaction, exchanges: dict[str, tuple[str, bool]]) -> Iterator[tuple[Any, tuple[str, bool]]]:
    for _, exchange, who in tx.link_rows(Involves.TYPE):
        if found := exchanges.get(str(exchange)):
            yield who, found


def _periods(tx: ReadTransaction) -> Iterator[tuple[date | None, date | None]]:
    for type in LASTING:
        for _, _, _, first, last in tx.link_rows(type, ("valid_from", "valid_to")):
            yield _date(first), _date(last)


def _date(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None
