"""Saved views of the network on screen: opened from the address, offered in a menu with the form that keeps one."""

from collections.abc import Mapping

import streamlit as st

from crm.canvas import views
from crm.canvas.scene import Positions, Scene
from crm.canvas.state import CanvasState
from crm.errors import Reseau28Error
from crm.network import Committed
from ui import address, frame, saved_views, session
from ui.saved_views import Keep
from ui.screens.network import where
from ui.screens.network.memory import memory, restore, view_name

VIEW = "vue"
"""Names in the address the view to open; it is taken out once what the view shows is there."""


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
        saved_views.listing([(view, to(view.id)) for view in found])
        if not state.empty:
            saved_views.form(_keep(state, shown), "Comités du bassin…", dated=True)
        saved_views.manage(found)


def offered() -> None:
    """Draw the doors to the views, where nothing is shown yet."""
    if found := views.saved(session.network()):
        saved_views.listing([(view, to(view.id)) for view in found])


def to(id: str) -> str:
    """A link that opens a view from anywhere."""
    return address.link(address.NETWORK, **{VIEW: id})


def _positions(state: CanvasState, shown: Scene) -> Positions:
    known = memory().view(view_name(state)).positions
    return {node.id: known[node.id] for node in shown.nodes if node.id in known}


def _keep(state: CanvasState, shown: Scene) -> Keep:
    def keep(name: str, shared: bool, dated: bool, replace: bool) -> Committed[str]:
        return views.save(
            session.network(), name, state, _positions(state, shown), shared=shared,
            shown_on=session.day() if dated else None, replace=replace, camera=memory().view(view_name(state)).camera,
        )  # fmt: skip

    return keep
