"""From when a network is there: a link without dates counts from the network's first trace, and on no day before.

Nothing says when an undated link began. What is sure is that there was no network to look at before the first thing
known of it: the first dated fact (exchange, meeting, agreement, placement), the first link that says when it began or
ended or, where all that is younger, the first commit. Before that day it holds no partner and no link, for any measure
or view.
"""

from datetime import date

from crm import days
from crm.store.protocol import Query, ReadTransaction
from graph_schema.registry import SCHEMA

_FACTS = tuple((name, type.about.dated) for name, type in SCHEMA.nodes.items() if type.about.begins)
"""The types of facts that begin on a day, each with the field of the day on which it happened."""


def first_facts(tx: ReadTransaction) -> tuple[date, ...]:
    """The first day of each sort of dated fact."""
    first = ((tx.find(Query(type, order=day, limit=1)).items, day) for type, day in _FACTS)
    found = (record.values.get(day) for records, day in first for record in records)
    return tuple(date.fromisoformat(str(day)) for day in found if day)


def begun(tx: ReadTransaction, on: date) -> bool:
    """Whether the network had a first trace up to the day ``on``."""
    return (
        any(days.here(commit.at).date() <= on for commit in tx.commits(limit=1))
        or any(day <= on for day in first_facts(tx))
        or _linked(tx, on.isoformat())
    )


def _linked(tx: ReadTransaction, day: str) -> bool:
    """Whether a link says that it was there by then."""
    rows = (row for type in SCHEMA.links for row in tx.link_rows(type, ("valid_from", "valid_to")))
    return any(first <= day for *_, start, end in rows if (first := str(start or end or "")))
