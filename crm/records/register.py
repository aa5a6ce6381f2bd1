"""The register: all that people enter beside the partners, by type, listed, found and added.

Agreements, placements, committees, meetings, minutes, decisions, actions, exchanges, feedback, evidence, training
actions, sites, people: what is shown of each and what may be asked of it comes from its declaration.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.opposition import everyone_opposed
from crm.network.work import UnitOfWork
from crm.records import exchanges
from crm.records.search import EVERYTHING, search
from crm.store.protocol import CAPTION, Condition, Op, Query, ReadTransaction
from graph_schema.agreements import PartyTo
from graph_schema.declaration import Trait
from graph_schema.exchanges import Exchange
from graph_schema.limits import Limit
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.types import Field, LinkType, Shape

TYPES = tuple(name for name in SCHEMA.having(Trait.ENTERED) if name not in SCHEMA.having(Trait.APART))
"""The types that the register holds."""

FOUND = Limit(500, "Fiches trouvées par un mot dans une liste", "le compte dit « au moins » ; un fichier les a toutes")

_PARTNER_OF = (
    PartyTo.TYPE,
    *(
        link.name
        for link in SCHEMA.links.values()
        if Organisation.TYPE in link.about.targets and any(type in TYPES for type in link.about.sources)
    ),
)
"""The links that tie a record to its partner: those that lead from it there, and the parties to an agreement.

