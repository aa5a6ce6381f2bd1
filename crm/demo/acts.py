"""What colleagues wrote, when and why: the acts of which the demonstration's history is made, and their writing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from graph_schema.records import Scalar

MAX_CHANGES = 5_000
"""No commit holds more changes than this."""

SOURCE = "démonstration"
_FIRST_HOUR = time(7, 0, tzinfo=UTC)
Values: TypeAlias = Mapping[str, Any]


class NewNode(NamedTuple):
    """A record to create."""

    type: str
    id: str
    values: Values


class NewLink(NamedTuple):
    """A link to draw."""

    type: str
    id: str
    source: str
    target: str
    values: Values


class Patch(NamedTuple):
    """Fields of a record or link to change; None empties one."""

    id: str
    values: Values
    link: bool = False


class Removal(NamedTuple):
    """A record to delete, with its links."""

    id: str


Entry: TypeAlias = NewNode | NewLink | Patch | Removal


class Stamp(NamedTuple):
    """When something was written down, by whom, and the reason that the journal keeps. Equal stamps share a commit."""

    day: date
    author: str
    reason: str


class CommitDraft(NamedTuple):
    """What becomes one commit."""

    at: datetime
    author: str
    reason: str
    entries: list[Entry]


class Chronicle:
    """Collects what colleagues wrote and gives it back in the order of time.

    A link is never dated before its two ends: its stamp is moved to the day on which the younger one was written.
    """

    def __init__(self) -> None:
        self.born: dict[str, date] = {}
        self._acts: list[tuple[Stamp, list[Entry]]] = []
        self._open: dict[Stamp, int] = {}
        self._home: dict[str, int] = {}
        self._numbers: Counter[str] = Counter()

    def node(self, stamp: Stamp, type: str, id: str, values: Values) -> str:
        """Note the creation of a record; returns its id."""
        self._create(stamp, NewNode(type, id, values))
        return id

    def link(self, stamp: Stamp, type: str, source: str, target: str, values: Values | None = None) -> str:
        """Note the drawing of a link; returns its id, numbered within its type."""
        self._numbers[type] += 1
        id = f"{type.lower()}-{self._numbers[type]:05}"
        self._create(stamp, NewLink(type, id, source, target, values or {}), source, target)
        return id

    def change(self, stamp: Stamp, id: str, values: Values, *, link: bool = False) -> None:
        """Note a later change of a record or of a link."""
        self._note(stamp, Patch(id, values, link), id)

    def drop(self, stamp: Stamp, id: str) -> None:
        """Note the deletion of a record."""
        self._note(stamp, Removal(id), id)

    def acts(self) -> list[CommitDraft]:
        """Everything noted, in the order of days; within a day, in the order in which it was noted."""
        acts: list[CommitDraft] = []
        for stamp, entries in sorted(self._acts, key=lambda each: each[0].day):
            at = datetime.combine(stamp.day, _FIRST_HOUR)
            if acts and acts[-1].at >= at:
                at = acts[-1].at + timedelta(minutes=3)
            acts.append(CommitDraft(at, stamp.author, stamp.reason, entries))
        return acts

    def _create(self, stamp: Stamp, entry: NewNode | NewLink, *needed: str) -> None:
        number = self._note(stamp, entry, *needed)
        self.born[entry.id], self._home[entry.id] = self._acts[number][0].day, number

    def _note(self, stamp: Stamp, entry: Entry, *needed: str) -> int:
        """Add an entry to the act of its stamp, or to a new one when that act comes before what the entry needs."""
        stamp = stamp._replace(day=max([stamp.day, *(self.born[id] for id in needed)]))
        number = self._open.get(stamp)
        if number is None or any(self._home[id] > number and self.born[id] == stamp.day for id in needed):
            number = self._open[stamp] = len(self._acts)
            self._acts.append((stamp, []))
        self._acts[number][1].append(entry)
        return number


def write(network: Network, acts: Iterable[CommitDraft], detail: Mapping[str, Scalar], after: int = 0) -> Iterator[int]:
    """Write each act as one commit (several beyond ``MAX_CHANGES``), dated as it says; yields its number of entries.

    The first ``after`` commits are passed over: they are there. Each says ``detail``, and the last one that it is.
    """
    following = iter(_commits(acts))
    act = next(following, None)
    number = 0
    while act is not None:
        number, after_it = number + 1, next(following, None)
        if number > after:
            author = Network(
                network.store, Actor(act.author, Role.MANAGER), clock=partial(_same, act.at), heads=network.heads
            )
            said = {**detail, "step": number, "finished": after_it is None}
            author.commit(act.reason, partial(_apply, entries=act.entries), source=SOURCE, detail=said)
        yield len(act.entries)
        act = after_it


def _commits(acts: Iterable[CommitDraft]) -> Iterator[CommitDraft]:
    """Acts of at most ``MAX_CHANGES`` entries."""
    for act in acts:
        for start in range(0, len(act.entries), MAX_CHANGES):
            yield act._replace(entries=act.entries[start : start + MAX_CHANGES])


def _same(at: datetime) -> datetime:
    return at


def _apply(unit: UnitOfWork, entries: list[Entry]) -> None:
    unit.preload(nodes=_nodes_needed(entries), links=[e.id for e in entries if isinstance(e, Patch) and e.link])
    for entry in entries:
        if isinstance(entry, NewNode):
            unit.create(entry.type, entry.values, id=entry.id, vouched=True)
        elif isinstance(entry, NewLink):
            unit.connect(entry.type, entry.source, entry.target, entry.values, id=entry.id)
        elif isinstance(entry, Patch):
            unit.update(entry.id, entry.values)
        else:
            unit.delete([entry.id])


def _nodes_needed(entries: Iterable[Entry]) -> list[str]:
    """Records that the entries suppose, except those that they create."""
    created, needed = set(), dict[str, None]()
    for entry in entries:
        if isinstance(entry, NewNode):
            created.add(entry.id)
        elif isinstance(entry, NewLink):
            needed.update({entry.source: None, entry.target: None})
        elif isinstance(entry, Patch) and not entry.link:
            needed[entry.id] = None
    return [id for id in needed if id not in created]
