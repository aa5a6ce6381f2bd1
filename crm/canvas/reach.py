"""Which nodes a canvas shows: those near its starts and those asked for, the nearest first, as many as can be read."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from crm.analytics.freshness import State
from crm.canvas.families import TYPES
from crm.canvas.scene import LIMIT
from crm.canvas.state import CanvasState
from crm.canvas.web import Web, other_end

_RANKS = {type: rank for rank, type in enumerate(TYPES)}
_UNMEASURED = len(State)


class Reached(NamedTuple):
    """Ids in the order in which they were reached, and how many more were within reach when there was no room left."""

    ids: tuple[str, ...]
    left_out: int


class Walk:
    """The walk of one state over one or more webs (the day's first, then that of the day compared with)."""

    def __init__(self, webs: tuple[Web, ...], state: CanvasState) -> None:
        self._webs = webs
        self._state = state
        self._types_of: dict[str, set[str]] = {}
        for entry in state.expanded:
            id, _, type = entry.partition("/")
            self._types_of.setdefault(id, set()).add(type)
        self._admitted: dict[str, bool] = {}

    def walk(self, starts: Iterable[str], wanted: Iterable[str] = (), limit: int = LIMIT) -> Reached:
        """What to show from ``starts``: never without them, nor ``wanted``, nor what is pinned (up to ``limit``).

        What was expanded on purpose has its place even where what is merely near would take it all.
        """
        asked = [id for id in (*starts, *wanted, *sorted(self._state.pinned)) if id not in self._state.hidden]
        first = [id for id in dict.fromkeys(asked) if self._exists(id)]
        near, beyond = self._near(first[:limit], limit)
        added, more = self._added(near, limit // 2)
        kept = set(first).union(id for id in near if id in self._types_of)
        room = limit - len(added)
        spare = [id for id in near if id not in kept][: max(0, room - len(kept))]
        shown = kept.union(spare)
        ids = (*(id for id in near if id in shown), *added)[:limit]
        return Reached(ids, len(beyond.union(more, first, near, added).difference(ids)))

    def admits(self, id: str) -> bool:
        """Whether the filters let a node in."""
        if id not in self._admitted:
            self._admitted[id] = self._exists(id) and id not in self._state.hidden and self._passes(id)
        return self._admitted[id]

    def hidden(self, id: str, shown: Collection[str]) -> set[str]:
        """The neighbours of a node that could be shown and are not."""
        return {other for other, _ in self._neighbours(id) if other not in shown and self.admits(other)}

    def _near(self, first: list[str], limit: int) -> tuple[list[str], set[str]]:
        """Ring by ring to the depth of the state; the ring that does not fit is cut, and given whole as well."""
        shown, ring = dict.fromkeys(first), first
        for _ in range(self._state.depth):
            found = {
                other
                for id in ring
                if id not in self._state.collapsed
                for other, _ in self._neighbours(id)
                if other not in shown and self.admits(other)
            }
            ring = sorted(found, key=self._order)[: max(0, limit - len(shown))]
            shown.update(dict.fromkeys(ring))
            if len(ring) < len(found):
                return list(shown), found
        return list(shown), set()

    def _added(self, near: list[str], limit: int) -> tuple[list[str], set[str]]:
        """The neighbours of expanded nodes that are not near already, and those of the expanded among them.

        Those of which some did not fit are given whole as well.
        """
        added: dict[str, None] = {}
        ring = [id for id in near if id in self._types_of]
        while ring:
            found = {
                other
                for id in ring
                for other, type in self._neighbours(id)
                if self._types_of[id] & {"", type} and other not in added and self.admits(other)
            } - set(near)
            taken = sorted(found, key=self._order)[: limit - len(added)]
            added.update(dict.fromkeys(taken))
            if len(taken) < len(found):
                return list(added), found
            ring = [id for id in taken if id in self._types_of]
        return list(added), set()

    def _neighbours(self, id: str) -> Iterator[tuple[str, str]]:
        for web in self._webs:
            for link in web.links(id):
                if link.type not in self._state.links_out:
                    yield other_end(link, id), link.type

    def _exists(self, id: str) -> bool:
        return any(web.type(id) for web in self._webs)

    def _passes(self, id: str) -> bool:
        state, web = self._state, next(web for web in self._webs if web.type(id))
        if web.family(id) in state.families_out:
            return False
        if state.states_out and web.state(id) in state.states_out:
            return False
        organisation = web.relations.snapshot.organisations.get(id)
        return not (organisation and organisation.roles and state.functions_out.issuperset(organisation.roles))

    def _order(self, id: str) -> tuple[int, int, int, str]:
        web = self._webs[0]
        state = web.state(id)
        return (
            _RANKS.get(web.type(id) or "", len(TYPES)), state.rank if state else _UNMEASURED, -web.degree(id), id,
        )  # fmt: skip
