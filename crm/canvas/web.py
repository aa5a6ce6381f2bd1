"""Everything that a canvas may show on a day: who and what is tied to whom, made once per state of the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crm.analytics.freshness import State, freshness_of
from crm.analytics.graph import Relations
from crm.canvas import web_reading
from crm.canvas.families import family_of
from crm.measures.measuring import Measure, Measures
from crm.network import Network
from crm.network.rights import Right
from crm.store.protocol import ReadTransaction
from graph_schema.declaration import Trait
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import LinkRow


@dataclass(frozen=True, eq=False)
class Web:
    """The links of the day by either end. ``types`` is by id, for what is neither an organisation nor a person."""

    relations: Relations
    types: dict[str, str]
    others: Mapping[str, Sequence[LinkRow]]

    def type(self, id: str) -> str | None:
        """The node type of that id; None when nothing bears it."""
        snapshot = self.relations.snapshot
        if id in snapshot.organisations:
            return "Organisation"
        return "Person" if id in snapshot.people else self.types.get(id)

    def family(self, id: str) -> str:
        """The family of a node that is there."""
        organisation = self.relations.snapshot.organisations.get(id)
        return family_of(self.type(id) or "", organisation.family if organisation else None)

    def state(self, id: str) -> State | None:
        """How fresh the relation is; None where that means nothing."""
        if id in self.types or self.type(id) is None:
            return None
        measured = freshness_of(self.relations, id)
        return None if measured.closed else measured.state

    def links(self, id: str) -> Iterator[LinkRow]:
        """The links at either end of a node."""
        yield from self.relations.ties.get(id, ())
        yield from self.others.get(id, ())

    def personal(self, id: str) -> Iterator[LinkRow]:
        """Its links but those to a training action or a territory, which tie together people who never met."""
        return (link for link in self.links(id) if self.types.get(other_end(link, id)) not in _SHARED)

    def degree(self, id: str) -> int:
        """How many links a node has."""
        return len(self.relations.ties.get(id, ())) + len(self.others.get(id, ()))


_SHARED = frozenset(SCHEMA.having(Trait.SHARED))


@dataclass
class _Kept:
    """A web, and the number of the commit as of which it is so."""

    web: Web | None = None
    commit: int = 0


_WEB = Measure(lambda measures: _Kept(), lambda measures, old, touched: replace(old))


def web(network: Network, measures: Measures) -> Web:
    """The web of the network on the day of ``measures``: kept, else brought up to date, else read.

    Raises ``Forbidden`` for an actor who may not read the network.
    """
    network.actor.require(Right.READ)
    kept = measures.of(_WEB)
    if kept.web is None or kept.commit != measures.commit:
        old = kept.web
        kept.web = network.read(lambda tx: _read(tx, measures.relations, old, kept.commit))
        kept.commit = measures.commit
    return kept.web


def _read(tx: ReadTransaction, relations: Relations, old: Web | None, commit: int) -> Web:
    news = web_reading.renewed(tx, old.types, old.others, relations, commit) if old else None
    return Web(relations, *(news or web_reading.whole(tx, relations)))


def other_end(link: LinkRow, id: str) -> str:
    """The end of a link that is not ``id``."""
    return link.source if link.target == id else link.target
