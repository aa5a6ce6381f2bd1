"""Work on a second connection, in a thread of its own: SQLite gives up Python's lock while it searches and compares."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")
_AGAIN = 0.05
"""Seconds after which a connection that goes on is asked again to stop: it may have been between two statements."""

Another = Callable[[], AbstractContextManager[sqlite3.Connection]]


@contextmanager
def beside(another: Another, work: Callable[[sqlite3.Connection], T]) -> Iterator[Callable[[], T]]:
    """Run ``work`` in one transaction of ``another`` connection; the function given waits for what it returns.

    Whoever leaves without it stops the work; nothing of it goes on afterwards.
    """
    with another() as db, ThreadPoolExecutor(1, "beside") as pool:
        answer = pool.submit(_in_one_view, db, work)
        try:
            yield answer.result
        finally:
            _stop(db, answer)


def _in_one_view(db: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    db.execute("BEGIN")
    try:
        return work(db)
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _stop(db: sqlite3.Connection, answer: "Future[T]") -> None:
    while not answer.done():
        db.interrupt()
        wait([answer], _AGAIN)
