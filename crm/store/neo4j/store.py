"""The store: sessions and managed transactions of one driver."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final, TypeVar

from neo4j import Driver, GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError, ServiceUnavailable, SessionExpired

from crm.store.neo4j import schema
from crm.store.neo4j.address import Address
from crm.store.neo4j.errors import translated
from crm.store.neo4j.transaction import Neo4jRead, Neo4jWrite
from crm.store.protocol import ReadTransaction, WriteTransaction
from crm.store.versions import check_version
from graph_schema.limits import Wait

T = TypeVar("T")

CONNECTION_SECONDS = 5.0
RETRY_SECONDS = Wait(10, "Attente d'un serveur Neo4j qui a disparu", "dit, avec ce qui est enregistré ou ne l'est pas")
"""A server that is down at the start is said at once."""

WRITE_SECONDS = 600.0
"""After which Neo4j ends a writer that hangs, or that has waited for one."""

_ATTEMPTS = 3
_FETCH = 5_000


class _Moved:
    """In place of a result: a commit came while it was read."""


_MOVED: Final = _Moved()


class Neo4jStore:
    """A ``Store`` in a database of a Neo4j server. Threads may share it.

    Neo4j reads what is committed at each moment, not as of one moment, so ``read`` compares the journal's head before
    and after, and runs ``work`` again if a commit came in between; after some attempts it reads in a writer's turn,
    while nothing can be committed. What remains possible is to read while the latest commit is still being applied,
    a matter of milliseconds. ``write`` does not know even that: it begins by waiting for its turn.
    """

    def __init__(self, address: Address, password: str | None, *, any_version: bool = False) -> None:
        self.address = address
        self._any_version = any_version
        self._inside = threading.local()
        self._bookmarks = GraphDatabase.bookmark_manager()
        with translated(address):
            self._driver: Driver = GraphDatabase.driver(
                address.uri,
                auth=None if password is None else (address.user, password),
                connection_timeout=CONNECTION_SECONDS,
                connection_acquisition_timeout=RETRY_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
                user_agent="reseau28",
            )

    def session(self) -> Session:
        """A session on the database; all of them see what any of them wrote."""
        return self._driver.session(database=self.address.database, bookmark_manager=self._bookmarks, fetch_size=_FETCH)

    def as_found(self) -> AbstractContextManager[None]:
        """Nothing else than otherwise: a server keeps no text that is none."""
        return nullcontext()

    def check_connection(self) -> None:
        """Raise at once what keeps the server from answering or from letting us in."""
        self._driver.verify_connectivity()

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """Run ``work`` on one consistent view, see the class."""
        with self._transaction(), self.session() as session:
            for _ in range(_ATTEMPTS):
                result = session.execute_read(self._read_steadily, work)
                if not isinstance(result, _Moved):
                    return result
            return session.execute_write(self._in_turn, work, reading=True)[0]

    def write(self, work: Callable[[WriteTransaction], T]) -> T:
        """Run ``work`` as the only writer; again when nobody knows whether its commit was kept."""
        in_turn = unit_of_work(timeout=WRITE_SECONDS)(self._in_turn)
        deadline = time.monotonic() + RETRY_SECONDS
        unknown: IncompleteCommit | None = None
        with self._transaction():
            while True:
                try:
                    with self.session() as session:
                        result, new_schema = session.execute_write(in_turn, work)
                        if new_schema:
                            schema.apply(self.session)
                        return result
                except IncompleteCommit as error:
                    unknown = error
                    if time.monotonic() > deadline:
                        raise
                except (ServiceUnavailable, SessionExpired) as error:
                    raise unknown or error from error

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if getattr(self._inside, "transaction", False):
            raise RuntimeError("a transaction is already running in this thread: use the one given to work")
        self._inside.transaction = True
        try:
            with translated(self.address):
                yield
        finally:
            self._inside.transaction = False

    def _read_steadily(self, tx: ManagedTransaction, work: Callable[[ReadTransaction], T]) -> T | _Moved:
        reading = Neo4jRead(tx, self.address)
        before = reading.head()
        try:
            result = work(reading)
        except (DriverError, Neo4jError):
            raise
        except Exception:
            if reading.head() == before:
                raise
            return _MOVED  # what it stumbled over may be the commit that came
        return result if reading.head() == before else _MOVED

    def _in_turn(
        self, tx: ManagedTransaction, work: Callable[[WriteTransaction], T], *, reading: bool = False
    ) -> tuple[T, bool]:
        writing = Neo4jWrite(tx, self.address)
        version = writing.wait_turn()
        if not reading:
            check_version(version, str(self.address), any_version=self._any_version)
        result = work(writing)
        if writing.failure is not None:
            raise writing.failure
        return result, writing.new_schema
