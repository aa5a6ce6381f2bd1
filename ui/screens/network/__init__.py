"""« Réseau »: the canvas, as wide as the window, and beside it the card of what is selected."""

from collections.abc import Sequence

import streamlit as st

from crm.canvas.building import scene
from crm.canvas.scene import Scene
from crm.canvas.starts import territory
from crm.canvas.state import DEEPEST, CanvasState, Colour, SizeMeaning
from graph_schema.wording import count, listing
from ui import address, canvas, drawing, session
from ui.frame import guard
from ui.legend import legend
from ui.markup import door, element
from ui.screen import Screen
from ui.screens.network import acting, card, doors, files, time, twin, undoing, views, where
from ui.screens.network.memory import CanvasMemory, arrange, digest, memory, placed, view_name

KEY = "network"
_REFUSED = "Une action venue du réseau n'a pas été comprise : elle est ignorée, rien n'a changé."


def show() -> None:
    """Draw the page: three doors while nothing is asked for, else the canvas."""
    with guard():
        views.receive()
    if where.state().empty:
        doors.show_doors()
        views.offered()
    else:
        _canvas()


@st.fragment
def _canvas() -> None:
    """The canvas and its card; a click runs nothing but this."""
    with guard():
        state, shown = _handled(memory())
        with st.container(key="network-head", horizontal=True, vertical_alignment="center"):
            st.html(_head(shown, state))
            undoing.bar()
            views.show_views(state, shown)
            kept_in = files.show_picture_files(shown, state, lambda scene: _title(scene, state))
        stage = st.container(key="network-stage", gap=None)
        time.show_time(state)  # first, as another day makes another picture
        with stage:
            _draw(state, shown, memory(), kept_in)
            card.show_card(state, shown)
        if address.text(where.TABLE):
            twin.show_tables(shown)


def _handled(kept: CanvasMemory) -> tuple[CanvasState, Scene]:
    """The state and its scene after the events that came; what they change is in the address."""
    state = where.state()
    shown = _scene(state)
    told = canvas.told(KEY, kept.name, kept.handled, {n.id for n in shown.nodes}, {link.id for link in shown.links})
    kept.handled, kept.notice = told.handled, _REFUSED if told.refused else ""
    after = state
    for event in told.events:
        after = acting.after(after, event)
        _act(event, kept, after, shown)
    if after != state:
        where.put(after)
        shown = _scene(after)
    return after, shown


def _act(event: canvas.Event, kept: CanvasMemory, state: CanvasState, shown: Scene) -> None:
    """What an event does besides changing the state."""
    view = kept.view(view_name(state))
    match event.kind:
        case "select":
            where.select(event.nodes, event.link)
        case "hide":
            where.select([id for id in where.selected() if id not in event.nodes])
        case "move":
            view.positions |= event.positions
        case "look":
            view.camera = event.camera
        case "arrange":
            arrange(view, shown, state.pinned)
        case "table":
            address.put(**{where.TABLE: None if address.text(where.TABLE) else "1"})
        case "link" if session.may_edit():
            where.begin_link(event.source, event.target)
        case "link":
            past = session.is_past()
            kept.notice = "Rien ne se modifie dans le passé." if past else "Votre rôle ne permet pas de relier."


def _scene(state: CanvasState) -> Scene:
    if state.compare and state.compare < session.day():
        session.measures(state.compare)  # people are told to wait
    return scene(session.network(), session.measures(), state)


def _draw(state: CanvasState, shown: Scene, kept: CanvasMemory, kept_in: Sequence[str]) -> None:
    name = view_name(state)
    view = kept.view(name)
    off = where.off(state)
    # What depends on the scene is sent once: the canvas says in its events which one it has.
    current = digest(shown, state.colour)
    told = canvas.told(KEY, kept.name, kept.handled, (), ())
    picture = None
    if told.digest != current or told.refused:
        picture = drawing.picture(shown, placed(view, shown), state.colour)._asdict()
    canvas.draw_canvas(
        KEY,
        {
            "view": name, "arrangement": view.arrangement, "digest": current, "scene": picture,
            "session": kept.name, "handled": kept.handled,
            "camera": view.camera if view.opens == view.arrangement else None, "unexported": kept_in,
            "selected": where.selected(), "link": where.selected_link(), "pinned": sorted(state.pinned),
            "legend": legend(shown, state.colour, off), "settings": _settings(state),
            "editable": session.may_edit(), "table": bool(address.text(where.TABLE)),
            "words": " ".join(filter(None, (kept.notice, shown.sentence))), "label": _label(shown),
        },
    )  # fmt: skip


def _settings(state: CanvasState) -> Sequence[dict[str, object]]:
    def several(name: str, label: str, value: object, options: Sequence[tuple[str, str]]) -> dict[str, object]:
        return {"name": name, "label": label, "value": str(value), "options": options}

    depths = [(str(depth), str(depth)) for depth in range(DEEPEST + 1)]
    return [
        several("colour", "Couleur", state.colour, [(str(each), each.label) for each in Colour]),
        several("size", "Taille", state.size, [(str(each), each.label) for each in SizeMeaning]),
        several("depth", "Profondeur", state.depth, depths),
    ]


def _label(shown: Scene) -> str:
    """What a screen reader says of the canvas."""
    return (
        f"Réseau à l'écran : {count(len(shown.nodes), 'fiche')}, {count(len(shown.links), 'lien')}. "
        "Flèches pour aller de l'une à l'autre, Entrée pour ouvrir, Maj+Entrée pour choisir aussi, E pour étendre, "
        "plus et moins pour zoomer. "
        "Le bouton « Tableau » donne le même contenu en lignes."
    )


def _head(shown: Scene, state: CanvasState) -> str:
    bare = {**where.choosing(), where.TABLE: None}
    again = door("Changer de départ", where.to(CanvasState(compare=state.compare), **bare), "small")
    return element("div", element("h1", _title(shown, state)), again, class_="network-head")


def _title(shown: Scene, state: CanvasState) -> str:
    begun = set(state.starts)
    names = [node.caption for node in shown.nodes if node.id in begun]
    places = [place.name for id in state.starts if (place := territory(id))]
    if places or (state.search and not state.starts):
        return listing(places) if places else f"« {state.search} »"
    return names[0] if len(names) == 1 else f"Autour de {count(len(names), 'fiche')}" if names else "Réseau"


SCREEN = Screen(
    address.NETWORK, "Réseau", ":material/hub:", 40, show, sheets=("network.css", "editing.css", "twin.css")
)
