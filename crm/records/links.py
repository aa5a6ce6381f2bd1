"""Links between records, as forms and the canvas draw, change, end and delete them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from crm.measures.snapshots import ENGAGING, SEATING
from crm.network import Committed, Network
from crm.store.protocol import ReadTransaction
from graph_schema.evidence import Evidence, Proves
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.types import LinkType

_NEAR = 300


class Way(NamedTuple):
    """A way to tie a record to another: the type of link, and whether it runs from the record to the other."""

    type: LinkType
    outwards: bool

    @property
    def words(self) -> str:
        """What the record is or does to the other."""
        return self.type.about.label if self.outwards else self.type.about.inverse

    @property
    def name(self) -> str:
        """The same for the same way."""
        return f"{self.type.name}-{'vers' if self.outwards else 'depuis'}"

    def sentence(self, record: str, other: str) -> str:
        """The link as a sentence between the captions of the two."""
        return f"{record} {self.words} {other}"

    def ends(self, record: str, other: str) -> tuple[str, str]:
        """The ids of its source and its target."""
        return (record, other) if self.outwards else (other, record)


def ways(type: str, other: str) -> list[Way]:
    """The ways in which a record of one type may be tied to one of another, each way round once."""
    out = [Way(link, True) for link in SCHEMA.links_between(type, other)]
    back = [Way(link, False) for link in SCHEMA.links_between(other, type)]
    same = {way.type.name for way in out if way.type.about.label == way.type.about.inverse}
    return [*out, *(way for way in back if way.type.name not in same)]


def connect(
    network: Network, type: str, source: str, target: str, values: Mapping[str, Any] | None = None
) -> Committed[str]:
    """Draw a link; returns its id. Raises ``InputError`` when the type does not allow these ends."""
    label = SCHEMA.links[type].about.label
    return network.commit(f"Lien ajouté : « {label} »", lambda unit: unit.connect(type, source, target, values))


def edit(network: Network, id: str, patch: Mapping[str, Any], revision: int | None = None) -> Committed[None]:
    """Change a link's dates, role or other fields, as edited from ``revision``. Raises ``StaleRevision``."""
    return network.commit("Lien modifié", lambda unit: unit.update(id, patch, revision=revision))


def end(network: Network, id: str, on: date, revision: int | None = None) -> Committed[None]:
    """Close a link's period: it stays in the past, and is no longer true after ``on``."""
    return network.commit(
        f"Lien clos au {on:%d/%m/%Y}", lambda unit: unit.update(id, {"valid_to": on.isoformat()}, revision=revision)
    )


def delete(network: Network, id: str, revision: int | None = None) -> Committed[None]:
    """Remove a link that was an error (one that has ended is ended, not deleted), as seen at ``revision``.

    Raises ``NotFound`` when it is there no more, ``StaleRevision`` when it is not what was seen.
    """
    return network.commit("Lien supprimé", lambda unit: unit.delete([unit.expect(id, revision).id]))


def evidence_near(network: Network, ids: Collection[str]) -> list[NodeRecord]:
    """The evidence at hand for a link between these records, newest first: what attests them or their engagements."""

    def work(tx: ReadTransaction) -> list[NodeRecord]:
        near = tx.neighbourhood(ids, 2, types=(Proves.TYPE, *ENGAGING, SEATING), limit=_NEAR)
        return [record for record in near.nodes if record.type == Evidence.TYPE]

    found = sorted(network.read(work), key=lambda record: record.id)
    return sorted(found, key=lambda record: str(record.values.get("fact_on") or ""), reverse=True)
