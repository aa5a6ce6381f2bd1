"""Deleting a record, once confirmed."""

import streamlit as st

from crm.records import engagements, organisations, people
from crm.records.sheet import Sheet
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.wording import count
from ui import frame, session
from ui.markup import element
from ui.screens.partners import where


def show_removal(sheet: Sheet) -> None:
    """Ask, saying what goes with it."""
    ties = f" et {count(len(sheet.ties), 'lien')}" if sheet.ties else ""
    left = " Les fiches qu'ils relient restent." if sheet.ties else ""
    words = f"{ties} ?{left} Le journal garde tout : cette suppression s'annule."
    st.html(element("p", "Supprimer ", element("strong", sheet.caption), words))
    with st.container(horizontal=True):
        st.button("Supprimer", key="remove", type="primary", icon=":material/delete:", on_click=_remove, args=(sheet,))
        st.button("Garder", key="keep", type="tertiary", on_click=where.done)


def _remove(sheet: Sheet) -> None:
    acts = {Organisation.TYPE: organisations.delete, Person.TYPE: people.delete}
    act = acts.get(sheet.record.type, engagements.delete)
    with frame.guard():
        done = act(session.network(), sheet.record.id, sheet.record.revision)
        frame.saved(f"Supprimé du réseau : {sheet.caption}.", done.commit)
        if sheet.record.id == where.record():
            where.close()
        else:
            where.done()
