"""Saved views on screen: a door to each, the form that keeps what is shown, and what the author may change."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import streamlit as st

from crm.errors import DuplicateKey, Reseau28Error
from crm.network import Committed
from crm.network.rights import Right
from crm.records import views
from crm.records.views import SavedView
from graph_schema.records import Commit
from graph_schema.wording import short_date
from ui import forms, frame, session, typography
from ui.markup import door, element, heading, join

Keep: TypeAlias = Callable[[str, bool, bool, bool], Committed[str]]
"""What keeps a view: its name, whether it is shared, whether it keeps the date, whether it takes another's place."""

_NAME, _SHARED, _DATED = "views-name", "views-shared", "views-dated"
_TAKEN, _MANAGED, _GOING = "views-taken", "views-managed", "views-going"


def listing(found: Sequence[tuple[SavedView, str]]) -> None:
    """Draw a door to each view, which is given with its address."""
    if not found:
        st.html(element("p", "Aucune vue encore : la première gardera ce que vous voyez.", class_="empty"))
        return
    lines = [
        element("li", door(view.name, href), element("span", _beside(view), class_="muted small"))
        for view, href in found
    ]
    st.html(join(heading("Vues enregistrées"), element("ul", *lines, class_="doors-list")))


def form(keep: Keep, example: str, *, dated: bool = False) -> None:
    """Draw the form that keeps what is shown under a name; ``dated``: with its day, where that is wanted."""
    st.html(heading("Enregistrer la vue"))
    told = st.container()
    with st.form("views-save", border=False):
        name = st.text_input("Nom", key=_NAME, max_chars=120, autocomplete="off", placeholder=example)
        shared = session.actor().may(Right.EDIT) and st.checkbox("Partager avec l'équipe", key=_SHARED)
        on_its_day = dated and st.checkbox(
            f"Garder la date ({short_date(session.day())})", session.is_past(), key=_DATED,
            help="Sinon la vue montre toujours le jour même.",
        )  # fmt: skip
        with st.container(horizontal=True):
            sent = st.form_submit_button("Enregistrer", key="views-keep", type="primary", icon=":material/check:")
            taken = st.session_state.get(_TAKEN)
            again = bool(taken) and st.form_submit_button("Remplacer l'ancienne", key="views-replace")
    if sent or again:
        with told:
            _save(keep, name, shared, on_its_day, again and name == taken)


def _save(keep: Keep, name: str, shared: bool, dated: bool, replace: bool) -> None:
    try:
        done = keep(name, shared, dated, replace)
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


def manage(found: Sequence[SavedView]) -> None:
    """Draw what renames, shares or deletes one of these views, where some are the actor's to change."""
    mine = [view for view in found if _may_change(view)]
    if not mine:
        return
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


def _beside(view: SavedView) -> str:
    whose = "" if view.mine else f"de {view.author}"
    day = f"au {short_date(view.shown_on)}" if view.shown_on else ""
    shared = "partagée" if view.mine and view.shared else ""
    words = " · ".join(filter(None, (whose, shared, day)))
    return f" {words}" if words else ""


def _may_change(view: SavedView) -> bool:
    actor = session.actor()
    return (view.mine or actor.may(Right.ADMIN)) and (not view.shared or actor.may(Right.EDIT))


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
