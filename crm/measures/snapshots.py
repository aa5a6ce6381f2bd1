"""Snapshots of the network for analytics: whole, or around some records, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from crm.measures.beginning import begun
from crm.network import provider as ourselves
from crm.store.protocol import Neighbourhood, ReadTransaction
from graph_schema.agreements import Agreement, PartyTo, Term, term
from graph_schema.committees import Attendance, Attended, Meeting, SitsOn
from graph_schema.organisations import Funds, MemberOf, Organisation, PartOf, Prescribes, Serves, WorksWith
from graph_schema.people import Knows, Person, WorksFor
from graph_schema.programmes import HostedBy, Placement
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import Engagement, LinkRow, Nature, OrganisationRow, PersonRow, Snapshot
from graph_schema.vocabularies import Function, Kind, Tier

_ORGANISATION = (
    "name", "kind", "functions", "tier", "owner", "commune", "latitude", "longitude", "closed", "tags",
    "snoozed_until", "snooze_reason",
)  # fmt: skip
_PERSON = ("civility", "given_name", "family_name", "opposed_on")
_AGREEMENT = ("signed_on", "effective_on", "ends_on", "terminated_on", "tacit_renewal")
_PLACEMENT = ("starts_on", "ends_on", "broken_on")
_PERIOD = ("valid_from", "valid_to")
_ROLE = (*_PERIOD, "role", "main")

LASTING = (
    WorksFor.TYPE,
    Knows.TYPE,
    PartOf.TYPE,
    MemberOf.TYPE,
    Funds.TYPE,
    Prescribes.TYPE,
    WorksWith.TYPE,
    Serves.TYPE,
)
"""Link types that analytics walk along."""

TYING = LASTING[:-1]
"""Those of them that tie organisations and people to one another, territories left out."""

ENGAGING = (PartyTo.TYPE, HostedBy.TYPE, Attended.TYPE)
"""Link types that tie an organisation or a person to an agreement, a placement or a meeting."""

SEATING = SitsOn.TYPE
"""Link type that seats an organisation or a person on a committee."""

_SUBJECT = {PartyTo.TYPE: Agreement.TYPE, HostedBy.TYPE: Placement.TYPE, Attended.TYPE: Meeting.TYPE}

SUBJECTS = tuple(_SUBJECT.values())
"""The types of that in which they engage a partner."""

NODE_FIELDS: Mapping[str, tuple[str, ...]] = {
    Organisation.TYPE: _ORGANISATION,
    Person.TYPE: _PERSON,
    Agreement.TYPE: _AGREEMENT,
    Placement.TYPE: _PLACEMENT,
    Meeting.TYPE: ("held_on",),
}
LINK_FIELDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*LASTING, SEATING), _PERIOD),
    **dict.fromkeys(ENGAGING, ()),
    WorksFor.TYPE: _ROLE,
    Attended.TYPE: ("status",),
}
"""All that a snapshot reads of nodes and links, besides the folded exchanges."""

Row = tuple[Any, ...]


def whole(tx: ReadTransaction, on: date) -> Snapshot:
    """The whole network on the day ``on``; reads light rows only, exchanges already folded by the store."""
    if not begun(tx, on):
        return _snapshot(tx, on, (), (), [], (), frozenset(), ids=(), there=False)
    roles = list(_read_links(tx, WorksFor.TYPE))
    lasting = [*_links(WorksFor.TYPE, roles, on)]
    for type in LASTING[1:]:
        lasting.extend(_links(type, _read_links(tx, type), on))
    engaging = {type: list(_read_links(tx, type)) for type in ENGAGING}
    subjects = {type: list(_read_nodes(tx, node)) for type, node in _SUBJECT.items()}
    return _snapshot(
        tx, on, _read_nodes(tx, Organisation.TYPE), _read_nodes(tx, Person.TYPE), lasting,
        _engagements(engaging, subjects, roles, on), _seats(_read_links(tx, SEATING), roles, on), ids=None, there=True,
    )  # fmt: skip


def _read_nodes(tx: ReadTransaction, type: str) -> Iterator[Row]:
    return tx.rows(type, NODE_FIELDS[type])


def _read_links(tx: ReadTransaction, type: str) -> Iterator[Row]:
    return tx.link_rows(type, LINK_FIELDS[type])


def near(
    tx: ReadTransaction, ids: Collection[str], on: date, depth: int = 2, limit: int = 2000
) -> tuple[Snapshot, frozenset[str]]:
    """The network within ``depth`` ties of some organisations or people, and who in it may have further ties.

    Besides those within that depth it holds the employers of the people among them, without whom their freshness is not
    known. Everyone in it is as fresh and as active as in the whole network. Territories served are not in it. Before
    the network has begun, each is alone.
    """
    there = begun(tx, on)
    if there:
        found = tx.neighbourhood(ids, depth, types=TYING, on=on, limit=limit)
    else:
        found = Neighbourhood([*tx.get(ids).values()], [], {})
    links = {link.id: link for link in found.links}
    edge = _edge(found, ids, depth)
    roles = tx.links_of(
        [n.id for n in found.nodes if n.type == Person.TYPE and n.id in edge], types=(WorksFor.TYPE,), on=on
    )
    links |= {role.id: role for role in roles}
    employers = tx.get({role.target for role in roles} - {node.id for node in found.nodes})
    by_type = _by_type([*found.nodes, *employers.values()])
    organisations = [node.id for node in by_type[Organisation.TYPE]]
    snapshot = _snapshot(
        tx, on, _rows(Organisation.TYPE, by_type[Organisation.TYPE]), _rows(Person.TYPE, by_type[Person.TYPE]),
        list(links_on(links.values(), on)), *engagements_of(tx, organisations, on),
        ids=[*organisations, *(node.id for node in by_type[Person.TYPE])], there=there,
    )  # fmt: skip
    return snapshot, edge | employers.keys()


def _edge(found: Neighbourhood, ids: Collection[str], depth: int) -> frozenset[str]:
    """Those whose ties may not all be there: the furthest, and those of whom the limit left some out."""
    ties: dict[str, list[str]] = defaultdict(list)
    for link in found.links:
        ties[link.source].append(link.target)
        ties[link.target].append(link.source)
    inner: set[str] = set()
    level = set(ids)
    for _ in range(depth):
        inner |= level
        level = {other for id in level for other in ties[id]} - inner
    return frozenset({node.id for node in found.nodes} - inner | found.hidden.keys())


def only(
    tx: ReadTransaction, record: NodeRecord, links: Collection[LinkRecord], others: Mapping[str, NodeRecord], on: date
) -> Snapshot:
    """What the measures of one organisation or person rest on: itself, and those with whom it has or had a role.

    ``links`` are all the links of the record and ``others`` the nodes at their other ends, by id: read by who asks.
    """
    roles = [link for link in links if link.type == WorksFor.TYPE]
    ends = {end for link in roles for end in (link.source, link.target)} - {record.id}
    by_type = _by_type([record, *(others[id] for id in ends if id in others)])
    lasting = [*_links(WorksFor.TYPE, map(_link_row, roles), on)]
    return _snapshot(
        tx, on, _rows(Organisation.TYPE, by_type[Organisation.TYPE]), _rows(Person.TYPE, by_type[Person.TYPE]), lasting,
        *engagements_of(tx, [record.id] if record.type == Organisation.TYPE else [], on, ends), ids=[record.id],
        there=begun(tx, on),
    )  # fmt: skip


def rows_of(records: Iterable[NodeRecord], on: date) -> tuple[dict[str, OrganisationRow], dict[str, PersonRow]]:
    """The organisations and the people among these records, by id."""
    by_type = _by_type(records)
    organisations = map(_organisation, _rows(Organisation.TYPE, by_type[Organisation.TYPE]))
    people = (_person(row, on) for row in _rows(Person.TYPE, by_type[Person.TYPE]))
    return {row.id: row for row in organisations}, {row.id: row for row in people}


def links_on(links: Iterable[LinkRecord], on: date) -> tuple[LinkRow, ...]:
    """Those of these lasting links that hold on the day."""
    return tuple(row for link in links for row in _links(link.type, [_link_row(link)], on))


def engagements_of(
    tx: ReadTransaction, organisations: Collection[str], on: date, staff: Collection[str] | None = None
) -> tuple[tuple[Engagement, ...], frozenset[str]]:
    """All the engagements of these organisations, and which of them sit on a committee, with what they have through
    whoever works or worked there: ``staff``, read here unless given.
    """
    if not organisations:
        return (), frozenset()
    if staff is None:
        staff = {link.source for link in tx.links_of(organisations, types=(WorksFor.TYPE,))}
    engagements, seats = _local_engagements(tx, {*organisations, *staff}, on)
    return tuple(e for e in engagements if e.organisation in organisations), seats & frozenset(organisations)


def _local_engagements(
    tx: ReadTransaction, ids: Collection[str], on: date
) -> tuple[tuple[Engagement, ...], frozenset[str]]:
    """The engagements of these organisations and people, and which organisations sit on a committee."""
    links: dict[str, list[Row]] = defaultdict(list)
    for link in tx.links_of(ids, types=(WorksFor.TYPE, SEATING, *ENGAGING)):
        links[link.type].append(_link_row(link))
    subjects = _by_type(tx.get(_subject_id(type, row) for type in ENGAGING for row in links[type]).values())
    rows = {type: _rows(node, subjects[node]) for type, node in _SUBJECT.items()}
    return _engagements(links, rows, links[WorksFor.TYPE], on), _seats(links[SEATING], links[WorksFor.TYPE], on)


def _snapshot(
    tx: ReadTransaction, on: date, organisations: Iterable[Row], people: Iterable[Row], links: list[LinkRow],
    engagements: tuple[Engagement, ...], seats: frozenset[str], ids: Collection[str] | None, there: bool,
) -> Snapshot:  # fmt: skip
    provider = ourselves.load(tx)
    rows = {row[0]: _organisation(row) for row in sorted(organisations, key=_by_id)}
    since = ourselves.window_start(provider, on)
    return Snapshot(
        on=on,
        since=since,
        organisations=rows,
        people={row[0]: _person(row, on) for row in sorted(people, key=_by_id)},
        links=tuple(sorted(links, key=_by_id)) if there else (),
        contacts=dict(tx.contacts(since, on, ids)),
        engagements=tuple(e for e in engagements if e.organisation in rows),
        zone=tuple(provider.zone),
        seats=seats & rows.keys() if there else frozenset(),
        thresholds=ourselves.thresholds(provider),
        begun=there,
    )


# Neither the store's order nor that of a set may be seen in what is measured: from here on, ids make the order.
_by_id = itemgetter(0)

_KINDS = {kind.value: kind for kind in Kind}
_FUNCTIONS = {function.value: function for function in Function}
_TIERS = {tier.value: tier for tier in Tier}
"""What a record may say; whatever someone wrote past us, which « verify » tells, keeps no screen from being drawn."""


def _organisation(row: Row) -> OrganisationRow:
    id, name, kind, functions, tier, owner, commune, latitude, longitude, closed, tags, until, reason = row
    return OrganisationRow(
        id, name or id, _KINDS.get(kind, Kind.OTHER), tuple(_FUNCTIONS[f] for f in functions or () if f in _FUNCTIONS),
        _TIERS.get(tier, Tier.C), owner, commune,
        latitude, longitude, bool(closed), tuple(tags or ()), _date(until), reason,
    )  # fmt: skip


def _person(row: Row, on: date) -> PersonRow:
    id, civility, given_name, family_name, opposed_on = row
    values = {"civility": civility, "given_name": given_name, "family_name": family_name}
    caption = SCHEMA.nodes[Person.TYPE].caption({k: v for k, v in values.items() if v})
    return PersonRow(id, caption, bool(opposed_on and opposed_on <= on.isoformat()))


def _links(type: str, rows: Iterable[Row], on: date) -> Iterator[LinkRow]:
    day = on.isoformat()
    for id, source, target, start, end, *role in rows:
        if _holds(start, end, day):
            held = (role[0], bool(role[1])) if role else ()
            yield LinkRow(id, type, source, target, _date(start), _date(end), *held)


def _engagements(
    links: Mapping[str, list[Row]], subjects: Mapping[str, Iterable[Row]], roles: list[Row], on: date
) -> tuple[Engagement, ...]:
    found: list[Engagement] = []
    periods = {type: {row[0]: _period(type, row[1:]) for row in rows} for type, rows in subjects.items()}
    employers = _employers(roles)
    for type, nature in zip(ENGAGING, (Nature.AGREEMENT, Nature.HOSTING, Nature.MEETING), strict=True):
        for row in links[type]:
            subject = _subject_id(type, row)
            period = periods[type].get(subject)
            party = row[2] if type == HostedBy.TYPE else row[1]
            if (
                period is None
                or period.starts > on
                or (type == Attended.TYPE and not _came(row[3], party in employers))
            ):
                continue
            for organisation, first, last in employers.get(party, {(party, None, None)}):
                if _holds(first, last, period.starts.isoformat()):
                    found.append(Engagement(organisation, nature, period.starts, period.ends, subject, period.renews))
    return tuple(sorted(set(found), key=_in_order))


def _in_order(each: Engagement) -> tuple[str, Nature, date, date, str]:
    return each.organisation, each.nature, each.starts, each.ends or date.max, each.subject


def _came(status: str | None, person: bool) -> bool:
    return status is not None and Attendance(status).counts(organisation=not person)


def _seats(links: Iterable[Row], roles: list[Row], on: date) -> frozenset[str]:
    employers, day = _employers(roles), on.isoformat()
    found = set()
    for _, party, _, start, end in links:
        if _holds(start, end, day):
            held = employers.get(party, {(party, None, None)})
            found |= {organisation for organisation, first, last in held if _holds(first, last, day)}
    return frozenset(found)


def _holds(start: str | None, end: str | None, day: str) -> bool:
    return (not start or start <= day) and (not end or end >= day)


def _employers(roles: list[Row]) -> dict[str, set[tuple[str, str | None, str | None]]]:
    employers: dict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
    for _, person, organisation, start, end, *_ in roles:
        employers[person].add((organisation, start, end))
    return employers


def _period(type: str, row: Row) -> Term | None:
    """When an agreement, a placement or a meeting runs; None when it never does."""
    if type == PartyTo.TYPE:
        *days, tacit = row
        signed, effective, ends, terminated = map(_date, days)
        return term(signed, effective, ends, terminated, tacit)
    starts, *last = map(_date, row if type == HostedBy.TYPE else (row[0], row[0]))
    return Term(starts, min((day for day in last if day), default=None)) if starts else None


def _subject_id(type: str, row: Row) -> str:
    return str(row[1] if type == HostedBy.TYPE else row[2])


def _rows(type: str, records: Iterable[NodeRecord]) -> Iterator[Row]:
    return ((r.id, *(r.values.get(f) for f in NODE_FIELDS[type])) for r in records)


def _link_row(link: LinkRecord) -> Row:
    return (link.id, link.source, link.target, *(link.values.get(f) for f in LINK_FIELDS[link.type]))


def _by_type(records: Iterable[NodeRecord]) -> dict[str, list[NodeRecord]]:
    found: dict[str, list[NodeRecord]] = defaultdict(list)
    for record in records:
        found[record.type].append(record)
    return found


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
