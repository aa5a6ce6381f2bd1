"""The network's relations brought up to date with what was committed since, without reading all of it again.

The journal says which records changed; only these, and what rests on them, are read.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, TypeVar

from crm.analytics.coverage import counted
from crm.analytics.graph import Relations, build
from crm.measures import snapshots
from crm.measures.beginning import begun
from crm.measures.snapshots import ENGAGING, LASTING, SEATING, SUBJECTS
from crm.store.protocol import ReadTransaction
from graph_schema.exchanges import Exchange, Involves
from graph_schema.organisations import Organisation, Serves
from graph_schema.people import Person, WorksFor
from graph_schema.programmes import HostedBy
from graph_schema.providers import Provider
from graph_schema.records import Change, LinkRecord
from graph_schema.snapshot import LinkRow
from graph_schema.vocabularies import Function

T = TypeVar("T")
Ends = tuple[str, str]

MOST = 2_000
"""Beyond so many changes, reading everything again is about as quick."""

_DECIDES_FOR_ALL = Provider.TYPE
_ENGAGED = (*ENGAGING, SEATING)


class Touched(NamedTuple):
    """Who may be measured otherwise after some commits (ids of organisations and people), and the functions of which
    the grid of territories may be otherwise. All the rest measures what it did.
    """

    ids: frozenset[str] = frozenset()
    functions: frozenset[Function] = frozenset()

    def union(self, other: "Touched") -> "Touched":
        """What either touched."""
        return Touched(self.ids | other.ids, self.functions | other.functions)


def renewed(tx: ReadTransaction, old: Relations, after: int) -> tuple[Relations, Touched] | None:
    """``old`` with the commits numbered above ``after``, and whom they touched.

    None when too much changed, or what decides for everyone: then the whole network is to be read again. So it is as
    long as it has not begun on the day, when there is nothing to read.
    """
    if not old.snapshot.begun or not begun(tx, old.snapshot.on):
        return None
    changes = list(islice((c for _, c in tx.changes(after + 1, tx.head().number) if c.action != "redact"), MOST + 1))
    if len(changes) > MOST or any(change.type == _DECIDES_FOR_ALL for change in changes):
        return None
    changed = _Changed.by(changes)
    ids, involved, engaged = changed.rows, _involved(tx, changed), _engaged(tx, changed)
    relations = _with_engagements(tx, _with_links(tx, _with_rows(tx, old, ids, involved), changed), engaged)
    ends = {end for pair in changed.lasting.values() for end in pair}
    touched = _and_colleagues(ids | involved | engaged | ends, old, relations)
    states = ((counted(old, id), counted(relations, id)) for id in touched)
    counts = (each for before, after in states if before != after for each in (before, after) if each)
    return relations, Touched(touched, frozenset(function for functions, _ in counts for function in functions))


class _Changed(NamedTuple):
    """The records that some commits changed: ids of nodes by type; the ends of links by type and id."""

    nodes: Mapping[str, set[str]]
    links: Mapping[str, dict[str, Ends]]

    @classmethod
    def by(cls, changes: Iterable[Change]) -> "_Changed":
        found = cls(defaultdict(set), defaultdict(dict))
        for change in changes:
            if change.source and change.target:
                found.links[change.type][change.id] = change.source, change.target
            else:
                found.nodes[change.type].add(change.id)
        return found

    @property
    def rows(self) -> set[str]:
        return self.nodes[Organisation.TYPE] | self.nodes[Person.TYPE]

    @property
    def lasting(self) -> dict[str, Ends]:
        return {id: ends for type in LASTING for id, ends in self.links[type].items()}


def _involved(tx: ReadTransaction, changed: _Changed) -> set[str]:
    """Whose exchanges changed."""
    exchanges = changed.nodes[Exchange.TYPE]
    links = tx.links_of(exchanges, [Involves.TYPE]) if exchanges else []
    return {link.target for link in links} | {target for _, target in changed.links[Involves.TYPE].values()}


def _engaged(tx: ReadTransaction, changed: _Changed) -> set[str]:
    """The organisations whose engagements or seats may have changed, by themselves or through someone's role there."""
    subjects = {id for type in SUBJECTS for id in changed.nodes[type]}
    links = [(link.type, link.source, link.target) for link in _links_of(tx, subjects, ENGAGING)]
    links += [(type, *ends) for type in _ENGAGED for ends in changed.links[type].values()]
    parties = {target if type == HostedBy.TYPE else source for type, source, target in links}
    roles = [(link.source, link.target) for link in _links_of(tx, parties, [WorksFor.TYPE])]
    roles += changed.links[WorksFor.TYPE].values()
    return parties | {organisation for _, organisation in roles}


