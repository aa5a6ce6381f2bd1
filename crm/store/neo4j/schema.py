"""Bringing a database's constraints and indexes to those declared, one process at a time."""

import time
from collections.abc import Callable
from typing import NamedTuple

from neo4j import ManagedTransaction, Query, Session, unit_of_work
from neo4j.exceptions import ClientError

from crm.errors import StoreBusy, StoreError
from crm.store.neo4j.ddl import OURS, STORE_UNIQUE, creation, is_constraint, statements
from crm.store.neo4j.journal import TAKE_TURN

SECONDS = 600.0
"""How long to wait for one's turn, for one change and for the indexes."""

_ATTEMPTS = 100
_PAUSE = 0.1


def apply(open_session: Callable[[], Session], claim: Callable[[ManagedTransaction], None] | None = None) -> None:
    """Create what is missing, drop what is ours and declared no more, and wait until all of it can be used.

    Where all is there and can be used, nothing is written and no lock is asked for. Else processes take turns by a lock
    on the store's node: two that change the schema at once would hold locks that the other waits for, some of which
    Neo4j's detection of deadlocks does not see. Each change is a transaction of its own, which holds one lock only. A
    process that dies gives its turn back, because its connection ends; whoever gets it looks again at what is missing.

    Parameters
    ----------
    open_session
        Gives a session; one holds the turn while another changes the schema.
    claim
        Makes the store's node, once the constraint that keeps it unique is there; None where it exists.

    Raises StoreBusy when it is not a process's turn, or its indexes are not ready, within ``SECONDS``.
    """
    with open_session() as session:
        _keep_store_unique(session)
        if claim is not None:
            session.execute_write(claim)
        if _changes(session):
            with open_session() as keeper:
                keeper.execute_write(unit_of_work(timeout=SECONDS)(_change_in_turn), session)
        _wait_until_online(session)


def _keep_store_unique(session: Session) -> None:
    """Create, alone and first, the constraint without which there might be two nodes to lock."""
    for others_turn in reversed(range(_ATTEMPTS)):
        if (found := _present(session).get(STORE_UNIQUE)) and found.is_whole(STORE_UNIQUE):
            return
        try:
            session.execute_write(_run, creation(STORE_UNIQUE))
        except ClientError as error:  # another process may be creating it at this moment
            if ".Schema." not in (error.code or "") or not others_turn:
                raise
            time.sleep(_PAUSE)


@unit_of_work(timeout=SECONDS)
def _run(tx: ManagedTransaction, change: str) -> None:
    tx.run(change).consume()


def _change_in_turn(keeper: ManagedTransaction, session: Session) -> None:
    keeper.run(TAKE_TURN).consume()
    for change in _changes(session):
        session.run(Query(change, timeout=SECONDS)).consume()


def _changes(session: Session) -> list[str]:
    """The statements that make the schema what is declared; none when it is."""
    present, wanted = _present(session), statements()
    kept = {name for name, index in present.items() if name in wanted and index.is_whole(name)}
    dropped = [
        f"DROP {'CONSTRAINT' if present[name].owner else 'INDEX'} {name} IF EXISTS"
        for name in sorted(present.keys() - kept)
    ]
    return dropped + [creation(name) for name in wanted if name not in kept]


class _Index(NamedTuple):
    """An index of ours as the database has it; a constraint has one too, of its name."""

    state: str
    owner: str | None

    def is_whole(self, name: str) -> bool:
        """Whether it is what is declared under this name: one that a constraint left half made is not."""
        return (self.owner is not None) == is_constraint(name)


def _present(session: Session) -> dict[str, _Index]:
    listing = Query("SHOW INDEXES YIELD name, state, owningConstraint WHERE name STARTS WITH $ours", timeout=SECONDS)
    return {name: _Index(state, owner) for name, state, owner in session.run(listing, ours=OURS)}


def _wait_until_online(session: Session) -> None:
    deadline = time.monotonic() + SECONDS
    while waiting := {name: index.state for name, index in _present(session).items() if index.state != "ONLINE"}:
        name, state = min(waiting.items())
        if state == "FAILED":
            raise StoreError(f"Neo4j n'a pas pu construire l'index {name} : voyez le journal du serveur.")
        if time.monotonic() > deadline:
            raise StoreBusy("Neo4j construit encore les index de cette base : recommencez dans quelques minutes.")
        time.sleep(_PAUSE)
