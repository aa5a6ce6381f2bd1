"""Saved views on screen: a door to each, the form that keeps what is shown, and what the author may change."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from crm.canvas import views
from crm.canvas.scene import Positions, Scene
from crm.canvas.state import CanvasState
from crm.canvas.views import SavedView
from crm.errors import DuplicateKey, Reseau28Error
from crm.network.rights import Right
from graph_schema.records import Commit
from graph_schema.wording import short_date
from ui import address, forms, frame, session, typography
from ui.markup import Markup, door, element, heading, join
from ui.screens.network import where
from ui.screens.network.memory import memory, restore, view_name

VIEW = "vue"
"""Names in the address the view to open; it is taken out once what the view shows is there."""

_NAME, _SHARED, _DATED = "views-name", "views-shared", "views-dated"
_TAKEN, _MANAGED, _GOING = "views-taken", "views-managed", "views-going"


def receive() -> None:
    """Open the view that the address names: its state, positions and date; what is gone from it is said once."""
    id = address.text(VIEW)
    if not id:
        return
    try:
        opened = views.open_view(session.network(), id)
    except Reseau28Error:
        address.put(**{VIEW: None})
        raise
    restore(view_name(opened.state), opened.positions, opened.camera)
    bare: dict[str, address.Given] = {VIEW: None, **where.choosing()}
    dated: Mapping[str, address.Given] = {address.DATE: opened.view.shown_on} if opened.view.shown_on else {}
    where.put(opened.state, **{**bare, **dated})
    if opened.notice:
        frame.saved(f"Vue « {opened.view.name} » : {opened.notice}")


def show_views(state: CanvasState, shown: Scene) -> None:
    """Draw the menu of views: those to open, and the form that keeps what is shown now."""
    with st.popover("Vues", icon=":material/bookmarks:", key="network-views"):
        found = views.saved(session.network())
        if found:
            st.html(listing(found))
        else:
            st.html(element("p", "Aucune vue encore : la première gardera ce que vous voyez.", class_="empty"))
        if not state.empty:
            _form(state, shown)
        mine = [view for view in found if _may_change(view)]
        if mine:
            _manage(mine)


def offered() -> None:
    """Draw the doors to the views, where nothing is shown yet."""
    if found := views.saved(session.network()):
        st.html(listing(found))


def listing(found: Sequence[SavedView]) -> Markup:
    """A door to each view."""
    lines = [
        element("li", door(view.name, to(view.id)), element("span", _beside(view), class_="muted small"))
        for view in found
    ]
    return join(heading("Vues enregistrées"), element("ul", *lines, class_="network-list"))


def to(id: str) -> str:
    """A link that opens a view from anywhere."""
    return address.link(address.NETWORK, **{VIEW: id})


def _beside(view: SavedView) -> str:
    whose = "" if view.mine else f"de {view.author}"
    day = f"au {short_date(view.shown_on)}" if view.shown_on else ""
    shared = "partagée" if view.mine and view.shared else ""
    words = " · ".join(filter(None, (whose, shared, day)))
    return f" {words}" if words else ""


def _may_change(view: SavedView) -> bool:
    actor = session.actor()
    return (view.mine or actor.may(Right.ADMIN)) and (not view.shared or actor.may(Right.EDIT))


def _form(state: CanvasState, shown: Scene) -> None:
    st.html(heading("Enregistrer la vue"))
    told = st.container()
    with st.form("views-save", border=False):
        name = st.text_input("Nom", key=_NAME, max_chars=120, autocomplete="off", placeholder="Comités du bassin…")
        sharing = session.actor().may(Right.EDIT)
        shared = sharing and st.checkbox("Partager avec l'équipe", key=_SHARED)
        dated = st.checkbox(
            f"Garder la date ({short_date(session.day())})", session.is_past(), key=_DATED,
            help="Sinon la vue montre toujours le jour même.",
        )  # fmt: skip
        with st.container(horizontal=True):
            sent = st.form_submit_button("Enregistrer", key="views-keep", type="primary", icon=":material/check:")
            taken = st.session_state.get(_TAKEN)
            again = bool(taken) and st.form_submit_button("Remplacer l'ancienne", key="views-replace")
    if sent or again:
        replace = again and name == taken
        with told:
            _save(name, state, _positions(state, shown), shared, session.day() if dated else None, replace)


def _positions(state: CanvasState, shown: Scene) -> Positions:
    known = memory().view(view_name(state)).positions
    return {node.id: known[node.id] for node in shown.nodes if node.id in known}


def _save(
    name: str, state: CanvasState, positions: Positions, shared: bool, on: date | None, replace: bool
) -> None:  # fmt: skip
    try:
        done = views.save(
            session.network(), name, state, positions, shared=shared, shown_on=on, replace=replace,
            camera=memory().view(view_name(state)).camera,
        )  # fmt: skip
    except DuplicateKey as error:
        if st.session_state.get(_TAKEN) != name:
            st.session_state[_TAKEN] = name
            st.rerun()
        forms.tell(error)
        return
    except Reseau28Error as error:
        forms.tell(error)
        return
    _done(f"Vue « {name} » enregistrée.", done.commit)


def _manage(mine: Sequence[SavedView]) -> None:
    """Rename, share or delete one of them."""
    names = {view.id: view.name if view.mine else f"{view.name} · {view.author}" for view in mine}
    with st.expander("Renommer, partager, supprimer"):
        id = st.selectbox(
            "Vue", list(names), key=_MANAGED, format_func=typography.shown(lambda each: names.get(each, each))
        )
        view = next(each for each in mine if each.id == id)
        with st.form(f"views-rename-{id}", border=False):
            st.text_input("Nouveau nom", view.name, key=f"views-name-{id}", max_chars=120, autocomplete="off")
            st.form_submit_button("Renommer", key="views-rename", on_click=_rename, args=(view,))
        with st.container(horizontal=True):
            if session.actor().may(Right.EDIT):
                words = "Rendre privée" if view.shared else "Partager"
                st.button(words, key="views-share", type="tertiary", on_click=_share, args=(view,))
            if st.session_state.get(_GOING) == id:
                st.button(
                    "Supprimer pour de bon", key="views-delete-sure", type="primary", on_click=_delete, args=(view,)
                )
                st.button("Garder", key="views-delete-not", type="tertiary", on_click=_ask, args=("",))
            else:
                st.button("Supprimer", key="views-delete", type="tertiary", on_click=_ask, args=(id,))


def _ask(id: str) -> None:
    st.session_state[_GOING] = id


def _rename(view: SavedView) -> None:
    name = str(st.session_state.get(f"views-name-{view.id}") or "")
    with frame.guard():
        frame.saved(f"Vue renommée : {name}.", views.rename(session.network(), view.id, name).commit)


def _share(view: SavedView) -> None:
    with frame.guard():
        done = views.share(session.network(), view.id, not view.shared)
        words = "n'est plus montrée qu'à son auteur" if view.shared else "est partagée avec l'équipe"
        frame.saved(f"La vue « {view.name} » {words}.", done.commit)


def _delete(view: SavedView) -> None:
    st.session_state.pop(_GOING, None)
    with frame.guard():
        done = views.delete(session.network(), view.id)
        frame.saved(f"Vue « {view.name} » supprimée.", done.commit)


def _done(message: str, commit: Commit | None) -> None:
    st.session_state.pop(_TAKEN, None)
    frame.saved(message, commit)
    st.rerun()
