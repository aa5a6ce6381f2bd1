"""A web read from the store, whole or brought up to date with what was committed since.

The lasting links of organisations and people are those of the measures; what ties them to committees, meetings,
agreements, placements, programmes and territories is read here. What has not begun on the day is not there yet.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from crm.analytics.graph import Relations
from crm.canvas.families import LINKS, TYPES
from crm.measures.snapshots import LASTING
from crm.store.protocol import ReadTransaction
from graph_schema.records import LinkRecord
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import LinkRow

Links = Mapping[str, Sequence[LinkRow]]

MOST = 2_000
"""Beyond so many changes, reading everything again is about as quick."""

_OUTWARD = tuple(
    type for type in LINKS if type not in LASTING or not set(SCHEMA.links[type].about.targets) <= {*SCHEMA.partners}
)
"""Link types that may lead to something else than an organisation or a person."""

_OTHERS = tuple(type for type in TYPES if type not in SCHEMA.partners)

_id = attrgetter("id")


def whole(tx: ReadTransaction, relations: Relations) -> tuple[dict[str, str], Links]:
    """The types of the other nodes of the day by id, and the links that they have, by either end."""
    if not relations.snapshot.begun:
        return {}, {}
    day = relations.snapshot.on.isoformat()
    types = {
        str(id): type
        for type in _OTHERS
        for id, *begins in tx.rows(type, SCHEMA.nodes[type].about.begins)
        if _begun(begins, day)
    }
    ids = {id: id for id in types}  # one text per id, however many links bear it
    others: defaultdict[str, list[LinkRow]] = defaultdict(list)
    for type in _OUTWARD:
        for row in tx.link_rows(type, ("valid_from", "valid_to")):
            link = _row(type, row, day, ids)
            if link and _tied(link, types, relations):
                others[link.source].append(link)
                others[link.target].append(link)
    return types, {id: sorted(links, key=_id) for id, links in others.items()}


def renewed(
    tx: ReadTransaction, types: dict[str, str], others: Links, relations: Relations, after: int
) -> tuple[dict[str, str], Links] | None:
    """``types`` and ``others`` with the commits numbered above ``after``; None when too much changed."""
    changes = list(islice((c for _, c in tx.changes(after + 1, tx.head().number) if c.action != "redact"), MOST + 1))
    if len(changes) > MOST or not relations.snapshot.begun:
        return None
    nodes = {change.id for change in changes if change.type in _OTHERS}
    ends = {change.id: (str(change.source), str(change.target)) for change in changes if change.type in _OUTWARD}
    if not ends and not nodes:
        return types, others
    day = relations.snapshot.on.isoformat()
    found = tx.get(nodes) if nodes else {}
    after_types = {id: type for id, type in types.items() if id not in nodes}
    for id, record in found.items():
        begins = [record.values.get(name) for name in SCHEMA.nodes[record.type].about.begins]
        if record.type in _OTHERS and _begun(begins, day):
            after_types[id] = record.type
    near = tx.links_of(nodes, _OUTWARD) if nodes else []
    links = {link.id: link for link in near} | tx.get_links(ends)
    ends |= {link.id: (link.source, link.target) for link in links.values()}
    return after_types, _relinked(others, ends, links.values(), after_types, relations)


def _relinked(
    old: Links, ends: Mapping[str, tuple[str, str]], links: Iterable[LinkRecord], types: Mapping[str, str],
    relations: Relations,
) -> Links:  # fmt: skip
    """The links without those of ``ends``, and with ``links`` as they are now."""
    touched = {id for pair in ends.values() for id in pair}
    new = {id: [link for link in old.get(id, ()) if link.id not in ends] for id in touched}
    day = relations.snapshot.on.isoformat()
    for record in links:
        period = (record.values.get("valid_from"), record.values.get("valid_to"))
        link = _row(record.type, (record.id, record.source, record.target, *period), day, {})
        if link and _tied(link, types, relations):
            new[link.source].append(link)
            new[link.target].append(link)
    kept = {id: some for id, some in old.items() if id not in touched}
    return kept | {id: sorted(some, key=_id) for id, some in new.items() if some}


def _row(type: str, row: Sequence[object], day: str, ids: Mapping[str, str]) -> LinkRow | None:
    id, source, target, start, end = row
    if (start and str(start) > day) or (end and str(end) < day):
        return None
    return LinkRow(str(id), type, ids.get(str(source), str(source)), ids.get(str(target), str(target)))


def _begun(begins: Collection[object], day: str) -> bool:
    known = [str(each) for each in begins if each]
    return not known or min(known) <= day


def _tied(link: LinkRow, types: Mapping[str, str], relations: Relations) -> bool:
    """Whether both ends are there, and one of them is neither an organisation nor a person."""
    snapshot = relations.snapshot
    ends = (link.source, link.target)
    return any(id in types for id in ends) and all(
        id in types or id in snapshot.organisations or id in snapshot.people for id in ends
    )
