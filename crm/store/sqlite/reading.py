"""One consistent view of a file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from crm.store.sqlite.beside import Another, beside
from crm.store.sqlite.derived import Derived
from crm.store.sqlite.finding import Finding
from crm.store.sqlite.graph import Graph
from crm.store.sqlite.inspection import FileInspection
from crm.store.sqlite.journal import Journal
from crm.store.sqlite.search import Search
from crm.store.sqlite.telling import Telling

if TYPE_CHECKING:
    from crm.store.protocol import ReadTransaction

T = TypeVar("T")


class Reading(Journal, Telling, Finding, Graph, Search, Derived, FileInspection):
    """Everything that a transaction can read. ``another`` gives a second connection, where there may be one."""

    def __init__(self, db: sqlite3.Connection, address: str, another: Another | None = None) -> None:
        super().__init__(db, address)
        self._another = another

    @contextmanager
    def beside(self, work: Callable[["ReadTransaction"], T]) -> Iterator[Callable[[], T]]:
        """Run ``work`` while the caller goes on; here and now where its writes are still to be seen by nobody else."""
        if self._another is None:
            yield lambda: work(self)
            return
        with beside(self._another, lambda db: work(Reading(db, self._address))) as answer:
            yield answer
