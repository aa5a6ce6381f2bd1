"""A record's sheet: everything known about it on a day, read at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from crm.analytics.activity import Activity, activity_of
from crm.analytics.freshness import Freshness, freshness_of
from crm.analytics.graph import build
from crm.errors import NotFound
from crm.ledger.backdating import Entry, entry
from crm.measures import snapshots
from crm.measures.beginning import begun
from crm.network import Network
from crm.network.redirects import end_of
from crm.network.rights import Actor, readable, withheld
from crm.records.meetings import Member, roll
from crm.store.protocol import ReadTransaction
from graph_schema.committees import Attended, Meeting, SitsOn
from graph_schema.exchanges import Concerns, Exchange, Involves
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.territories import Territory, Within
from graph_schema.territory import Place, parse_territory_id, place
from graph_schema.territory.naming import named, within

TOLD_IN = (Involves.TYPE, Concerns.TYPE)
"""The links of an exchange: to whom it was with, to what it was about."""


class Tie(NamedTuple):
    """A link as seen from the sheet's record: its label in that direction, the record at the other end, its dates.

    On the sheet's day it is ``current``, or already over (``ended``), or still to begin (neither).
    """

    link: LinkRecord
    other: NodeRecord
    label: str
    valid_from: str | None
    valid_to: str | None
    current: bool
    ended: bool

    @property
    def caption(self) -> str:
        """What people call the record at the other end."""
        return SCHEMA.nodes[self.other.type].caption(self.other.values)

    @property
    def named(self) -> str:
        """The record at the other end inside a sentence: a territory has its article (« la Somme »)."""
        here = self._territory
        return named(here) if here else self.caption

    @property
    def words(self) -> str:
        """The link and its other end, after the caption of the sheet: « travaille avec … », « est dans la Somme »."""
        here = self._territory
        if here and self.link.type == Within.TYPE and self.link.target == self.other.id:
            return f"est {within(here)}"
        return f"{self.label} {self.named}"

    @property
    def _territory(self) -> Place | None:
        return place(*parse_territory_id(self.other.id)) if self.other.type == Territory.TYPE else None

    def stands(self, on: date) -> str:
        """How the record at the other end stands on a day; nothing for most types."""
        return SCHEMA.nodes[self.other.type].stands(self.other.values, on)

    @property
    def proofs(self) -> int:
        """How many pieces of evidence it rests on."""
        evidence = self.link.values.get("evidence")
        return len(evidence) if isinstance(evidence, list) else 0


class Representation(NamedTuple):
    """Someone who works or worked for the sheet's organisation, and what ties them to a committee or a meeting."""

    person: NodeRecord
    tie: Tie


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record with its ties on the day ``on``. ``freshness`` and ``activity`` are None where they mean nothing.

    ``represented`` holds the meetings to which an organisation's people were called while they worked there, and the
    committees where they sit. ``attendance`` are those called to a meeting, when this is one. ``entry`` says when the
    journal learned of what has a day. ``withheld`` says what is closed of a record to whoever asked for its sheet.
    """

    record: NodeRecord
    caption: str
    on: date
    ties: tuple[Tie, ...]
    freshness: Freshness | None
    activity: Activity | None
    represented: tuple[Representation, ...] = ()
    attendance: tuple[Member, ...] = ()
    entry: Entry | None = None
    withheld: str = ""

    def of(self, *types: str, current: bool | None = None) -> list[Tie]:
        """The ties of these link types; only those true on the day, or only the others, when ``current`` is given."""
        return [t for t in self.ties if t.link.type in types and (current is None or t.current == current)]

    @property
    def stands(self) -> str:
        """How the record stands on the day, in words; nothing for most types."""
        return SCHEMA.nodes[self.record.type].stands(self.record.values, self.on)

    @property
    def roles(self) -> list[Tie]:
        """Who works here, or for whom this person works: the main contact first, then by name, past ones last."""
        return sorted(self.of(WorksFor.TYPE), key=lambda t: (t.ended, not t.link.values.get("main"), t.caption))

    @property
    def exchanges(self) -> list[NodeRecord]:
        """The exchanges with or about the record up to the day, newest first."""
        tied = (t.other for t in self.of(*TOLD_IN) if t.other.type == Exchange.TYPE)  # else this is one itself
        found = {each.id: each for each in tied if str(each.values["on"]) <= self.on.isoformat()}
        return sorted(found.values(), key=lambda e: (str(e.values["on"]), e.id), reverse=True)


def sheet(network: Network, id: str, on: date) -> Sheet:
    """The sheet of the record ``id``, or of the one that it was merged into. Raises ``NotFound`` when there is none."""
    return network.read(lambda tx: _sheet(tx, id, on, network.actor))


class ExchangeSummary(NamedTuple):
    """With whom an exchange was, people first, and what it was about; each by name."""

    parties: list[NodeRecord]
    subjects: list[NodeRecord]


def told(network: Network, exchanges: Collection[str]) -> dict[str, ExchangeSummary]:
    """With whom each of these exchanges was, and about what."""

    def work(tx: ReadTransaction) -> dict[str, ExchangeSummary]:
        links = tx.links_of(exchanges, TOLD_IN) if exchanges else []
        records = tx.get({link.target for link in links})
        found = {id: ExchangeSummary([], []) for id in exchanges}
        for link in links:
            if link.source in found and link.target in records:
                said = found[link.source]
                (said.parties if link.type == Involves.TYPE else said.subjects).append(records[link.target])
        for some in (each for said in found.values() for each in said):
            some.sort(key=lambda r: (r.type != Person.TYPE, SCHEMA.nodes[r.type].caption(r.values), r.id))
        return found

    return network.read(work)


def _sheet(tx: ReadTransaction, id: str, on: date, actor: Actor) -> Sheet:
    record = tx.get([id]).get(id)
    if record is None and (end := end_of(tx, id)) != id:
        return _sheet(tx, end, on, actor)
    if record is None or not readable(record, actor):
        raise NotFound(f"Aucune fiche ne porte l'identifiant {id} : elle a peut-être été supprimée.", field="id")
    links = tx.links_of([id])
    others = tx.get({end for link in links for end in (link.source, link.target)} - {id})
    there = begun(tx, on)
    ties = tuple(
        _tie(record, link, others[_other_end(link, id)], on, there) for link in links if _other_end(link, id) in others
    )
    fresh, active = _measures(tx, record, links, others, on)
    caption = SCHEMA.nodes[record.type].caption(record.values)
    represented = _represented(tx, ties, on, there) if record.type == Organisation.TYPE else ()
    called = roll(tx, record, links, others) if record.type == Meeting.TYPE else ()
    entered = entry(record, tx.history(id)) if SCHEMA.nodes[record.type].dated else None
    in_order = tuple(sorted(ties, key=_tie_order))
    closed = withheld(record, actor)
    return Sheet(record, caption, on, in_order, fresh, active, represented, called, entered, closed)


def _represented(tx: ReadTransaction, ties: Collection[Tie], on: date, there: bool) -> tuple[Representation, ...]:
    roles: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.link.type == WorksFor.TYPE:
            roles[tie.other.id].append(tie)
    links = tx.links_of(roles, [Attended.TYPE, SitsOn.TYPE]) if roles else []
    others = tx.get({link.target for link in links})
    found = []
    for link in links:
        other, held = others.get(link.target), roles[link.source]
        if other and any(_during(role, str(other.values.get("held_on") or on)) for role in held):
            person = held[0].other
            found.append(Representation(person, _tie(person, link, other, on, there)))
    return tuple(found)


def _during(role: Tie, day: str) -> bool:
    return (role.valid_from or day) <= day <= (role.valid_to or day)


def _measures(
    tx: ReadTransaction, record: NodeRecord, links: Collection[LinkRecord], others: Mapping[str, NodeRecord], on: date
) -> tuple[Freshness | None, Activity | None]:
    if record.type not in SCHEMA.partners:
        return None, None
    relations = build(snapshots.only(tx, record, links, others, on))
    active = activity_of(relations, record.id) if record.type == Organisation.TYPE else None
    return freshness_of(relations, record.id), active


def _other_end(link: LinkRecord, id: str) -> str:
    return link.target if link.source == id else link.source


def _tie(record: NodeRecord, link: LinkRecord, other: NodeRecord, on: date, there: bool) -> Tie:
    """The link as it is on the day, on which the network is ``there`` already or not."""
    start, end = link.values.get("valid_from"), link.values.get("valid_to")
    day = on.isoformat()
    ended = end is not None and str(end) < day
    current = there and not ended and (start is None or str(start) <= day)
    outward = link.source == record.id
    words = SCHEMA.links[link.type].words(link.values, (other if outward else record).values, on)
    label = words[0 if outward else 1]
    return Tie(link, other, label, str(start) if start else None, str(end) if end else None, current, ended)


def _tie_order(tie: Tie) -> tuple[str, bool, int, str, str]:
    """By link type, those of the day first; what happened on a day newest first, the rest by name."""
    dated = SCHEMA.nodes[tie.other.type].dated
    on = tie.other.values.get(dated.name) if dated else None
    newest = -date.fromisoformat(str(on)).toordinal() if on else 0
    return (tie.link.type, not tie.current, newest, tie.caption, tie.link.id)
