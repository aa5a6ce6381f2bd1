"""The canvas as a component: what Python tells it, and the events that come back, each checked before it counts.

Events carry growing numbers and stay in a queue until they are handled, so one sent while the page was busy is not
lost; one whose number was handled already is a replay, and is ignored.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from crm.canvas.scene import Camera
from ui import drawing, shapes, typography

_STATIC = Path(__file__).parent / "static"
_PARTS = ("canvas_paint.js", "canvas_tools.js", "canvas_hands.js", "canvas.js")
_component = st.components.v2.component(
    "reseau28-canvas",
    html=(_STATIC / "canvas.html").read_text(encoding="utf-8"),
    css=(_STATIC / "canvas.css").read_text(encoding="utf-8"),
    js=shapes.SCRIPT + "\n".join((_STATIC / part).read_text(encoding="utf-8") for part in _PARTS),
)

NODES = frozenset({"select", "expand", "collapse", "hide", "pin"})
"""Events about nodes; ``select`` may name none, or a link."""

BARE = frozenset({"hello", "arrange", "table"})
"""Events that say all by their kind."""

_AHEAD = 10_000
_FAR = 1e6


class Event(NamedTuple):
    """Something that someone did on the canvas, checked: its ids are among those shown."""

    kind: str
    nodes: tuple[str, ...] = ()
    link: str = ""
    source: str = ""
    target: str = ""
    name: str = ""
    value: str = ""
    positions: Mapping[str, tuple[float, float]] = {}
    camera: Camera | None = None


@dataclass(frozen=True, slots=True)
class CanvasReport:
    """What the canvas has said: events not yet handled, in order, up to which number, and how many made no sense."""

    events: tuple[Event, ...]
    handled: int
    refused: int
    digest: str


def told(key: str, name: str, handled: int, nodes: Collection[str], links: Collection[str]) -> CanvasReport:
    """What the canvas ``key`` has said to the session ``name`` since the event ``handled``.

    ``nodes`` and ``links`` are what it shows.
    """
    state = st.session_state.get(key)
    said = state.get("said") if isinstance(state, Mapping) else None
    return listen(said, name, handled, nodes, links)


def listen(said: object, name: str, handled: int, nodes: Collection[str], links: Collection[str]) -> CanvasReport:
    """Check what came from a browser, where anybody may have written anything.

    A number that is not above ``handled`` is a replay, ignored without a word, and so is all that was said to another
    session: the page says again to this one what the other had not handled. What has no such number, or names anything
    that is not shown, is refused and counted.
    """
    if not isinstance(said, Mapping):
        return CanvasReport((), handled, 0, "")
    queue = said.get("queue") if said.get("session") == name else None
    events: list[Event] = []
    refused, last = 0, handled
    for entry in queue if isinstance(queue, Sequence) and not isinstance(queue, str) else ():
        number = entry.get("seq") if isinstance(entry, Mapping) else None
        if not isinstance(number, int) or isinstance(number, bool) or number > handled + _AHEAD:
            refused += 1
        elif number > last:
            last = number
            event = _event(entry, nodes, links)
            refused += event is None
            events += [event] if event else []
    digest = said.get("digest")
    return CanvasReport(tuple(events), last, refused, digest if isinstance(digest, str) else "")


def draw_canvas(key: str, data: Mapping[str, Any]) -> None:
    """Draw the canvas; ``data`` is as ``ui/static/canvas.js`` reads it."""
    _component(key=key, data=typography.told({**data, "library": path()}), on_said_change=lambda: None)


def path() -> str:
    """Where our server gives the drawing library; the version is in it, so browsers may keep it for ever."""
    return f"/bibliotheque/{drawing.library()[0]}.js"


def _event(entry: Mapping[str, Any], nodes: Collection[str], links: Collection[str]) -> Event | None:
    kind = entry.get("kind")
    if not isinstance(kind, str):
        return None
    if kind in BARE:
        return Event(kind)
    if kind in NODES:
        return _about_nodes(entry, nodes, links)
    if kind == "link":
        source, target = entry.get("source"), entry.get("target")
        ends = _known(source, nodes) and _known(target, nodes) and source != target
        return Event("link", source=str(source), target=str(target)) if ends else None
    if kind == "look":
        camera = _numbers(entry.get("camera"), 3)
        return Event("look", camera=(camera[0], camera[1], camera[2])) if camera and camera[2] > 0 else None
    if kind == "move":
        return _move(entry.get("positions"), nodes)
    if kind in ("set", "toggle"):
        name, value = entry.get("name" if kind == "set" else "filter"), entry.get("value")
        return Event(kind, name=name, value=value) if isinstance(name, str) and isinstance(value, str) else None
    return None


def _about_nodes(entry: Mapping[str, Any], nodes: Collection[str], links: Collection[str]) -> Event | None:
    named, link = entry.get("nodes"), entry.get("link") or ""
    if not isinstance(named, list) or not all(_known(each, nodes) for each in named):
        return None
    if link and not _known(link, links):
        return None
    kind = str(entry["kind"])
    return Event(kind, nodes=tuple(dict.fromkeys(named)), link=str(link)) if named or kind == "select" else None


def _move(positions: object, nodes: Collection[str]) -> Event | None:
    if not isinstance(positions, Mapping):
        return None
    found = {str(id): at for id, value in positions.items() if _known(id, nodes) and (at := _point(value))}
    return Event("move", positions=found) if len(found) == len(positions) else None


def _point(value: object) -> tuple[float, float] | None:
    found = _numbers(value, 2)
    return (found[0], found[1]) if found else None


def _numbers(value: object, many: int) -> list[float] | None:
    if not isinstance(value, list) or len(value) != many:
        return None
    numbers = [each for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    inside = len(numbers) == many and all(abs(each) <= _FAR for each in numbers)  # false for what is not a number
    return [float(each) for each in numbers] if inside else None


def _known(id: object, shown: Collection[str]) -> bool:
    return isinstance(id, str) and id in shown
