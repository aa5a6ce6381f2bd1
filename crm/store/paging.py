"""A find of any length, page by page."""

from collections.abc import Iterator
from dataclasses import replace

from crm.store.protocol import Query, ReadTransaction
from graph_schema.records import NodeRecord


def every(tx: ReadTransaction, query: Query) -> Iterator[NodeRecord]:
    """Every node that satisfies ``query``, in its order; its ``limit`` is how many are read at a time."""
    page = tx.find(query)
    yield from page.items
    while page.next is not None:
        page = tx.find(replace(query, after=page.next))
        yield from page.items
