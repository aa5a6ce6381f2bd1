"""Deleting a record, once confirmed."""

import streamlit as st

from crm import organisations, people
from crm.sheet import Sheet
from graph_schema.wording import count
from ui import frame, session
from ui.markup import plain
from ui.screens.partners import where


def show(sheet: Sheet) -> None:
    """Ask, saying what goes with it."""
    ties = f" et {count(len(sheet.ties), 'lien')}" if sheet.ties else ""
    st.markdown(f"Supprimer **{plain(sheet.caption)}**{ties} ? Le journal garde tout : cette suppression s'annule.")
    with st.container(horizontal=True):
        st.button("Supprimer", key="remove", type="primary", icon=":material/delete:", on_click=_remove, args=(sheet,))
        st.button("Garder", key="keep", type="tertiary", on_click=where.done)


def _remove(sheet: Sheet) -> None:
    act = organisations.delete if sheet.record.type == "Organisation" else people.delete
    with frame.guard():
        done = act(session.network(), sheet.record.id)
        frame.saved(f"{plain(sheet.caption)} est supprimé du réseau.", done.commit)
        where.close()
