"""The network on a day, ready to be measured: who is tied to whom, who works where, who serves what."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import networkx as nx

from graph_schema.organisations import Serves
from graph_schema.people import WorksFor
from graph_schema.snapshot import Contact, Engagement, LinkRow, OrganisationRow, PersonRow, Snapshot

Row: TypeAlias = OrganisationRow | PersonRow

NO_CONTACT = Contact(None, None, 0)
"""What we had with someone to whom no exchange ever went or came."""


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """A snapshot with its links sorted by whom they concern. Every measure takes one.

    ``ties`` are the links of each organisation and person to others of them, ``roles`` those among them that are roles
    (each link stands at both of its ends); ``serves`` holds the ids of the territories that an organisation declares to
    serve, ``engagements`` those of each organisation that has any. Ids without any are absent.
    """

    snapshot: Snapshot
    ties: Mapping[str, Sequence[LinkRow]]
    roles: Mapping[str, Sequence[LinkRow]]
    serves: Mapping[str, Sequence[str]]
    engagements: Mapping[str, Sequence[Engagement]]

    def row(self, id: str) -> Row:
        """Return the organisation or the person of that id; ``KeyError`` if the network has none."""
        organisation = self.snapshot.organisations.get(id)
        return self.snapshot.people[id] if organisation is None else organisation

    def contact(self, id: str) -> Contact:
        """Return the folded exchanges with an organisation or a person."""
        return self.snapshot.contacts.get(id, NO_CONTACT)

    def staff(self, organisation: str) -> Iterator[tuple[LinkRow, PersonRow]]:
        """The people who work for an organisation on the day, each with the role held there."""
        return ((link, self.snapshot.people[link.source]) for link in self.roles.get(organisation, ()))

    def graph(self, nodes: Container[str] | None = None) -> "nx.Graph[str]":
        """Return organisations and people, or only those among ``nodes``, as a NetworkX graph.

        A node carries its ``row``; an edge ``links``, all those between its two ends; the graph has ``on``, ``since``,
        ``zone`` and ``thresholds``.
        """
        snapshot = self.snapshot
        graph: nx.Graph[str] = nx.Graph(
            on=snapshot.on, since=snapshot.since, zone=snapshot.zone, thresholds=snapshot.thresholds
        )
        rows: tuple[Mapping[str, Row], ...] = (snapshot.organisations, snapshot.people)
        for some in rows:
            graph.add_nodes_from((id, {"row": row}) for id, row in some.items() if nodes is None or id in nodes)
        for id in graph:
            for link in self.ties.get(id, ()):
                if link.source != id or link.target not in graph:
                    continue
                if graph.has_edge(id, link.target):
                    graph.edges[id, link.target]["links"].append(link)
                else:
                    graph.add_edge(id, link.target, links=[link])
        return graph


def build(snapshot: Snapshot) -> Relations:
    """Sort a snapshot's links and engagements by organisation and person.

    Links that are not valid on the snapshot's day, or whose ends it does not hold, are left out.
    """
    organisations, people, on = snapshot.organisations, snapshot.people, snapshot.on
    ties: defaultdict[str, list[LinkRow]] = defaultdict(list)
    roles: defaultdict[str, list[LinkRow]] = defaultdict(list)
    serves: defaultdict[str, list[str]] = defaultdict(list)
    works_for, serving = WorksFor.TYPE, Serves.TYPE
    for link in snapshot.links:
        source, target = link.source, link.target
        if not _holds(link, on) or (source not in people and source not in organisations):
            continue
        if link.type == serving:
            serves[source].append(target)
        elif source != target and (target in organisations or target in people):
            ties[source].append(link)
            ties[target].append(link)
            if link.type == works_for:
                roles[source].append(link)
                roles[target].append(link)
    engagements: defaultdict[str, list[Engagement]] = defaultdict(list)
    for engagement in snapshot.engagements:
        engagements[engagement.organisation].append(engagement)
    return Relations(snapshot, dict(ties), dict(roles), dict(serves), dict(engagements))


def _holds(link: LinkRow, on: date) -> bool:
    """Whether a link is valid on a day, both ends of its validity included."""
    return (link.valid_from is None or link.valid_from <= on) and (link.valid_to is None or link.valid_to >= on)
