"""On whom the network hangs: what is lost if a person leaves, and whom to get to know before that.

We stand at the root, tied to the people with whom our relation is fresh enough; people are tied to the organisations
for which they work and to those they know, organisations to one another. Partners never contacted, closed organisations
and people who opposed it are left out. When every way from us to an organisation goes through one person (an
articulation point), it is lost with them; a link that is the only way is a bridge.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import networkx as nx

from crm.analytics.activity import Mobilisation, activity
from crm.analytics.cut_nodes import CutTree
from crm.analytics.freshness import State, freshness_of, staleness
from crm.analytics.graph import Relations
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.snapshot import OrganisationRow, PersonRow
from graph_schema.wording import NBSP, count, listing, number

US = ""
"""Our own node, at the root."""

RELIABLE = frozenset({State.FRESH, State.WATCH})
"""The states in which a relation can be relied upon."""


class Dependence(NamedTuple):
    """What is lost with a person or an organisation: ids of organisations, and whom to get to know first (an id)."""

    id: str
    name: str
    node_type: str
    lost: tuple[str, ...]
    backup: str | None
    sentence: str


class Bridge(NamedTuple):
    """A link, from the end nearer to us, that is the only way to the organisations beyond it."""

    source: str
    target: str
    lost: tuple[str, ...]
    sentence: str


class Resilience(NamedTuple):
    """All that hangs on one person, one organisation or one link; what loses most comes first.

    ``single`` gives the organisations where exactly one person can be relied upon, with that person's id.
    """

    dependences: tuple[Dependence, ...]
    bridges: tuple[Bridge, ...]
    single: tuple[tuple[str, str], ...]

    def on(self, node_type: str) -> tuple[Dependence, ...]:
        """What hangs on one person, or on one organisation: people leave, organisations stop being partners."""
        return tuple(each for each in self.dependences if each.node_type == node_type)


class OwnerShare(NamedTuple):
    """How many of the active partners one colleague follows (``owner`` None: nobody)."""

    owner: str | None
    partners: int
    share: float
    sentence: str


def resilience(relations: Relations, states: Collection[State] = RELIABLE) -> Resilience:
    """Return what hangs on one node or link when only relations in ``states`` can be relied upon."""
    partners = {
        id for id, facts in activity(relations).items() if facts.standing in (Mobilisation.ACTIVE, Mobilisation.DORMANT)
    }
    known = {
        id
        for id, row in relations.snapshot.people.items()
        if not row.opposed and freshness_of(relations, id).state in states
    }
    tree = CutTree(_rooted(relations, partners, known), US, partners)
    dependences = [_dependence(relations, id, lost) for id, lost in tree.cut_nodes()]
    bridges = [_bridge(relations, *found) for found in tree.bridges()]
    return Resilience(
        tuple(
            sorted(dependences, key=lambda each: (-len(each.lost), each.node_type != Person.TYPE, each.name, each.id))
        ),
        tuple(sorted(bridges, key=lambda each: (-len(each.lost), each.sentence, each.source, each.target))),
        tuple(_single(relations, partners, known)),
    )


def owners(relations: Relations) -> tuple[OwnerShare, ...]:
    """Return how the active partners are shared between colleagues, the one who follows most first."""
    rows = relations.snapshot.organisations
    active = [rows[id] for id, facts in activity(relations).items() if facts.standing is Mobilisation.ACTIVE]
    followed = Counter(row.owner for row in active)
    ranked = sorted(followed.items(), key=lambda each: (-each[1], each[0] or ""))
    return tuple(
        OwnerShare(owner, partners, partners / len(active), _followed(owner, partners, len(active)))
        for owner, partners in ranked
    )


def _rooted(relations: Relations, partners: Collection[str], known: Collection[str]) -> "nx.Graph[str]":
    reachable = {id for id, row in relations.snapshot.people.items() if not row.opposed}.union(partners)
    graph = relations.graph(reachable)
    graph.add_node(US)
    graph.add_edges_from((US, person) for person in sorted(known))
    return graph


def _single(relations: Relations, partners: Collection[str], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for id in relations.snapshot.organisations:
        if id in partners:
            there = {person.id for _, person in relations.staff(id) if person.id in known}
            if len(there) == 1:
                yield id, there.pop()


def _dependence(relations: Relations, id: str, lost: tuple[str, ...]) -> Dependence:
    row = relations.row(id)
    backup = _backup(relations, id, lost)
    leaves = "part" if isinstance(row, PersonRow) else "quitte le réseau"
    agreed = "structure est perdue" if len(lost) == 1 else "structures sont perdues"
    words = f"Si {row.name} {leaves}, {number(len(lost))} {agreed}{NBSP}: {_names(relations, lost)}."
    words += f" Contact à nouer{NBSP}: {backup.name}." if backup else " Aucun autre contact n'y est connu."
    node_type: str = Organisation.TYPE if isinstance(row, OrganisationRow) else Person.TYPE
    return Dependence(id, row.name, node_type, lost, backup.id if backup else None, words)


def _backup(relations: Relations, id: str, lost: Iterable[str]) -> PersonRow | None:
    """Who else works in most of the lost organisations; then the freshest, then the first by name."""
    covers: Counter[str] = Counter()
    for organisation in lost:
        covers.update({person.id for _, person in relations.staff(organisation) if not person.opposed})
    del covers[id]
    people = relations.snapshot.people
    best = min(
        covers,
        key=lambda each: (-covers[each], staleness(freshness_of(relations, each)), people[each].name, each),
        default=None,
    )
    return None if best is None else people[best]


def _bridge(relations: Relations, source: str, target: str, lost: tuple[str, ...]) -> Bridge:
    ends = f"{relations.row(source).name} et {relations.row(target).name}"
    beyond = f"{count(len(lost), 'structure')}{NBSP}: {_names(relations, lost)}"
    return Bridge(source, target, lost, f"Le lien entre {ends} est le seul chemin vers {beyond}.")


def _names(relations: Relations, ids: Iterable[str]) -> str:
    return listing(sorted(relations.snapshot.organisations[id].name for id in ids), limit=3)


def _followed(owner: str | None, partners: int, total: int) -> str:
    share = f"{number(partners)} des {count(total, 'partenaire actif')} ({round(100 * partners / total)}{NBSP}%)"
    return f"Personne ne suit {share}." if owner is None else f"{owner} suit {share}."
