"""The store itself: connections to one file, and transactions on them."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from crm.store.protocol import ReadTransaction, WriteTransaction
from crm.store.sqlite import stamp
from crm.store.sqlite.connection import AS_FOUND, Connection
from crm.store.sqlite.errors import busy, moved, translated
from crm.store.sqlite.medium import FileMode, medium_of
from crm.store.sqlite.reading import Reading
from crm.store.sqlite.schema import schema_version
from crm.store.sqlite.turns import Turns
from crm.store.sqlite.writing import Writing
from crm.store.versions import check_version

T = TypeVar("T")


class SqliteStore:
    """A network in one SQLite file. Any thread may use it: each transaction has a connection of its own while it lasts.

    A commit is on the disk when it returns (WAL, ``synchronous = FULL``): it survives the end of the process and of the
    machine. Readers never wait; writers wait for one another.
    """

    def __init__(self, path: Path, *, patience: float, read_only: bool = False, any_version: bool = False) -> None:
        self.path = path
        self._any_version = any_version
        self.medium = medium_of(path, read_only)
        self._patience = patience
        self._idle: list[sqlite3.Connection] = []
        self._closed = threading.Event()
        self._writer = threading.Lock()
        self._inside = threading.local()
        self._file: tuple[int, ...] | None = None
        self._turns = Turns(path)
        self._texts: Callable[[bytes], str] = str

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """Run ``work`` on one consistent view."""
        with self._transaction("BEGIN") as db:
            return work(Reading(db, str(self.path), self.connection))

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run ``work`` as the only writer, keep everything if it returns, nothing if it raises."""
        self._refuse_nesting()
        if not self._writer.acquire(timeout=self._patience):
            raise busy(str(self.path))
        try:
            with self._turn(), self._transaction("BEGIN IMMEDIATE") as db:
                check_version(schema_version(db), str(self.path), any_version=self._any_version)
                writing, before = Writing(db, str(self.path)), db.total_changes
                result = work(writing)
                if writing.failure is not None:
                    raise writing.failure
                if writing.new_schema or db.total_changes != before:
                    stamp.renew(db)
                return result
        except TimeoutError:
            raise busy(str(self.path)) from None
        finally:
            self._writer.release()

    @contextmanager
    def as_found(self) -> Iterator[None]:
        """While it lasts, texts that are none are read too, their bytes as halves of surrogate pairs."""
        self._texts = AS_FOUND
        try:
            yield
        finally:
            self._texts = str

    def close(self) -> None:
        """Give back the connections; those of transactions still running are given back when they end."""
        self._closed.set()
        self._turns.close()
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for the caller alone, outside any transaction."""
        if self._closed.is_set():
            raise RuntimeError("this store is closed")
        db = self._idle.pop() if self._idle else self._connect()
        db.text_factory = self._texts
        try:
            yield db
        except BaseException as error:
            if (
                _is_of_disk(error) and not self._closed.is_set()
            ):  # where there is no more room, none can be opened to take back what is of no use
                self._idle.append(db)
            else:  # it may have been stopped in the middle of anything
                db.close()
            raise
        if self._closed.is_set():
            db.close()
        else:
            self._idle.append(db)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self.medium is not FileMode.WRITABLE:
            yield
            return
        with self._turns.turn(self._patience):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        self._refuse_nesting()
        with translated(str(self.path)), self.connection() as db:
            if self._named() != self._file:  # SQLite would go on in a file that has no name any more
                raise moved(str(self.path))
            self._inside.transaction = True
            try:
                db.execute(begin)
                yield db
                db.execute("COMMIT")
            finally:
                self._inside.transaction = False
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _refuse_nesting(self) -> None:
        if getattr(self._inside, "transaction", False):
            raise RuntimeError("a transaction is already running in this thread: use the one given to work")

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            f"{self.path.as_uri()}?{self.medium.value}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            factory=Connection,
        )
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cache_size = -32000"):
            db.execute(f"PRAGMA {pragma}")
        self._file = self._file or self._named()
        return db

    def _named(self) -> tuple[int, ...] | None:
        """What tells the file that bears our name from any other, None when none does.

        One that SQLite was told nobody writes is another as soon as someone has.
        """
        try:
            found = self.path.stat()
        except OSError:
            return None
        if self.medium is not FileMode.FIXED:
            return found.st_dev, found.st_ino
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size, int(stamp.log_of(self.path).exists())


def _is_of_disk(error: BaseException) -> bool:
    """Whether the disk refused, and nothing else is wrong: the transaction is rolled back by then."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
