"""The territories that a partner serves: added by typing a name, taken off with one click."""

import streamlit as st

from crm.records import serving
from crm.records.sheet import Sheet, Tie
from crm.records.territories import find
from graph_schema.organisations import Serves
from graph_schema.territory import Place
from graph_schema.territory.naming import named
from ui import cursor, frame, session
from ui.markup import as_label, element
from ui.screens.partners import places, where

SHOWN = 40


def show_served(sheet: Sheet) -> None:
    """Draw those served, each with what takes it off, and the line that adds one."""
    told = st.container()
    with st.form("serve", border=False, clear_on_submit=True):
        words, save = st.columns([3, 1], vertical_alignment="bottom")
        text = words.text_input(
            "Territoire desservi", key="serve-name", placeholder="Commune, intercommunalité, département, région…",
            autocomplete="off",
        )  # fmt: skip
        sent = save.form_submit_button("Ajouter", key="serve-add", icon=":material/add_location_alt:", width="stretch")
    cursor.put("serve-name")
    if sent:
        with told:
            _serve(sheet, text.strip())
    served = current(sheet)
    with st.container(horizontal=True, gap="small", key="served"):
        for tie in served[:SHOWN]:
            st.button(
                as_label(tie.caption), key=f"serve-off-{tie.link.id}", icon=":material/close:", on_click=_leave,
                args=(sheet, tie), help=as_label(f"Retirer {tie.caption}"),
            )  # fmt: skip
    st.button("Fermer", key="serve-close", on_click=where.done, type="tertiary")


def current(sheet: Sheet) -> list[Tie]:
    """The territories served on the sheet's day, by name."""
    return sorted((tie for tie in sheet.of(Serves.TYPE) if not tie.ended), key=lambda tie: tie.caption)


def _serve(sheet: Sheet, text: str) -> None:
    found = find(text) if text else []
    if not found:
        words = f"« {text} » n'est le nom d'aucun territoire" if text else "Écrivez le nom d'un territoire"
        st.html(element("p", f"{words} : commune, intercommunalité, département ou région.", class_="warning"))
        return
    if len(found) > 1 and found[0].level is found[1].level:
        st.html(element("p", "Plusieurs portent ce nom : choisissez.", class_="warning"))
        with st.container(horizontal=True, gap="small"):
            for each in found[:8]:
                st.button(as_label(places.said(each)), key=f"serve-{each.id}", on_click=_add, args=(sheet, each))
        return
    with frame.guard():
        _add(sheet, found[0])
        st.rerun()


def _add(sheet: Sheet, territory: Place) -> None:
    with frame.guard():
        done = serving.serve(session.network(), sheet.record.id, territory)
        frame.saved(f"{sheet.caption} dessert {named(territory)}.", done.commit)


def _leave(sheet: Sheet, tie: Tie) -> None:
    with frame.guard():
        done = serving.leave(session.network(), tie.link.id, tie.link.revision)
        frame.saved(f"{sheet.caption} ne dessert plus {tie.named}.", done.commit)
