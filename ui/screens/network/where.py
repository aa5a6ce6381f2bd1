"""What the canvas shows, as the address says it: a link, Back and a reload bring the same picture."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm.canvas import state as states
from crm.canvas.families import SET_ASIDE
from crm.canvas.state import CanvasState
from graph_schema.agreements import Agreement
from graph_schema.committees import Committee
from graph_schema.programmes import Programme
from ui import address
from ui.screens.partners import where as acts

DEPTH, LINK, TABLE, DRAWING = "profondeur", "lien", "tableau", "relier"
_NOTHING = "aucune"
"""Written where nothing is switched off, which is not what an address that says nothing means."""

_SETS = {
    "expanded": "deplier", "collapsed": "replier", "hidden": "masquer", "pinned": "epingler", "links_out": "sans-lien",
    "families_out": "sans", "states_out": "sans-etat", "functions_out": "sans-fonction",
}  # fmt: skip
_TEXTS = {"search": "texte", "introduce": "presenter", "loss": "perte", "colour": "couleur", "size": "taille",
          "compare": address.SINCE}  # fmt: skip
_PATH = "chemin"
NAMES = (address.AROUND, DEPTH, _PATH, *_SETS.values(), *_TEXTS.values())
"""Everything that the address may say of a state."""


def state() -> CanvasState:
    """The state that the address asks for; what it says wrongly is as if it said nothing."""
    asked: dict[str, Any] = {"starts": address.texts(address.AROUND), "path": address.texts(_PATH)}
    asked |= {field: address.text(name) for field, name in _TEXTS.items() if address.text(name)}
    asked |= {field: address.texts(name) for field, name in _SETS.items() if address.texts(name)}
    if address.text(DEPTH).isdecimal():
        asked["depth"] = int(address.text(DEPTH)[:3])
    return states.read(asked).state


def written(state: CanvasState) -> dict[str, address.Given]:
    """What the address is to say for ``state``."""
    said = state.to_json()
    parameters: dict[str, address.Given] = dict.fromkeys(NAMES)
    parameters |= {address.AROUND: said.get("starts"), _PATH: said.get("path")}
    parameters |= {name: str(said[field]) for field, name in _TEXTS.items() if field in said}
    parameters |= {name: said[field] for field, name in _SETS.items() if field in said}
    parameters[DEPTH] = str(state.depth) if "depth" in said else None
    if not state.families_out:
        parameters[_SETS["families_out"]] = _NOTHING
    return parameters


def put(state: CanvasState, **more: address.Given) -> None:
    """Show ``state`` from the next run on."""
    address.put(**{**written(state), **more})


def to(state: CanvasState, **more: address.Given) -> str:
    """A link, on this page, that shows ``state``."""
    return address.here(**{**written(state), **more})


def around(*ids: str, depth: int = 1, compare: date | None = None) -> str:
    """A link from anywhere that opens the canvas on these nodes or territories."""
    return address.link(address.NETWORK, **written(CanvasState(starts=ids, depth=depth, compare=compare)))


def selected() -> list[str]:
    """The ids of the nodes that are selected."""
    return address.texts(address.RECORD)


def selected_link() -> str:
    """The id of the link that is selected, empty when none is."""
    return address.text(LINK)


def drawing() -> tuple[str, str] | None:
    """The two ends of the link that is being drawn, None while none is."""
    ends = address.texts(DRAWING)
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] != ends[1] else None


def begin_link(source: str, target: str) -> None:
    """Begin a link between two nodes; it is in the address, so a reload or a lost server does not forget it."""
    address.put(**{**choosing(), DRAWING: [source, target]})


def choosing(*nodes: str, link: str = "") -> dict[str, address.Given]:
    """What selects these nodes, or a link, or nothing: what was being done to what was selected is over."""
    over = dict.fromkeys((DRAWING, acts.ACT, acts.TARGET))
    return {**over, address.RECORD: list(nodes), LINK: link or None}


def select(nodes: Sequence[str], link: str = "") -> None:
    """Select these nodes, or a link."""
    address.put(**choosing(*nodes, link=link))


def off(state: CanvasState) -> Mapping[str, frozenset[str]]:
    """What the legend has switched off, by the names of its filters."""
    return {
        "families": state.families_out,
        "states": frozenset(map(str, state.states_out)),
        "functions": frozenset(map(str, state.functions_out)),
    }


def opening(id: str, type: str) -> CanvasState:
    """The state with which a record's picture opens: for a training action, what ties partners to it is shown too."""
    if type in (Programme.TYPE, Agreement.TYPE):
        return CanvasState(starts=(id,), families_out=SET_ASIDE - {"accueil"}, depth=2 if type == Agreement.TYPE else 1)
    return CanvasState(starts=(id,), depth=2 if type == Committee.TYPE else 1)