Of the others that come from a partner none says as much: who was called to a meeting may not have come.
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the register: a type, words, terms of its closed lists by field, the order, how many.

    ``order`` is a field of ``orders``; empty for the newest first where the type has a day, else by name.
    """

    type: str
    text: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    order: str = ""
    descending: bool = False
    limit: int = 100


class Register(NamedTuple):
    """Some of the records asked for, in order, how many there are in all, and the partner to whom each is tied.

    Where a text finds ``more`` than are looked at, ``total`` is of these.
    """

    records: list[NodeRecord]
    total: int
    partners: Mapping[str, NodeRecord]
    more: bool = False


class Leaving(NamedTuple):
    """What of a list may leave as a file, all of it in order, and how many people who opposed it are not in it."""

    records: list[NodeRecord]
    partners: Mapping[str, NodeRecord]
    withheld: int


class FirstTie(NamedTuple):
    """What a new record is tied to from the start: by which type of link, the id of the other record, what it says."""

    type: str
    other: str
    values: Mapping[str, Any] = MappingProxyType({})


def columns(type: str) -> tuple[Field, ...]:
    """What the list of a type shows beside its name: the declared columns that the name does not hold already."""
    node = SCHEMA.nodes[type]
    return tuple(field for field in node.fields_with("column") if field.name not in node.about.caption)


def orders(type: str) -> tuple[str, ...]:
    """The fields by which the list of a type is put in order, the name apart: its columns of one value."""
    return tuple(field.name for field in columns(type) if not field.many)


def narrowings(type: str) -> tuple[Field, ...]:
    """The closed lists by which a type is narrowed."""
    return tuple(field for field in SCHEMA.nodes[type].typed if field.shape is Shape.CHOICE)


def listing(network: Network, wanted: Wanted) -> Register:
    """What the register holds of a type, narrowed and put in order. Raises ``InputError`` for what is no type of it."""
    _check_type(wanted.type)
    where = tuple(Condition(field, Op.EQ, term) for field, term in wanted.terms)
    order, descending = _order(wanted)

    def work(tx: ReadTransaction) -> Register:
        page = tx.find(Query(wanted.type, where, order, descending, limit=wanted.limit)).items
        return Register(page, tx.count(wanted.type, where), partners_of(tx, page))

    if not wanted.text:
        return network.read(work)
    most = max(FOUND + 1, wanted.limit)
    found = [hit.record for hit in search(network, wanted.text, [wanted.type], most)]
    kept = [each for each in found if all(each.values.get(field) == term for field, term in wanted.terms)]
    shown = (_sorted(kept, order, descending) if wanted.order else kept)[: wanted.limit]
    partners = network.read(lambda tx: partners_of(tx, shown))
    return Register(shown, len(kept), partners, more=len(found) >= most)


def leaving(network: Network, wanted: Wanted) -> Leaving:
    """The whole list as a file may have it: without the people who opposed that, whom it only counts."""
    found = listing(network, replace(wanted, limit=EVERYTHING))
    out = everyone_opposed(network) if wanted.type == Person.TYPE else frozenset()
    kept = [record for record in found.records if record.id not in out]
    return Leaving(kept, found.partners, len(found.records) - len(kept))


def partners_of(tx: ReadTransaction, records: Iterable[NodeRecord]) -> dict[str, NodeRecord]:
    """An organisation that each record is tied to, the first by id; those that have none are not in it."""
    wanted = {record.id for record in records if record.type != Organisation.TYPE}
    if not wanted:
        return {}
    links = tx.links_of(wanted, _PARTNER_OF)
    ends = [(link.source, link.target) for link in links] + [(link.target, link.source) for link in links]
    organisations = {
        id: record for id, record in tx.get({other for _, other in ends}).items() if record.type == Organisation.TYPE
    }
    return {id: organisations[other] for id, other in reversed(ends) if id in wanted and other in organisations}


def needed(type: str) -> tuple[LinkType, ...]:
    """The ties without which a record of this type is nothing: minutes without their meeting, say."""
    links = (SCHEMA.links[name] for name in SCHEMA.having(Trait.ESSENTIAL))
    return tuple(link for link in links if type in link.about.sources)


def create(network: Network, type: str, values: Mapping[str, Any], ties: Sequence[FirstTie] = ()) -> Committed[str]:
    """Add a record with its first ties, as one act; returns its id.

    Raises ``InvalidRecord``, ``NotFound`` for another end that is there no more, ``InputError`` for a type that is not
    entered here, a tie without which the record would be nothing, an exchange that is to come or with nobody.
    """
    _check_type(type)
    for link in needed(type):
        if link.name not in {tie.type for tie in ties}:
            end = SCHEMA.nodes[link.about.targets[0]].about
            raise InputError(f"Choisissez d'abord {end.one} : rien n'est enregistré sans.", field=link.name)
    if type == Exchange.TYPE:
        day = values.get("on")  # without one, the declaration says what is missing
        exchanges.check(network, date.fromisoformat(str(day)) if day else network.today(), bool(ties))

    def work(unit: UnitOfWork) -> str:
        unit.preload(nodes=[tie.other for tie in ties])
        id = unit.create(type, values)
        for tie in ties:
            other = unit.node(tie.other)
            outwards = other is None or SCHEMA.links[tie.type].allows(type, other.type)
            unit.connect(tie.type, *((id, tie.other) if outwards else (tie.other, id)), tie.values)
        return id

    return network.commit(SCHEMA.nodes[type].about.that_is("ajouté"), work)


def _check_type(type: str) -> None:
    if type not in TYPES:
        raise InputError(f"« {type} » n'est pas une sorte de fiche du registre.", field="type")


def _order(wanted: Wanted) -> tuple[str, bool]:
    if wanted.order in orders(wanted.type):
        return wanted.order, wanted.descending
    if not wanted.order and (dated := SCHEMA.nodes[wanted.type].about.dated):
        return dated, True
    return CAPTION, wanted.descending


def _sorted(records: list[NodeRecord], order: str, descending: bool) -> list[NodeRecord]:
    """As a store would: those without a value last either way, ties by id."""

    def key(record: NodeRecord) -> str:
        node = SCHEMA.nodes[record.type]
        return fold(node.caption(record.values)) if order == CAPTION else str(record.values[order])

    by_id = sorted(records, key=lambda record: record.id)
    bare = [record for record in by_id if order != CAPTION and order not in record.values]
    told = [record for record in by_id if order == CAPTION or order in record.values]
    return [*sorted(told, key=key, reverse=descending), *bare]
