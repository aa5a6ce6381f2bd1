"""What is made of one state of a network, kept with it: the one way in which anything of a network is kept.

A state is a dataset, the last commit that changed a record, and a day; nothing is found again by hashing data. What is
the same for everyone is read with the least of rights, whoever asks first; what is drawn for someone is kept under who
they are and their role. Neither is left to who writes the next screen: there is no third way.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from crm.network import Anyone
from crm.network.rights import Actor, Right
from crm.store.protocol import ReadTransaction
from graph_schema.records import GENESIS, Commit, Head

T = TypeVar("T")

_ABSENT: Any = object()
_FEW = 20
"""So many commits are looked at for one that changed a record; beyond, what is known is brought up to date anyway."""


@dataclass(frozen=True, eq=False)
class KeptKind(Generic[T]):
    """Something that is made of a state; of one kind ``most`` are kept at once, those last asked for."""

    most: int = field(default=1, kw_only=True)


class Kept:
    """What was made of one state, by kind and key.

    ``seen`` is the newest commit as of which it is this state; ``token`` stands for it where something is made of two.
    """

    def __init__(self) -> None:
        self.seen = Head(0, GENESIS)
        self.token: Hashable = object()
        self._things: dict[KeptKind[Any], OrderedDict[Hashable, Any]] = {}
        self._lock = Lock()

    def of(self, kind: KeptKind[T], make: Callable[[], T], key: Hashable = None) -> T:
        """What ``make`` makes of this state, once for each ``key``: the same for whoever asks.

        It must hold nothing that depends on rights: what it needs of the store is read by ``read``.
        """
        things = self._things.get(kind)
        found: T = _ABSENT if things is None else things.get(key, _ABSENT)
        if found is _ABSENT:
            return self._put(kind, key, make())
        if kind.most > 1:
            self._put(kind, key, found)
        return found

    def read(self, kind: KeptKind[T], anyone: Anyone, work: Callable[[ReadTransaction], T], key: Hashable = None) -> T:
        """What ``work`` reads of the network in this state, once for each ``key``: what anyone may read of it."""
        return self.of(kind, lambda: anyone.read(work), key)

    def drawn(self, kind: KeptKind[T], actor: Actor, make: Callable[[], T], key: Hashable = None) -> T:
        """What ``make`` makes of this state for ``actor``, once for each ``key``: given to nobody else.

        Raises ``Forbidden`` for an actor who may not read the network, whoever asked before.
        """
        actor.require(Right.READ)
        return self.of(kind, make, (actor, key))

    def has(self, kind: KeptKind[Any]) -> bool:
        """Whether something of that kind is kept."""
        return kind in self._things

    def __iter__(self) -> Iterator[tuple[KeptKind[Any], Any]]:
        """What is kept of the kinds of which there is but one, whose key is none."""
        return iter([(kind, things[None]) for kind, things in list(self._things.items()) if None in things])

    def _put(self, kind: KeptKind[T], key: Hashable, made: T) -> T:
        """Keep it as the last that was asked for; returns what another thread has put there meanwhile."""
        with self._lock:
            things = self._things.setdefault(kind, OrderedDict())
            found: T = things.setdefault(key, made)
            things.move_to_end(key)
            while len(things) > kind.most:
                things.popitem(last=False)
        return found


@dataclass(eq=False)
class _Newest(Generic[T]):
    """What is known of one network on one day, as of the newest commit for which someone asked."""

    head: Head | None = None
    value: T | None = None
    lock: Lock = field(default_factory=Lock)


class States(Generic[T]):
    """The states of networks on the ``days`` last asked for, the newest of each.

    ``read`` reads one: of nothing, or of what was known as of an earlier commit and is to be brought up to date.
    """

    def __init__(self, read: Callable[[ReadTransaction, date, T | None], T], days: int) -> None:
        self._read, self._days = read, days
        self._newest: OrderedDict[tuple[str, date], _Newest[T]] = OrderedDict()
        self._lock = Lock()

    def on(
        self, anyone: Anyone, day: date, waiting: Callable[[], AbstractContextManager[object]] = nullcontext
    ) -> tuple[T, Head]:
        """The state of a network on ``day``, and the newest commit as of which it is.

        Commits that changed no record leave it what it was. ``waiting`` surrounds the reading of a day of which
        nothing is known, be it as of an earlier commit.
        """
        dataset, head = anyone.read(lambda tx: (tx.dataset(), tx.head()))
        known = self._of(dataset, day)
        if known.value is not None and known.head == head:
            return known.value, head
        with waiting() if known.value is None else nullcontext(), known.lock:
            if known.value is None or known.head != head:
                known.head, known.value = anyone.read(lambda tx: (tx.head(), self._renewed(tx, day, known)))
            return known.value, known.head

    def forget(self) -> None:
        """Know nothing any more: what is asked next is read anew."""
        with self._lock:
            self._newest.clear()

    def _of(self, dataset: str, day: date) -> _Newest[T]:
        with self._lock:
            found = self._newest.setdefault((dataset, day), _Newest())
            self._newest.move_to_end((dataset, day))
            while len(self._newest) > self._days:
                self._newest.popitem(last=False)
            return found

    def _renewed(self, tx: ReadTransaction, day: date, known: _Newest[T]) -> T:
        if known.value is None or known.head is None:
            return self._read(tx, day, None)
        was = known.head
        commits = tx.commits(after=max(was.number - 1, 0), limit=_FEW)
        if not _continues(was, commits):
            return self._read(tx, day, None)
        later = [each for each in commits if each.number > was.number]
        if later and later[-1].number == tx.head().number and not any(each.changes for each in later):
            return known.value
        return self._read(tx, day, known.value)


def _continues(head: Head, commits: Sequence[Commit]) -> bool:
    """Whether a journal goes on from this head, by its commits from there on: a backup restored in between may have
    another past.
    """
    if head.number == 0:
        return head.digest == GENESIS
    return bool(commits) and (commits[0].number, commits[0].digest) == head
