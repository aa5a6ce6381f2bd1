"""Who can introduce us to an organisation or a person: the warmest paths from us to them.

Dijkstra's shortest paths, walked from the target towards us, so that a search looks only around the target. Crossing a
link costs what its less fresh end does: fresh 1, to watch 2, to chase 4, never 8. Entering the network through someone
we know costs their own freshness; through an organisation where no name is known, 2 more. Since a link costs at least
as much as entering at its end, a person whom we know ends the search on that side. People who opposed it and closed
organisations are not used. From a hub of more than ``HUB`` neighbours only those with whom we had something go on.

Source: E. W. Dijkstra, « A note on two problems in connexion with graphs », 1959.
"""

from collections.abc import Collection, Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from crm.analytics.freshness import State, freshness_of
from crm.analytics.graph import Relations
from graph_schema.registry import SCHEMA
from graph_schema.snapshot import LinkRow, OrganisationRow, PersonRow

COSTS = {State.FRESH: 1.0, State.WATCH: 2.0, State.CHASE: 4.0, State.NEVER: 8.0}
NAMELESS = 2.0
"""Added when the way in is an organisation rather than a person."""

HUB = 1_000
VISITED = 5_000
"""After so many nodes a search gives up: a path that far is not warm."""

_STATES = {State.FRESH: "relation fraîche", State.WATCH: "à surveiller", State.CHASE: "à relancer"}


class Step(NamedTuple):
    """One link of a path, from the node nearer to us (None: us) to the next."""

    source: str | None
    target: str
    link: LinkRow | None


class Introduction(NamedTuple):
    """A way from us to ``target`` through ``first``, whom we know; the lower the cost, the warmer."""

    target: str
    first: str
    state: State
    cost: float
    steps: tuple[Step, ...]
    sentence: str


def introduce(
    relations: Relations, *targets: str, limit: int = 3, edge: Collection[str] = ()
) -> tuple[Introduction, ...]:
    """Return the warmest ways to any of the targets, the best first, each through a different first contact.

    A target that we know already gives a path of one step. Ids that the network does not hold raise ``KeyError``.
    ``edge`` are those who may have ties that ``relations``, a part of a network, does not hold: what is returned are
    then the first of the ways that the whole network gives, as far as they are certain.
    """
    search = _Search(relations, targets, edge)
    found = []
    for first, cost in search:
        found.append(_introduction(relations, search.path(first), search.state(first), cost))
        if len(found) == limit:
            break
    return tuple(found)


class _Search:
    """One walk from the targets towards us; iterates over the ways in, the cheapest first."""

    def __init__(self, relations: Relations, targets: Iterable[str], edge: Collection[str]) -> None:
        self._relations = relations
        self._edge = edge
        self._horizon = float("inf")
        self._states: dict[str, State] = {}
        self._towards: dict[str, tuple[str, LinkRow]] = {}
        self._costs: dict[str, float] = {}
        self._heap: list[tuple[float, str, str, bool]] = []
        for target in targets:
            if _usable(relations, target):
                self._reach(target, 0.0, None)

    def __iter__(self) -> Iterator[tuple[str, float]]:
        done: set[str] = set()
        while self._heap and len(done) < VISITED:
            cost, name, node, enters = heappop(self._heap)
            if cost >= self._horizon:
                return
            if enters:
                yield node, cost
            elif node not in done:
                done.add(node)
                self._leave(node, name, cost, done)

    def state(self, node: str) -> State:
        if node not in self._states:
            self._states[node] = freshness_of(self._relations, node).state
        return self._states[node]

    def path(self, first: str) -> tuple[Step, ...]:
        """The steps from us, through a way in, to the target."""
        steps = [Step(None, first, None)]
        while towards := self._towards.get(node := steps[-1].target):
            link = towards[1]
            steps.append(Step(node, link.source if link.target == node else link.target, link))
        return tuple(steps)

    def _leave(self, node: str, name: str, cost: float, done: set[str]) -> None:
        state = self.state(node)
        is_person = node in self._relations.snapshot.people
        if state is not State.NEVER:
            heappush(self._heap, (cost + COSTS[state] + (0.0 if is_person else NAMELESS), name, node, True))
            if is_person:
                return
        if node in self._edge:  # what goes on from here costs one more link and a way in, at least
            self._horizon = min(self._horizon, cost + COSTS[state] + COSTS[State.FRESH])
            return
        for other, link in self._neighbours(node):
            if other not in done and _usable(self._relations, other):
                self._reach(other, cost + max(COSTS[state], COSTS[self.state(other)]), (name, link))

    def _neighbours(self, node: str) -> Iterator[tuple[str, LinkRow]]:
        relations = self._relations
        ties = relations.ties.get(node, ())
        hub = len(ties) > HUB
        for link in ties:
            other = link.source if link.target == node else link.target
            if not hub or other in relations.snapshot.contacts or other in relations.engagements:
                yield other, link

    def _reach(self, node: str, cost: float, towards: tuple[str, LinkRow] | None) -> None:
        """Note a path from ``node``; of equally warm ones that whose next node comes first by name."""
        best = self._costs.get(node, float("inf"))
        if towards is not None and (cost < best or (cost == best and _order(towards) < _order(self._towards[node]))):
            self._towards[node] = towards
        if cost >= best:
            return
        self._costs[node] = cost
        heappush(self._heap, (cost, self._relations.row(node).name, node, False))


def _order(towards: tuple[str, LinkRow]) -> tuple[str, str]:
    name, link = towards
    return name, link.id


def _usable(relations: Relations, node: str) -> bool:
    row = relations.row(node)
    return not (row.opposed if isinstance(row, PersonRow) else row.closed)


def _introduction(relations: Relations, steps: tuple[Step, ...], state: State, cost: float) -> Introduction:
    first = relations.row(steps[0].target)
    verb = "êtes en relation avec" if isinstance(first, OrganisationRow) else "connaissez"
    words = [f"Vous {verb} {first.name} ({_STATES[state]})"]
    words += [f"qui {_verb(step.link, step.target)} {relations.row(step.target).name}" for step in steps if step.link]
    return Introduction(steps[-1].target, first.id, state, cost, steps, f"{', '.join(words)}.")


def _verb(link: LinkRow, towards: str) -> str:
    about = SCHEMA.links[link.type].about
    return about.label if link.target == towards else about.inverse
