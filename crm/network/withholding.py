"""What a store tells someone who may not open what is confidential.

The one place through which all their readings go (``Network.read``): a record comes out as ``rights.seen`` gives it,
now and in the journal, so that no screen, no command and no file has to remember to leave anything out. Nothing may
be asked by a closed field either, and what search finds by such words alone is not found.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import NoReturn, TypeVar

from crm.errors import Forbidden
from crm.faults import Fault
from crm.network.rights import Actor, Right, openable, seen
from crm.store.protocol import (
    ChangeText,
    CommitText,
    Condition,
    LatestChange,
    Neighbourhood,
    Page,
    Query,
    ReadTransaction,
    StoreInfo,
    Strangers,
)
from graph_schema.evidence import SAYING_CONFIDENTIAL
from graph_schema.records import Change, Commit, Head, LinkRecord, NodeRecord, Values
from graph_schema.registry import SCHEMA
from graph_schema.search_words import readings
from graph_schema.snapshot import Contact

T = TypeVar("T")

_OWNING = tuple(type.name for type in SCHEMA.nodes.values() if type.closed)
"""The node types of which something may be withheld."""
_NAMING = {name: frozenset(SCHEMA.nodes[name].about.caption) for name in _OWNING}
"""The fields by which those are called: what these say now is told to all, what they said before is not."""


def as_seen(tx: ReadTransaction, actor: Actor) -> ReadTransaction:
    """``tx`` as it tells things to ``actor``: all, or all but what is confidential."""
    return tx if actor.may(Right.CONFIDENTIAL) else Withholding(tx, actor)


class Withholding:
    """A ``ReadTransaction`` that withholds from ``actor`` what is closed to them; its promises are those of the one
    that it reads, but for the texts of the journal and the raw records, which it refuses.
    """

    def __init__(self, tx: ReadTransaction, actor: Actor) -> None:
        self._tx, self._actor = tx, actor
        self._sources: dict[str, NodeRecord | None] = {}

    def get(self, ids: Iterable[str]) -> dict[str, NodeRecord]:
        return {id: seen(record, self._actor) for id, record in self._tx.get(ids).items()}

    def get_links(self, ids: Iterable[str]) -> dict[str, LinkRecord]:
        found = self._tx.get_links(ids)
        return dict(zip(found, self._links(list(found.values())), strict=True))

    def lookup(self, type: str, field: str, values: Collection[str]) -> dict[str, list[NodeRecord]]:
        _refuse_by(type, (field,))
        return {value: self._nodes(some) for value, some in self._tx.lookup(type, field, values).items()}

    def find(self, query: Query) -> Page:
        _refuse_by(query.type, (query.order, *(each.field for each in query.where)))
        page = self._tx.find(query)
        return page._replace(items=self._nodes(page.items))

    def count(self, type: str, where: tuple[Condition, ...] = ()) -> int:
        _refuse_by(type, [each.field for each in where])
        return self._tx.count(type, where)

    def rows(self, type: str, fields: Sequence[str]) -> Iterator[tuple[object, ...]]:
        closed = SCHEMA.type(type).closed
        if not closed & {*fields}:
            yield from self._tx.rows(type, fields)
            return
        for id, *values in self._tx.rows(type, (*fields, *SAYING_CONFIDENTIAL)):
            shut = not self._opens(type, values[len(fields) :])
            told = zip(fields, values, strict=False)
            yield (id, *(None if shut and name in closed else value for name, value in told))

    def link_rows(self, type: str, fields: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
        closed = SCHEMA.type(type).closed
        shut = self._shut() if closed & {*fields} else frozenset()
        for id, source, target, *values in self._tx.link_rows(type, fields):
            told = zip(fields, values, strict=True)
            yield (id, source, target, *(None if source in shut and name in closed else each for name, each in told))

    def links_of(
        self, ids: Collection[str], types: Collection[str] | None = None, on: date | None = None
    ) -> list[LinkRecord]:
        return self._links(self._tx.links_of(ids, types, on))

    def neighbourhood(
        self, ids: Collection[str], depth: int, types: Collection[str] | None = None, on: date | None = None,
        limit: int = 300,
    ) -> Neighbourhood:  # fmt: skip
        found = self._tx.neighbourhood(ids, depth, types, on, limit)
        return found._replace(nodes=self._nodes(found.nodes), links=self._links(found.links))

    def search(
        self, text: str, types: Collection[str] | None = None, limit: int = 20, each: bool = False,
        misspelt: bool = True,
    ) -> list[NodeRecord]:  # fmt: skip
        return self._hits(text, self._tx.search(text, types, limit, each, misspelt))

    def searches(
        self, texts: Iterable[str], types: Collection[str] | None = None, limit: int = 20, each: bool = False
    ) -> dict[str, list[NodeRecord]]:
        return {text: self._hits(text, hits) for text, hits in self._tx.searches(texts, types, limit, each).items()}

    def contacts(self, since: date, on: date, ids: Collection[str] | None = None) -> Iterator[tuple[str, Contact]]:
        return self._tx.contacts(since, on, ids)

    def info(self) -> StoreInfo:
        return self._tx.info()

    def strangers(self) -> Strangers:
        return self._tx.strangers()

    def dataset(self) -> str:
        return self._tx.dataset()

    def head(self) -> Head:
        return self._tx.head()

    def commits(
        self, after: int = 0, limit: int = 100, run: str | None = None, newest_first: bool = False
    ) -> list[Commit]:
        return self._tx.commits(after, limit, run, newest_first)

    def commit_by_token(self, token: str) -> Commit | None:
        return self._tx.commit_by_token(token)

    def changes(self, first: int, last: int) -> Iterator[tuple[int, Change]]:
        return ((number, self._change(change)) for number, change in self._tx.changes(first, last))

    def history(self, id: str, limit: int = 1000) -> list[tuple[Commit, Change]]:
        return [(commit, self._change(change)) for commit, change in self._tx.history(id, limit)]

    def deleted(self, type: str) -> list[NodeRecord]:
        return self._nodes(self._tx.deleted(type))

    def commit_texts(self) -> Iterator[CommitText]:
        _refuse()

    def change_texts(self) -> Iterator[ChangeText]:
        _refuse()

    def told(self) -> Iterator[LatestChange]:
        _refuse()

    def derived(self, looked: Callable[[int], None] = lambda nodes: None) -> Iterator[Fault]:
        _refuse()

    def inspect(self) -> Iterator[Fault]:
        _refuse()

    def beside(self, work: Callable[[ReadTransaction], T]) -> AbstractContextManager[Callable[[], T]]:
        return self._tx.beside(lambda tx: work(Withholding(tx, self._actor)))

    def records(self) -> Iterator[NodeRecord | LinkRecord]:
        for record in self._tx.records():
            yield seen(record, self._actor) if isinstance(record, NodeRecord) else self._links([record])[0]

    def nodes_after(self, id: str, limit: int) -> list[NodeRecord]:
        return self._nodes(self._tx.nodes_after(id, limit))

    def derivation(self) -> str:
        return self._tx.derivation()

    def _nodes(self, records: Iterable[NodeRecord]) -> list[NodeRecord]:
        return [seen(record, self._actor) for record in records]

    def _links(self, records: Sequence[LinkRecord]) -> list[LinkRecord]:
        closing = {each.source for each in records if SCHEMA.type(each.type).closed & each.values.keys()}
        if wanted := closing - self._sources.keys():
            self._sources |= self._tx.get(wanted)
        return [seen(record, self._actor, self._sources.get(record.source)) for record in records]

    def _change(self, change: Change) -> Change:
        """A change without what is closed of its record, or of its link's source, as these are now or were last."""
        declared = SCHEMA.nodes.get(change.type) or SCHEMA.links.get(change.type)
        closed = declared.closed if declared else frozenset()
        names = _NAMING.get(change.type, frozenset())
        if not (closed | names) & {*(change.before or {}), *(change.after or {})}:
            return change
        owner = self._lasting(change.id if change.type in SCHEMA.nodes else self._source_of(change))
        if owner is not None and openable(owner, self._actor):
            return change
        for name in names:
            told = owner.values.get(name) if owner else None
            if {values[name] for values in (change.before, change.after) if values and name in values} - {told}:
                closed |= {name}  # what it was called before may be the name of a file
        return change._replace(before=_without(change.before, closed), after=_without(change.after, closed))

    def _source_of(self, change: Change) -> str:
        """The id of the node from which a link goes; nothing for one that only a redaction tells."""
        if change.action != "redact":
            return str(change.source)
        link = self._tx.get_links([change.id]).get(change.id)
        return link.source if link else ""

    def _lasting(self, id: str) -> NodeRecord | None:
        """A node as it is, else as it was last; None where the journal no longer says."""
        if id not in self._sources:
            record = self._tx.get([id]).get(id)
            if record is None:
                gone = (change for _, change in self._tx.history(id) if change.action == "delete")
                last = next(gone, None)
                record = NodeRecord(id, last.type, last.revision, last.before) if last and last.before else None
            self._sources[id] = record
        return self._sources[id]

    def _hits(self, text: str, found: Iterable[NodeRecord]) -> list[NodeRecord]:
        """What is found by what may be seen: of a record from which something is withheld, by words spelt right."""
        hits = []
        for record in found:
            shown = seen(record, self._actor)
            if shown is record or _holds(shown, text):
                hits.append(shown)
        return hits

    def _opens(self, type: str, said: Sequence[object]) -> bool:
        values = {name: value for name, value in zip(SAYING_CONFIDENTIAL, said, strict=True) if value is not None}
        return openable(NodeRecord("", type, 0, values), self._actor)  # type: ignore[arg-type]

    def _shut(self) -> frozenset[object]:
        """The ids of the records that are not this actor's to open."""
        rows = ((type, row) for type in _OWNING for row in self._tx.rows(type, SAYING_CONFIDENTIAL))
        return frozenset(id for type, (id, *said) in rows if not self._opens(type, said))


def _without(values: Values | None, closed: Collection[str]) -> Values | None:
    return None if values is None else {name: value for name, value in values.items() if name not in closed}


def _holds(record: NodeRecord, text: str) -> bool:
    """Whether what may be searched of a record holds each word of ``text``, or one that begins with it."""
    words = SCHEMA.nodes[record.type].search_text(record.values).split()
    return any(all(any(word.startswith(each) for word in words) for each in asked) for asked in readings(text))


def _refuse_by(type: str, fields: Collection[str]) -> None:
    """Refuse a question by a closed field: its answer would tell what that field holds."""
    if SCHEMA.type(type).closed & {*fields}:
        _refuse()


def _refuse() -> NoReturn:
    raise Forbidden("Ceci ne se lit pas sans le droit d'ouvrir les pièces confidentielles.")
