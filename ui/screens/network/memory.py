"""What a session remembers of its canvases: where nodes stand, what was handled, where the camera is."""

import secrets
import time
from dataclasses import dataclass, field
from hashlib import blake2b

import streamlit as st

from crm.canvas.scene import Camera, Positions, Scene
from crm.canvas.state import CanvasState
from ui.screens.network.laying import laid_out

_KEY = "network-memory"


@dataclass
class PictureGround:
    """One picture's ground: positions by id, and when it was last arranged anew in this session (0: never).

    What the browser remembers of an earlier session stands until then. ``camera`` is where it last was said to be, and
    ``opens`` the arrangement that opens there.
    """

    positions: dict[str, tuple[float, float]] = field(default_factory=dict)
    arrangement: int = 0
    camera: Camera | None = None
    opens: int = 0


@dataclass
class CanvasMemory:
    """Of one session: its views, the number of the last event handled, a sentence to say once.

    ``name`` tells it from every other session: what a page said to one that a restart of the server ended is not said
    to the next.
    """

    views: dict[str, PictureGround] = field(default_factory=dict)
    handled: int = 0
    notice: str = ""
    name: str = field(default_factory=lambda: secrets.token_hex(8))

    def view(self, name: str) -> PictureGround:
        """The ground of a view, empty when it is new."""
        return self.views.setdefault(name, PictureGround())


def memory() -> CanvasMemory:
    """What this session remembers."""
    found: CanvasMemory = st.session_state.setdefault(_KEY, CanvasMemory())
    return found


def view_name(state: CanvasState) -> str:
    """Which picture a state is of: expanding, filtering or colouring it does not make another one."""
    begun = (state.starts, state.search) if state.starts or state.search else (state.path, state.introduce)
    return blake2b(repr(begun).encode(), digest_size=8).hexdigest()


def digest(scene: Scene, *more: object) -> str:
    """A short text that is the same for the same picture only."""
    return blake2b(repr((scene, *more)).encode(), digest_size=12).hexdigest()


def placed(view: PictureGround, scene: Scene) -> Positions:
    """Where every node of a scene stands: those that the view knows where they were, new ones near their neighbours."""
    if any(node.id not in view.positions for node in scene.nodes):
        before = {node.id: view.positions[node.id] for node in scene.nodes if node.id in view.positions}
        view.positions |= laid_out(digest(scene, sorted(before.items())), scene, before)
    return view.positions


def arrange(view: PictureGround, scene: Scene, pinned: frozenset[str]) -> None:
    """Lay a view out anew; what is pinned stays."""
    before = {id: at for id, at in view.positions.items() if id in pinned}
    view.positions = dict(laid_out(digest(scene, sorted(before.items())), scene, before))
    view.arrangement = _moment()


def restore(name: str, positions: Positions, camera: Camera | None) -> None:
    """Put nodes and camera where a saved view had them, and open the view there."""
    view = memory().view(name)
    view.positions, view.camera = dict(positions), camera
    view.arrangement = view.opens = _moment()


def _moment() -> int:
    """Now, in milliseconds: no other session ever arranged a view then, so a browser tells them apart."""
    return time.time_ns() // 1_000_000
