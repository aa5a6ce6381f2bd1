"""What a state of the canvas mentions, and that state without what has gone since it was kept."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from crm.canvas.families import LINKS
from crm.canvas.state import CanvasState
from crm.store.protocol import ReadTransaction
from graph_schema.registry import SCHEMA
from graph_schema.territory import parse_territory_id, place


def mentioned(state: CanvasState) -> set[str]:
    """The ids of all nodes and territories that the state speaks of."""
    expanded = {entry.partition("/")[0] for entry in state.expanded}
    named = {*state.starts, *(state.path or ()), state.introduce, state.loss}
    return (named | expanded | state.collapsed | state.hidden | state.pinned) - {""}


def present(tx: ReadTransaction, ids: Collection[str]) -> set[str]:
    """Those of these ids that still name something: a node of a declared type, or a place of the reference."""
    found = {id for id, record in tx.get(ids).items() if record.type in SCHEMA.nodes}
    return found | {id for id in ids if _is_place(id)}


def redirected(state: CanvasState, ends: Mapping[str, str]) -> CanvasState:
    """The state with each id of ``ends`` told as the other, that of the record into which its own was merged."""

    def now(id: str) -> str:
        at, slash, type = id.partition("/")
        return f"{ends.get(at, at)}{slash}{type}"

    return replace(
        state,
        starts=tuple(dict.fromkeys(map(now, state.starts))),
        expanded=frozenset(map(now, state.expanded)),
        collapsed=frozenset(map(now, state.collapsed)),
        hidden=frozenset(map(now, state.hidden)),
        pinned=frozenset(map(now, state.pinned)),
        path=(now(state.path[0]), now(state.path[1])) if state.path else None,
        introduce=now(state.introduce),
        loss=now(state.loss),
    )


def without(state: CanvasState, there: Collection[str]) -> tuple[CanvasState, int]:
    """The state with only what is ``there``, and how many things it has lost: nodes, and types of link to expand."""
    lost_types = {e for e in state.expanded if "/" in e and e.partition("/")[2] not in LINKS}
    gone = len(mentioned(state).difference(there)) + len(lost_types)
    if not gone:
        return state, 0
    kept = replace(
        state,
        starts=tuple(id for id in state.starts if id in there),
        expanded=frozenset(e for e in state.expanded - lost_types if e.partition("/")[0] in there),
        collapsed=state.collapsed.intersection(there),
        hidden=state.hidden.intersection(there),
        pinned=state.pinned.intersection(there),
        path=state.path if state.path and set(state.path) <= set(there) else None,
        introduce=state.introduce if state.introduce in there else "",
        loss=state.loss if state.loss in there else "",
    )
    return kept, gone


def _is_place(id: str) -> bool:
    try:
        return place(*parse_territory_id(id)) is not None
    except ValueError:
        return False
