"""A network as someone works on it: a store, an actor whose rights are checked here, and a clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from crm.days import here, now
from crm.heads import Heads
from crm.journal import Intent, new_token
from crm.rights import Actor, Right
from crm.store.protocol import ReadTransaction, Store, WriteTransaction
from crm.work import UnitOfWork
from graph_schema.records import Commit, Scalar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Committed(Generic[T]):
    """What an act returned, and the commit that it made (None when it changed nothing)."""

    value: T
    commit: Commit | None


@dataclass(frozen=True, slots=True)
class Network:
    """The one way to a store: every reading and every writing goes through here, with a right.

    What is written is noted in ``heads``, where this machine keeps what it has seen. ``vault`` is the folder of the
    files of a network on a server; those of a network in a file are beside it.
    """

    store: Store
    actor: Actor
    clock: Callable[[], datetime] = now
    heads: Heads | None = None
    vault: str | None = None

    def today(self) -> date:
        """The day that it is in France by this network's clock."""
        return here(self.clock()).date()

    def read(self, work: Callable[[ReadTransaction], T], right: Right = Right.READ) -> T:
        """Run ``work`` on one consistent view. Raises ``Forbidden`` without ``right``."""
        self.actor.require(right)
        return self.store.read(work)

    def commit(
        self,
        reason: str,
        work: Callable[[UnitOfWork], T],
        *,
        source: str = "application",
        run: str | None = None,
        detail: Mapping[str, Scalar] | None = None,
        right: Right = Right.EDIT,
        mark: bool = False,
    ) -> Committed[T]:
        """Run ``work`` as one act and write what it changes as one commit: all of it with its journal, or nothing.

        ``work`` may run more than once, so it keeps its effects to the unit of work that it is given. ``reason`` is a
        French sentence for the journal; ``detail`` may be filled while ``work`` runs; ``mark`` writes the commit
        even if nothing changes. An act that needs ``Right.ADMIN`` is on the data as a whole, private views of others
        included; any other does not see those. Raises ``Forbidden``, and whatever ``work`` raises.
        """
        self.actor.require(right)
        token = new_token()
        done: list[Committed[T]] = []

        def attempt(tx: WriteTransaction) -> Committed[T]:
            if done and done[-1].commit and tx.commit_by_token(token):
                return done[-1]  # the connection died while committing, after the store had kept it
            unit = UnitOfWork(tx, None if right is Right.ADMIN else self.actor)
            value = work(unit)
            intent = Intent(self.actor.account, reason, source, run, detail or {}, self.actor.name)
            done.append(Committed(value, unit.flush(intent, token, self.clock(), mark)))
            return done[-1]

        committed = self.store.write(attempt)
        if self.heads and committed.commit:
            self.heads.note(committed.commit, self.store)
        return committed
