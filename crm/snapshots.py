"""Snapshots of the network for analytics: whole, or around some records, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from crm import provider as ourselves
from crm.store.protocol import ReadTransaction
from graph_schema.committees import Attendance
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import Engagement, LinkRow, Nature, OrganisationRow, PersonRow, Snapshot
from graph_schema.vocabularies import Function, Kind, Tier

_ORGANISATION = ("name", "kind", "functions", "tier", "owner", "commune", "latitude", "longitude", "closed", "tags")
_PERSON = ("civility", "given_name", "family_name", "opposed_on")
_AGREEMENT = ("signed_on", "effective_on", "ends_on", "terminated_on", "tacit_renewal")
_PLACEMENT = ("starts_on", "ends_on", "broken_on")
_PERIOD = ("valid_from", "valid_to")
_ROLE = (*_PERIOD, "role", "main")

LASTING = ("WorksFor", "Knows", "PartOf", "MemberOf", "Funds", "Prescribes", "WorksWith", "Serves")
"""Link types that analytics walk along."""

ENGAGING = ("PartyTo", "HostedBy", "Attended")
"""Link types that tie an organisation or a person to an agreement, a placement or a meeting."""

_SUBJECT = {"PartyTo": "Agreement", "HostedBy": "Placement", "Attended": "Meeting"}

NODE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "Organisation": _ORGANISATION,
    "Person": _PERSON,
    "Agreement": _AGREEMENT,
    "Placement": _PLACEMENT,
    "Meeting": ("held_on",),
}
LINK_FIELDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(LASTING, _PERIOD),
    **dict.fromkeys(ENGAGING, ()),
    "WorksFor": _ROLE,
    "Attended": ("status",),
}
"""All that a snapshot reads of nodes and links, besides the folded exchanges."""

Row = tuple[Any, ...]


def whole(tx: ReadTransaction, on: date) -> Snapshot:
    """The whole network on the day ``on``; reads light rows only, exchanges already folded by the store."""
    roles = list(_read_links(tx, "WorksFor"))
    lasting = [*_links("WorksFor", roles, on)]
    for type in LASTING[1:]:
        lasting.extend(_links(type, _read_links(tx, type), on))
    engaging = {type: list(_read_links(tx, type)) for type in ENGAGING}
    subjects = {type: list(_read_nodes(tx, node)) for type, node in _SUBJECT.items()}
    return _snapshot(
        tx, on, _read_nodes(tx, "Organisation"), _read_nodes(tx, "Person"), lasting,
        _engagements(engaging, subjects, roles, on), ids=None,
    )  # fmt: skip


def _read_nodes(tx: ReadTransaction, type: str) -> Iterator[Row]:
    return tx.rows(type, NODE_FIELDS[type])


def _read_links(tx: ReadTransaction, type: str) -> Iterator[Row]:
    return tx.link_rows(type, LINK_FIELDS[type])


def around(tx: ReadTransaction, ids: Collection[str], on: date, depth: int = 2, limit: int = 2000) -> Snapshot:
    """The network near some organisations or people: what a sheet or a path needs, in a few reads."""
    near = tx.neighbourhood(ids, depth, types=LASTING, on=on, limit=limit)
    by_type = _by_type(near.nodes)
    shown = [n.id for type in ("Organisation", "Person") for n in by_type[type]]
    lasting = [row for link in near.links for row in _links(link.type, [_link_row(link)], on)]
    return _snapshot(
        tx, on, _rows("Organisation", by_type["Organisation"]), _rows("Person", by_type["Person"]), lasting,
        _local_engagements(tx, shown, on), ids=shown,
    )  # fmt: skip


def only(tx: ReadTransaction, record: NodeRecord, on: date) -> Snapshot:
    """What the measures of one organisation or person rest on: itself, and those with whom it has or had a role."""
    roles = tx.links_of([record.id], types=("WorksFor",))
    ends = {end for link in roles for end in (link.source, link.target)} - {record.id}
    by_type = _by_type([record, *tx.get(ends).values()])
    people = {record.id, *(link.source for link in roles)}
    lasting = [*_links("WorksFor", map(_link_row, roles), on)]
    return _snapshot(
        tx, on, _rows("Organisation", by_type["Organisation"]), _rows("Person", by_type["Person"]), lasting,
        _local_engagements(tx, people, on), ids=[record.id],
    )  # fmt: skip


def _local_engagements(tx: ReadTransaction, ids: Collection[str], on: date) -> tuple[Engagement, ...]:
    links: dict[str, list[Row]] = defaultdict(list)
    for link in tx.links_of(ids, types=("WorksFor", *ENGAGING)):
        links[link.type].append(_link_row(link))
    subjects = _by_type(tx.get(_subject_id(type, row) for type in ENGAGING for row in links[type]).values())
    rows = {type: _rows(node, subjects[node]) for type, node in _SUBJECT.items()}
    return _engagements(links, rows, links["WorksFor"], on)


def _snapshot(
    tx: ReadTransaction, on: date, organisations: Iterable[Row], people: Iterable[Row], links: list[LinkRow],
    engagements: tuple[Engagement, ...], ids: Collection[str] | None,
) -> Snapshot:  # fmt: skip
    provider = ourselves.load(tx)
    rows = {row[0]: _organisation(row) for row in organisations}
    since = ourselves.window_start(provider, on)
    return Snapshot(
        on=on,
        since=since,
        organisations=rows,
        people={row[0]: _person(row, on) for row in people},
        links=tuple(links),
        contacts=dict(tx.contacts(since, on, ids)),
        engagements=tuple(e for e in engagements if e.organisation in rows),
        zone=tuple(provider.zone),
        thresholds=ourselves.thresholds(provider),
    )


def _organisation(row: Row) -> OrganisationRow:
    id, name, kind, functions, tier, owner, commune, latitude, longitude, closed, tags = row
    return OrganisationRow(
        id, name, Kind(kind), tuple(Function(f) for f in functions or ()), Tier(tier or Tier.C), owner, commune,
        latitude, longitude, bool(closed), tuple(tags or ()),
    )  # fmt: skip


def _person(row: Row, on: date) -> PersonRow:
    id, civility, given_name, family_name, opposed_on = row
    values = {"civility": civility, "given_name": given_name, "family_name": family_name}
    caption = SCHEMA.nodes["Person"].caption({k: v for k, v in values.items() if v})
    return PersonRow(id, caption, bool(opposed_on and opposed_on <= on.isoformat()))


def _links(type: str, rows: Iterable[Row], on: date) -> Iterator[LinkRow]:
    day = on.isoformat()
    for id, source, target, start, end, *role in rows:
        if (not start or start <= day) and (not end or end >= day):
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
            start, end = periods[type].get(subject, (None, None))
            if start is None or start > on or (type == "Attended" and row[3] != Attendance.PRESENT):
                continue
            party = row[2] if type == "HostedBy" else row[1]
            for organisation, first, last in employers.get(party, {(party, None, None)}):
                if (not first or first <= start.isoformat()) and (not last or last >= start.isoformat()):
                    found.append(Engagement(organisation, nature, start, end, subject))
    return tuple(dict.fromkeys(found))


def _employers(roles: list[Row]) -> dict[str, set[tuple[str, str | None, str | None]]]:
    employers: dict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
    for _, person, organisation, start, end, *_ in roles:
        employers[person].add((organisation, start, end))
    return employers


def _period(type: str, row: Row) -> tuple[date | None, date | None]:
    if type == "PartyTo":
        signed, effective, ends, terminated, renewed = row
        start = max(signed, effective or signed) if signed else None
        return _date(start), _date(terminated or (None if renewed else ends))
    if type == "HostedBy":
        starts, ends, broken = row
        return _date(starts), _date(min(d for d in (ends, broken) if d) if ends or broken else None)
    return _date(row[0]), _date(row[0])


def _subject_id(type: str, row: Row) -> str:
    return str(row[1] if type == "HostedBy" else row[2])


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
