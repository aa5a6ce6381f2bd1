"""Everything that a canvas may show on a day: who and what is tied to whom, made once per state of the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.analytics.freshness import State, freshness_of
from crm.analytics.graph import Relations
from crm.canvas import web_reading
from crm.canvas.families import family_of
from crm.measures.measuring import Measures, RenewedKind
from crm.network import Network
from crm.store.protocol import ReadTransaction
from graph_schema.declaration import Trait
from graph_schema.organisations import Organisation
from graph_schema.people import Person
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
            return Organisation.TYPE
        return Person.TYPE if id in snapshot.people else self.types.get(id)

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


def web(network: Network, measures: Measures) -> Web:
    """The web of the network on the day of ``measures``: kept, else brought up to date, else read.

    Raises ``Forbidden`` for an actor who may not read the network.
    """
    return measures.read(_WEB, network.anyone())


def _whole(tx: ReadTransaction, measures: Measures) -> Web:
    return Web(measures.relations, *web_reading.whole(tx, measures.relations))


def _renewed(tx: ReadTransaction, measures: Measures, old: Web, commit: int) -> Web:
    news = web_reading.renewed(tx, old.types, old.others, measures.relations, commit)
    return Web(measures.relations, *news) if news else _whole(tx, measures)


_WEB = RenewedKind(_whole, _renewed)


def other_end(link: LinkRow, id: str) -> str:
    """The end of a link that is not ``id``."""
    return link.source if link.target == id else link.target
