"""A network as someone works on it: a store, an actor whose rights are checked here, and a clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from crm.days import here, now
from crm.network.heads import Heads
from crm.network.rights import Actor, Right, Role
from crm.network.withholding import Withholding, as_seen
from crm.network.work import UnitOfWork
from crm.store.journal import Intent, new_token
from crm.store.protocol import ReadTransaction, Store, WriteTransaction
from graph_schema.records import Commit, Scalar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Committed(Generic[T]):
    """What an act returned, and the commit that it made (None when it changed nothing); ``then`` that of its sequel."""

    value: T
    commit: Commit | None
    then: Commit | None = None


@dataclass(frozen=True, slots=True)
class Anyone:
    """A way to read a store as whoever has the least of rights: what it tells may be kept for all who may read."""

    store: Store

    def read(self, work: Callable[[ReadTransaction], T]) -> T:
        """Run ``work`` on one consistent view, as anyone may see it."""
        return self.store.read(lambda tx: work(Withholding(tx, _ANYONE)))


_ANYONE = Actor("", Role.READER)


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
        """Run ``work`` on one consistent view, as the actor may see it. Raises ``Forbidden`` without ``right``."""
        self.actor.require(right)
        return self.store.read(lambda tx: work(as_seen(tx, self.actor)))

    def anyone(self) -> Anyone:
        """What is read as anyone may see it. Raises ``Forbidden`` for an actor who may not read."""
        self.actor.require(Right.READ)
        return Anyone(self.store)

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
        then: tuple[str, Callable[[UnitOfWork], object]] | None = None,
    ) -> Committed[T]:
        """Run ``work`` as one act and write what it changes as one commit: all of it with its journal, or nothing.

        ``work`` may run more than once, so it keeps its effects to the unit of work that it is given. ``reason`` is a
        French sentence for the journal; ``detail`` may be filled while ``work`` runs; ``mark`` writes the commit
        even if nothing changes. An act that needs ``Right.ADMIN`` is on the data as a whole, private views of others
        included; any other does not see those. ``then`` is a sequel, its reason and its work, that finds what the act
        has done and is a commit of its own: both are kept, or neither. Raises ``Forbidden``, and whatever works raise.
        """
        self.actor.require(right)
        token = new_token()
        done: list[Committed[T]] = []

        def attempt(tx: WriteTransaction) -> Committed[T]:
            if done and done[-1].commit and tx.commit_by_token(token):
                return done[-1]  # the connection died while committing, after the store had kept it
            actor = None if right is Right.ADMIN else self.actor
            unit, sequel = UnitOfWork(tx, actor), None
            value = work(unit)
            intent = Intent(self.actor.account, reason, source, run, detail or {}, self.actor.name)
            commit = unit.flush(intent, token, self.clock(), mark)
            if then:
                unit = UnitOfWork(tx, actor)
                then[1](unit)
                sequel = unit.flush(intent._replace(reason=then[0], detail={}), new_token(), self.clock())
            done.append(Committed(value, commit, sequel))
            return done[-1]

        committed = self.store.write(attempt)
        for each in (committed.commit, committed.then):
            if self.heads and each:
                self.heads.note(each, self.store)
        return committed
