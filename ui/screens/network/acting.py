"""What an event of the canvas does to what is shown: pure, so that a forged one can do no more than a click."""

from dataclasses import replace

from crm.canvas import state as states
from crm.canvas.state import CanvasState
from ui.canvas import Event

FILTERS = {
    "families": "families_out", "states": "states_out", "functions": "functions_out", "links": "links_out",
}  # fmt: skip
"""The filters of the legend, and the field of the state that each fills."""

SETTINGS = frozenset({"depth", "colour", "size"})
"""What the lists of the toolbar set."""


def after(state: CanvasState, event: Event) -> CanvasState:
    """The state after ``event``; the same one when it changes nothing that is shown, or asks for nothing known."""
    nodes = frozenset(event.nodes)
    match event.kind:
        case "expand":
            return replace(state, expanded=state.expanded | nodes, collapsed=state.collapsed - nodes)
        case "collapse":
            kept = frozenset(entry for entry in state.expanded if entry.partition("/")[0] not in nodes)
            return replace(state, expanded=kept, collapsed=state.collapsed | nodes)
        case "hide":
            return replace(state, hidden=state.hidden | nodes, pinned=state.pinned - nodes)
        case "pin":
            pinned = state.pinned - nodes if nodes <= state.pinned else state.pinned | nodes
            return replace(state, pinned=pinned)
        case "set" if event.name in SETTINGS:
            return _changed(state, event.name, int(event.value[:3]) if event.value.isdecimal() else event.value)
        case "toggle" if event.name in FILTERS:
            field = FILTERS[event.name]
            switched = {str(each) for each in getattr(state, field)} ^ {event.value}
            return _changed(state, field, sorted(switched))
    return state


def asking(state: CanvasState, introduce: str = "", loss: str = "", path: tuple[str, str] | None = None) -> CanvasState:
    """The state with one question, or none."""
    starts = state.starts or tuple(filter(None, (state.introduce, *(state.path or ()))))
    return replace(state, starts=starts, introduce=introduce, loss=loss, path=path)


def _changed(state: CanvasState, field: str, value: object) -> CanvasState:
    """The state with one field as JSON would give it; a value that the field does not know changes nothing."""
    found, notice = states.read({**state.to_json(), field: value})
    return state if notice else found