def _with_rows(tx: ReadTransaction, old: Relations, ids: set[str], involved: set[str]) -> Relations:
    before = old.snapshot
    organisations, people = snapshots.rows_of(tx.get(ids).values() if ids else (), before.on)
    contacts = dict(tx.contacts(before.since, before.on, involved)) if involved else {}
    after = replace(
        before,
        organisations=_patched(before.organisations, ids, organisations),
        people=_patched(before.people, ids, people),
        contacts=_patched(before.contacts, involved, contacts),
    )
    return replace(old, snapshot=after)


def _with_links(tx: ReadTransaction, old: Relations, changed: _Changed) -> Relations:
    lasting, servers = changed.lasting, {source for source, _ in changed.links[Serves.TYPE].values()}
    if not lasting:
        return old
    # What an organisation serves is kept without its links: all of them are read again.
    records = {**tx.get_links(lasting), **{link.id: link for link in _links_of(tx, servers, [Serves.TYPE])}}
    links = snapshots.links_on(records.values(), old.snapshot.on)
    replaced = lasting.keys() | records.keys()
    some = build(replace(old.snapshot, links=links, engagements=()))
    kept = [link for link in old.snapshot.links if link.id not in replaced]
    ends = {end for pair in lasting.values() for end in pair}
    return replace(
        old,
        snapshot=replace(old.snapshot, links=tuple(sorted([*kept, *links], key=_id))),
        ties=_relinked(old.ties, ends, replaced, some.ties),
        roles=_relinked(old.roles, ends, replaced, some.roles),
        serves=_patched(old.serves, servers, some.serves),
    )


def _with_engagements(tx: ReadTransaction, old: Relations, engaged: set[str]) -> Relations:
    if not engaged:
        return old
    before = old.snapshot
    found, seats = snapshots.engagements_of(tx, engaged, before.on)
    found = tuple(each for each in found if each.organisation in before.organisations)
    others = (each for each in before.engagements if each.organisation not in engaged)
    after = replace(
        before,
        engagements=(*others, *found),
        seats=(before.seats - engaged) | (seats & before.organisations.keys()),
    )
    some = build(replace(after, links=(), engagements=found))
    return replace(old, snapshot=after, engagements=_patched(old.engagements, engaged, some.engagements))


def _and_colleagues(ids: set[str], *states: Relations) -> frozenset[str]:
    """These, those for whom they work and who works for them: tiers go one way, whom to call the other."""
    near = (link for state in states for id in ids for link in state.roles.get(id, ()))
    return frozenset(ids.union(*((link.source, link.target) for link in near)))


def _links_of(tx: ReadTransaction, ids: Collection[str], types: Collection[str]) -> list[LinkRecord]:
    return tx.links_of(ids, types) if ids else []


# The order of a snapshot read whole: what was brought up to date may not differ from it.
_id = attrgetter("id")


def _patched(old: Mapping[str, T], ids: Collection[str], found: Mapping[str, T]) -> Mapping[str, T]:
    """``old`` where ``ids`` have what was found, or nothing."""
    if not ids:
        return old
    new = dict(old)
    for id in ids:
        if id in found:
            new[id] = found[id]
        else:
            new.pop(id, None)
    return new


def _relinked(
    old: Mapping[str, Sequence[LinkRow]], ids: Iterable[str], replaced: Container[str],
    found: Mapping[str, Sequence[LinkRow]],
) -> Mapping[str, Sequence[LinkRow]]:  # fmt: skip
    """``old`` where the links of ``ids`` that were replaced make way for those found."""
    new = dict(old)
    for id in ids:
        links = [*(link for link in old.get(id, ()) if link.id not in replaced), *found.get(id, ())]
        if links:
            new[id] = sorted(links, key=_id)
        else:
            new.pop(id, None)
    return new
