"""Training actions and the partners tied to them."""

from dataclasses import replace
from typing import NamedTuple

from crm.measures.measuring import Measures
from crm.network import Network
from crm.network.kept import KeptKind
from crm.store.protocol import Query, ReadTransaction
from graph_schema.agreements import Covers, PartyTo
from graph_schema.organisations import Funds, Prescribes
from graph_schema.programmes import CoConstructs, HostedBy, PlacementIn, Programme
from graph_schema.records import LinkRecord

MOST = 500
"""So many training actions are offered, by title."""

_NARROWED = KeptKind[Measures](most=32)

_DIRECT = (CoConstructs.TYPE, Funds.TYPE, Prescribes.TYPE)
_THROUGH = {PlacementIn.TYPE: (HostedBy.TYPE,), Covers.TYPE: (PartyTo.TYPE,)}
"""Link to a training action → link from what is at its other end to organisations."""


class ProgrammeChoice(NamedTuple):
    """A training action, as lists offer it."""

    id: str
    title: str


def programmes(network: Network) -> list[ProgrammeChoice]:
    """The training actions, by title."""
    found = network.read(lambda tx: tx.find(Query(Programme.TYPE, limit=MOST)).items)
    return [ProgrammeChoice(record.id, str(record.values["title"])) for record in found]


def narrowed(network: Network, measures: Measures, programme: str) -> Measures:
    """The same day's measures, of the organisations tied to a training action only; kept with ``measures``.

    An organisation is tied to it when, that day or before, it hosted a placement that belongs to it or is party to an
    agreement that covers it; or when it shapes it (itself, or someone who works for it), funds it or sends people to it
    by a link that holds that day. All else of them is measured as it is: an active partner is one whatever the reason.
    """
    return measures.kept.read(_NARROWED, network.anyone(), lambda tx: _narrowed(tx, measures, programme), programme)


def _narrowed(tx: ReadTransaction, measures: Measures, programme: str) -> Measures:
    relations, tied = measures.relations, _tied(tx, measures, programme)
    rows = relations.snapshot.organisations
    some = replace(relations.snapshot, organisations={id: rows[id] for id in sorted(tied) if id in rows})
    return Measures(measures.commit, replace(relations, snapshot=some))


def _tied(tx: ReadTransaction, measures: Measures, programme: str) -> set[str]:
    around = tx.links_of([programme], (*_DIRECT, *_THROUGH))
    found = {link.source for link in around if link.type in _DIRECT and _holds(link, measures)}
    begun = {each.subject for some in measures.relations.engagements.values() for each in some}
    for type, ways in _THROUGH.items():
        middle = {link.source for link in around if link.type == type and link.source in begun}
        ends = tx.links_of(middle, ways) if middle else []
        found |= {end for link in ends for end in (link.source, link.target)} - middle
    roles = (role for person in found for role in measures.relations.roles.get(person, ()))
    return found | {role.target for role in roles if role.source in found}


def _holds(link: LinkRecord, measures: Measures) -> bool:
    day = measures.on.isoformat()
    start, end = link.values.get("valid_from"), link.values.get("valid_to")
    return (not start or str(start) <= day) and (not end or str(end) >= day)
