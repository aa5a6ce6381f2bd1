"""The groups of the network: who is more tied to one another than to the rest, without counting us.

Organisations and people are tied by their roles and lasting links, and organisations by the committee meetings (or any
other act) that they share. Each piece of the network that hangs together is divided on its own, so that a tie elsewhere
changes nothing here; a piece of a dozen is a group as it is. Whoever is tied to one other only is of the same group as
that other, which is always best for the modularity; only what is left is given to Louvain's method, which keeps it
quick on large networks.

Sources: V. Blondel and others, « Fast unfolding of communities in large networks », 2008 (as NetworkX has it);
U. Brandes and others, « On Modularity Clustering », 2008, for those tied to one other only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import networkx as nx

from crm.analytics.graph import Relations

SEED = 28
"""Louvain's method takes nodes in a random order: this makes it the same one each time."""

WHOLE = 12
"""A piece of at most so many organisations and people is one group."""

_Web = list[dict[int, int]]
"""The network by numbers: for each one, its neighbours and how many ties there are between the two."""


def communities(relations: Relations, seed: int = SEED) -> Mapping[str, int]:
    """Return the number of each organisation's and person's group, by id: 0 for the group with the most members.

    Whoever is tied to nobody but us is absent. The same network gives the same groups whatever the ids are and whatever
    order they come in, as long as names tell everyone apart.
    """
    shared = sorted(_shared(relations))
    order = _everyone(relations, shared)
    web = _web(relations, order, shared)
    groups = [0] * len(order)
    for piece in _pieces(web, len(order)):
        for members in [piece] if sum(each < len(order) for each in piece) <= WHOLE else _divided(web, piece, seed):
            first = min(members)
            for each in members:
                if each < len(order):
                    groups[each] = first
    return _numbered(order, groups)


def bonds(relations: Relations, id: str) -> object:
    """Return what ties an organisation or a person to others, and its name: groups depend on nothing else."""
    known = relations.snapshot
    name = relations.row(id).name if id in known.organisations or id in known.people else None
    ends = sorted((link.source, link.target) for link in relations.ties.get(id, ()))
    return name, ends, sorted({each.subject for each in relations.engagements.get(id, ())})


def _shared(relations: Relations) -> Iterator[list[str]]:
    """The organisations of each act that several share."""
    together: defaultdict[str, list[str]] = defaultdict(list)
    for organisation, engagements in relations.engagements.items():
        for engagement in engagements:
            if engagement.subject:
                together[engagement.subject].append(organisation)
    return (found for ids in together.values() if len(found := sorted(set(ids))) > 1)


def _everyone(relations: Relations, shared: Iterable[Sequence[str]]) -> list[str]:
    """Ids of organisations and people in an order that names make, so that neither ids nor the store's order count."""
    people = relations.snapshot.people
    tied = {*relations.ties, *(id for ids in shared for id in ids)}
    return sorted(tied, key=lambda id: (id in people, relations.row(id).name, id))


def _web(relations: Relations, order: Sequence[str], shared: Iterable[Sequence[str]]) -> _Web:
    """Those of ``order`` by their place in it, then one more for each shared act, whose ties are to its organisations.

    Numbers, and not ids, because sets of texts are not walked in the same order in two runs of Python.
    """
    number = {id: at for at, id in enumerate(order)}
    web: _Web = [{} for _ in order]
    for at, id in enumerate(order):
        others = (link.target if link.source == id else link.source for link in relations.ties.get(id, ()))
        web[at] = dict(sorted(Counter(number[other] for other in others).items()))
    for members in sorted(sorted(number[id] for id in ids) for ids in shared):
        for member in members:
            web[member][len(web)] = 1
        web.append(dict.fromkeys(members, 1))
    return web


def _pieces(web: _Web, everyone: int) -> Iterator[list[int]]:
    """The parts of the network between which there is no way."""
    seen = bytearray(len(web))
    for start in range(everyone):
        if seen[start]:
            continue
        seen[start] = True
        piece = [start]
        for node in piece:
            for other in web[node]:
                if not seen[other]:
                    seen[other] = True
                    piece.append(other)
        yield piece


def _divided(web: _Web, piece: Iterable[int], seed: int) -> Iterator[set[int]]:
    """The groups of one piece."""
    graph: nx.Graph[int] = nx.Graph()
    hanging: defaultdict[int, list[int]] = defaultdict(list)
    for node in sorted(piece):
        if len(web[node]) == 1:
            (other,) = web[node]
            hanging[other].append(node)
            graph.add_edge(other, other, weight=sum(web[other][each] for each in hanging[other]))
        else:
            graph.add_edges_from((node, o, {"weight": w}) for o, w in web[node].items() if len(web[o]) > 1)
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(graph.edges(data=True))
    for members in nx.community.louvain_communities(ordered, weight="weight", seed=seed):
        yield members | {each for node in members for each in hanging[node]}


def _numbered(order: Sequence[str], groups: Sequence[int]) -> dict[str, int]:
    first: dict[int, int] = {}
    for at, group in enumerate(groups):
        first.setdefault(group, at)
    sizes = Counter(groups)
    ranks = {group: rank for rank, group in enumerate(sorted(sizes, key=lambda each: (-sizes[each], first[each])))}
    return {id: ranks[group] for id, group in zip(order, groups, strict=True)}
